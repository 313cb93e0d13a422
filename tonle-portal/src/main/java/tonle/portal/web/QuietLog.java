// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;

/**
 * What libraries may say: warnings, on standard error, from the first moment on. The database opens before the pages,
 * so this cannot wait for the web server's own set-up, which otherwise brings a second one. What Tonle has to say goes
 * to whoever started it, not through here.
 */
public final class QuietLog extends ContextAwareBase implements Configurator {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n";

    /** Those whose warnings tell of nothing that anybody could mend, or that are told in words of our own. */
    private static final Map<String, Level> LEVELS = Map.of(
            // Rooms have numbers of their own, so migrations run out of order by design.
            "org.flywaydb", Level.ERROR,
            // A database that is away stands on the status page; a pool that closes slowly closes all the same.
            "com.zaxxer.hikari", Level.ERROR,
            // A start that fails is told once, by whoever called: not by three loggers with a banner.
            "org.springframework.boot.diagnostics", Level.OFF,
            "org.springframework.boot.web.server.servlet.context", Level.ERROR);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
        standardError.setContext(context);
        standardError.setName("standard-error");
        standardError.setTarget("System.err");
        standardError.setEncoder(encoder);
        standardError.start();
        context.getLogger("ROOT").setLevel(Level.WARN);
        context.getLogger("ROOT").addAppender(standardError);
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Keeps the web server's own set-up of logs away, and takes in what it says by the platform's logger. */
    static void rule() {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
