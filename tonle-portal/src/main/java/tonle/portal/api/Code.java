// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.Arrays;
import java.util.List;
import tonle.base.EnumWord;

/**
 * Every way in which the API says no: a word for programs that never changes its meaning, and its status. Words for
 * people stand in the catalogue under {@code api.<word>}.
 */
public enum Code {
    /** The parameter is not one of the operation's. */
    PARAMETER_UNKNOWN(400),
    /** The parameter's value has another form. */
    PARAMETER_INVALID(400),
    /** The body is no JSON, or not of the operation's shape. */
    BODY_UNREADABLE(400),
    /** There is no token and no session. */
    TOKEN_MISSING(401),
    /** The token opens nothing now: ended, over, or never given. */
    TOKEN_INVALID(401),
    /** Who asks lacks the right. */
    RIGHT_MISSING(403),
    /** Changes are made with a token, never with a browser's session. */
    TOKEN_NEEDED(403),
    /** No operation has this path. */
    PATH_UNKNOWN(404),
    /** There is no such object, or not for who asks. */
    OBJECT_UNKNOWN(404),
    /** The path is there, and not for this method. */
    METHOD_NOT_ALLOWED(405),
    /** JSON is all there is, and it is not wanted. */
    NOT_ACCEPTABLE(406),
    /** Others altered what the draft rests on. */
    CHANGE_CONFLICTS(409),
    /** It was decided or withdrawn before. */
    CHANGE_DECIDED(409),
    /** The body comes without its length. */
    LENGTH_MISSING(411),
    /** It is not any more what the caller has seen. */
    PRECONDITION_FAILED(412),
    /** The body is larger than the operation takes. */
    BODY_TOO_LARGE(413),
    /** The body is not said to be JSON. */
    TYPE_UNSUPPORTED(415),
    /** A rule of the registry forbids it. */
    CHANGE_REFUSED(422),
    /** What the caller has seen is not said. */
    PRECONDITION_MISSING(428),
    /** Too many requests of one person or program. */
    TOO_MANY_REQUESTS(429),
    /** Our own defect. */
    OWN_DEFECT(500),
    /** The registry or the traffic store does not answer. */
    STORE_ABSENT(503);

    private final int status;

    Code(int status) {
        this.status = status;
    }

    /** The word in documents: {@code right-missing}. */
    public String word() {
        return EnumWord.of(this);
    }

    public int status() {
        return status;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Code::word).toList();
    }
}
