// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.LinkedHashMap;
import java.util.Map;
import tonle.base.Json;

/**
 * Why an address is not answered, in words: what, where, the nearest right thing. As JSON it is a problem document
 * (RFC 9457).
 *
 * @param status 400, 404, 405, 413, 500 or 503
 * @param kind a word for programs: {@code unknown-parameter}
 * @param field the parameter it is about, or empty
 * @param nearest the nearest known name, or empty
 * @param nearestHref an address that would be answered, or empty
 */
public record Trouble(
        int status, String kind, String title, String detail, String field, String nearest, String nearestHref) {
    public String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "tag:tonle.org,2026:problem/" + kind);
        members.put("title", title);
        members.put("status", (long) status);
        members.put("detail", detail);
        if (!field.isEmpty()) {
            members.put("field", field);
        }
        if (!nearest.isEmpty()) {
            members.put("nearest", nearest);
        }
        return Json.of(members) + "\n";
    }

    public String text() {
        return "error: " + title + "\n       " + detail + (nearest.isEmpty() ? "" : "\n       → " + nearest) + "\n";
    }
}
