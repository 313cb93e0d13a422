// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.portal.words.Messages;

/**
 * A refusal: a problem document (RFC 9457).
 *
 * @param language of title and detail
 * @param detail what, where, the value and its limit, what to do
 * @param more members beside the usual: {@code parameter}, {@code nearest}, {@code problems}, {@code conflicts}
 */
record ApiProblem(Code code, String language, String title, String detail, Map<String, Object> more) {
    /** In the language of who asks; {@code arguments} are those of the sentence. */
    static ApiProblem of(Code code, Messages words, Object... arguments) {
        return new ApiProblem(
                code,
                words.language().tag(),
                words.text("api." + code.word()),
                words.text("api." + code.word() + ".detail", arguments),
                Map.of());
    }

    ApiProblem with(String name, Object value) {
        if (value.equals("") || value.equals(List.of())) {
            return this;
        }
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new ApiProblem(code, language, title, detail, members);
    }

    ApiProblem saying(String otherDetail) {
        return otherDetail.isEmpty() ? this : new ApiProblem(code, language, title, otherDetail, more);
    }

    Map<String, Object> document() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "tag:tonle.org,2026:problem/" + code.word());
        members.put("title", title);
        members.put("status", (long) code.status());
        members.put("code", code.word());
        members.put("detail", detail);
        members.putAll(more);
        return members;
    }
}
