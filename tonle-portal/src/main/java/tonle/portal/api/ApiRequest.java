// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.Map;
import java.util.Optional;
import tonle.portal.view.Visitor;
import tonle.portal.words.Language;

/**
 * A request as it came.
 *
 * @param path with its percent signs
 * @param query without the question mark; empty where there is none
 * @param headers by name in small letters
 * @param visitor who asks, as far as the token or session says
 * @param language for people who read the refusals
 */
public record ApiRequest(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        Visitor visitor,
        Language language) {
    public ApiRequest {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether it comes with a token, whatever that opens. */
    boolean hasToken() {
        return header("authorization").isPresent();
    }
}
