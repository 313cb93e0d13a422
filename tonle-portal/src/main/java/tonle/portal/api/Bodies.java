// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects whose members keep their order, so that equal answers are equal octets and have one entity tag. */
final class Bodies {
    private Bodies() {}

    /** @param namesAndValues names and values in turn; a value may be {@code null} */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return body;
    }
}
