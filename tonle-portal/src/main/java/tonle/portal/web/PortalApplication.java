// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import tonle.portal.PortBusyException;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;

/** The embedded server. Only what serves pages is configured: the less there is, the sooner the first page is there. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    MultipartAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
public class PortalApplication {
    private static final int STOP_SECONDS = 5;

    /** Starts the server on the IPv4 loopback address. */
    public static RunningPortal start(PortalSettings settings, PortalServices services) throws PortBusyException {
        QuietLog.rule();
        SpringApplication application = new SpringApplication(PortalApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(PortalSettings.class, () -> settings);
            beans.registerBean(PortalServices.class, () -> services);
        });
        try {
            ConfigurableApplicationContext context = application.run();
            return new Running((ServletWebServerApplicationContext) context);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException) {
                    throw new PortBusyException(settings.port(), e);
                }
            }
            throw e;
        }
    }

    private static Map<String, Object> properties(PortalSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", settings.port());
        properties.put("server.tomcat.accesslog.enabled", false);
        properties.put("server.tomcat.max-http-form-post-size", GateFilter.WORDS_OCTETS_MAX + "B");
        // A file that is brought stays in memory, and one is brought at a time: nothing of it touches the disk.
        properties.put("spring.servlet.multipart.max-file-size", GateFilter.UPLOAD_OCTETS_MAX + "B");
        properties.put("spring.servlet.multipart.max-request-size", GateFilter.UPLOAD_OCTETS_MAX + "B");
        properties.put("spring.servlet.multipart.file-size-threshold", GateFilter.UPLOAD_OCTETS_MAX + "B");
        properties.put("spring.servlet.multipart.resolve-lazily", true);
        properties.put("server.tomcat.max-connections", 200);
        // A processor that is kept for the next connection keeps the octets of the last request too: heads, forms.
        properties.put("server.tomcat.processor-cache", 0);
        properties.put("server.tomcat.threads.max", 16);
        properties.put("server.tomcat.threads.min-spare", 2);
        properties.put("server.max-http-request-header-size", "16KB");
        properties.put("server.compression.enabled", true);
        properties.put(
                "server.compression.mime-types",
                "text/html,text/css,text/javascript,text/csv,application/json,image/svg+xml");
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", STOP_SECONDS + "s");
        properties.put("spring.main.lazy-initialization", true);
        properties.put("spring.mvc.throw-exception-if-no-handler-found", true);
        return properties;
    }

    /** Buffers of sockets go with their connection, and what somebody wrote into them. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forgettingBuffers() {
        return tomcat -> tomcat.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.bufferPool", "0");
            connector.setProperty("socket.processorCache", "0");
            connector.setProperty("socket.eventCache", "0");
        });
    }

    @Bean
    Assets assets() {
        return new Assets();
    }

    @Bean
    GateFilter gateFilter() {
        return new GateFilter();
    }

    @Bean
    Visitors visitors(PortalServices services) {
        return new Visitors(services);
    }

    @Bean
    Ceremonies ceremonies(PortalServices services) {
        return new Ceremonies(services.clock());
    }

    @Bean
    Turnstile turnstile(PortalServices services, Visitors visitors) {
        return new Turnstile(services.clock(), visitors);
    }

    @Bean
    Html html(PortalSettings settings, PortalServices services, Assets assets, Ceremonies ceremonies) {
        return new Html(settings, services, assets.version(), ceremonies::challenge);
    }

    @Bean
    PageController pageController(
            PortalSettings settings, PortalServices services, Assets assets, Html html, Visitors visitors) {
        return new PageController(settings, services, assets, html, visitors);
    }

    @Bean
    Forms forms(Html html, Visitors visitors) {
        return new Forms(html, visitors);
    }

    @Bean
    StaffController staffController(PortalServices services, Forms forms, Ceremonies ceremonies, Turnstile turnstile) {
        return new StaffController(services, forms, ceremonies, turnstile);
    }

    @Bean
    RegistryController registryController(PortalServices services, Forms forms) {
        return new RegistryController(services, forms);
    }

    @Bean
    ApiController apiController(
            PortalSettings settings, PortalServices services, Visitors visitors, Turnstile turnstile) {
        return new ApiController(settings, services, visitors, turnstile);
    }

    @Bean
    RuleController ruleController(PortalServices services, Forms forms, Turnstile turnstile) {
        return new RuleController(services, forms, turnstile);
    }

    @Bean
    LogController logController(PortalServices services) {
        return new LogController(services);
    }

    @Bean
    TokenController tokenController(PortalServices services, Turnstile turnstile) {
        return new TokenController(services, turnstile);
    }

    private record Running(ServletWebServerApplicationContext context) implements RunningPortal {
        @Override
        public int port() {
            return context.getWebServer().getPort();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
