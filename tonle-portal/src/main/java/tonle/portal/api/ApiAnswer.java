// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer as it goes out. */
public record ApiAnswer(int status, Map<String, String> headers, byte[] body) {
    public ApiAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
