// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tonle.registry.RegistryAway;

/** What the gate answers in place of whatever stands behind it. */
class GateFilterTest {
    private static final FilterChain AWAY = (request, response) -> {
        response.getWriter().print("half a page");
        throw new ServletException(new RegistryAway("the database is away"));
    };

    private final GateFilter gate = new GateFilter();

    private MockHttpServletResponse passed(String method, String path, FilterChain chain) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.addHeader("Host", "localhost:8470");
        MockHttpServletResponse response = new MockHttpServletResponse();
        gate.doFilter(request, response, chain);
        return response;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /links, text/plain",
        "GET, /links.json, application/problem+json",
        "POST, /account/name, text/plain",
        "POST, /registry/import, text/plain",
        "GET, /api/v1/links, application/problem+json"
    })
    void withoutTheDatabaseEveryWayThroughTheGateAnswersThatItIsAway(String method, String path, String type)
            throws Exception {
        MockHttpServletResponse answer = passed(method, path, AWAY);
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentType()).startsWith(type);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getContentAsString()).doesNotContain("half a page");
    }

    @Test
    void afterAnUploadThatFailedTheNextOneIsTaken() throws Exception {
        passed("POST", "/registry/import", AWAY);
        MockHttpServletResponse next = passed(
                "POST",
                "/registry/import",
                (request, response) -> response.getWriter().print("looked at"));
        assertThat(next.getStatus()).isEqualTo(200);
        assertThat(next.getContentAsString()).isEqualTo("looked at");
    }

    @Test
    void aSecondUploadMeanwhileIsToldWhenToComeAgain() throws Exception {
        MockHttpServletResponse[] second = new MockHttpServletResponse[1];
        passed("POST", "/registry/import", (request, response) -> {
            try {
                second[0] = passed("POST", "/registry/import", (inner, answer) -> {
                    throw new AssertionError("two files at a time");
                });
            } catch (Exception e) {
                throw new ServletException(e);
            }
        });
        assertThat(second[0].getStatus()).isEqualTo(503);
        assertThat(second[0].getHeader("Retry-After")).isEqualTo("5");
    }

    @Test
    void aDefectOfOursIsNotToldAsAnOutage() {
        assertThatThrownBy(() -> passed("POST", "/registry/import", (request, response) -> {
                    throw new IllegalStateException("a defect");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
