// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class QuietLogTest {
    @ParameterizedTest
    @CsvSource({
        "org.flywaydb.core.FlywayExecutor,                        false, true",
        "com.zaxxer.hikari.pool.HikariPool,                       false, true",
        "org.springframework.boot.diagnostics.Anything,           false, false",
        "org.apache.catalina.core.StandardService,                true,  true",
        "tonle.portal.web.PageController,                         true,  true",
    })
    void librariesWarnAndSayNothingMore(String name, boolean warns, boolean tellsErrors) {
        var logger = LoggerFactory.getLogger(name);
        assertThat(logger.isInfoEnabled()).isFalse();
        assertThat(logger.isWarnEnabled()).isEqualTo(warns);
        assertThat(logger.isErrorEnabled()).isEqualTo(tellsErrors);
    }
}
