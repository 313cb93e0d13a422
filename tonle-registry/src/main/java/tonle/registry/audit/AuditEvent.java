// SPDX-License-Identifier: Apache-2.0
package tonle.registry.audit;

import java.util.regex.Pattern;
import tonle.base.Must;

/**
 * One act as it is kept.
 *
 * @param act a verb in the past tense and its object: {@code granted-role}; the words of pages hang on it
 * @param objectKind what it was done to: {@code account}, {@code link}
 * @param objectId the id that people read aloud; for an account its pseudonym
 * @param reason in the actor's words, or empty; at most {@link #REASON_CHARS_MAX} characters, told to be free of names
 * @param beforeJson the object before, as JSON without personal data, or empty where there was none
 * @param afterJson the object after, or empty where there is none
 */
public record AuditEvent(
        String act, String objectKind, String objectId, String reason, String beforeJson, String afterJson) {
    public static final int REASON_CHARS_MAX = 500;
    public static final int OBJECT_ID_CHARS_MAX = 120;
    /** A record of the registry has a few kilobytes; what is larger is a file, and a file is named by its digest. */
    public static final int STATE_CHARS_MAX = 65_536;

    /** The act of looking at what is restricted: entered in the log in batches. */
    public static final String READ = "read";

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    public AuditEvent {
        Must.hold(WORD.matcher(act).matches(), "an act is a word: " + act);
        Must.hold(WORD.matcher(objectKind).matches(), "a kind of object is a word: " + objectKind);
        Must.hold(objectId.length() <= OBJECT_ID_CHARS_MAX, "an object's id has a bound");
        Must.hold(reason.length() <= REASON_CHARS_MAX, "a reason has a bound, which the form checks");
        Must.hold(
                beforeJson.length() <= STATE_CHARS_MAX && afterJson.length() <= STATE_CHARS_MAX,
                "a state before or after has a bound");
    }

    /** An act without a state before or after. */
    public static AuditEvent of(String act, String objectKind, String objectId, String reason) {
        return new AuditEvent(act, objectKind, objectId, reason, "", "");
    }

    /** A privileged reading: of a restricted field, of people, of the audit itself, a large export. */
    public static AuditEvent read(String objectKind, String objectId, String reason) {
        return of(READ, objectKind, objectId, reason);
    }
}
