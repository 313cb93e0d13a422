// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.Map;

/** What an operation leads to. */
sealed interface Reply {
    /** An object, or a page of a list. */
    record Shown(Map<String, Object> body) implements Reply {}

    /** A page of a list, with the address of the next where there is one. */
    record Paged(Map<String, Object> body, String next) implements Reply {}

    /** Something that is new, and where it stands now. */
    record Made(Map<String, Object> body, String location) implements Reply {}

    /** Nothing, and why. */
    record Refused(ApiProblem problem) implements Reply {}
}
