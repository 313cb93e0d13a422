// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tonle.base.DeviceAddress;
import tonle.base.Prefix;

/**
 * Finds in free words what belongs to one person or one machine: a mailbox that is no role's, a telephone number, the
 * address of a host, a MAC address. Registry, audit and reasons hold none of them; addresses of devices have fields of
 * their own.
 */
public final class PersonalTrace {
    /** As it is written to be dialled from abroad (E.164: at most 15 digits). */
    private static final Pattern ABROAD =
            Pattern.compile("(?<![\\p{L}0-9])\\+[ (]?[0-9](?:[ ().-]{0,2}[0-9]){7,14}(?![0-9])");
    /** As it is written at home: a nought, then eight or nine digits, or three groups of them. */
    private static final Pattern AT_HOME = Pattern.compile(
            "(?<![\\p{L}0-9.,/:-])0(?:[0-9]{8,9}|[0-9]{1,2}[ .-][0-9]{3}[ .-]?[0-9]{3,4})(?![0-9.,]*[0-9]|\\p{L})");

    private static final Pattern MAC = Pattern.compile(
            "(?<![0-9A-Fa-f:-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\\1){4}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\\.){2}"
                    + "[0-9A-Fa-f]{4})(?![0-9A-Fa-f:-])");
    /**
     * What may be an IPv6 address, with or without an IPv4 tail, and an IPv4 address; which it is, their parser says.
     */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\p{L}0-9:.])((?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]*[0-9A-Fa-f:]|[0-9]{1,3}(?:\\.[0-9]{1,3}){3})"
                    + "(/[0-9]{1,3})?(?![\\p{L}0-9])");

    private PersonalTrace() {}

    /** The first trace, as it is written. */
    public static Optional<String> first(String text) {
        String digits = latinDigits(text);
        return RoleMailbox.firstOfAPerson(text)
                .or(() -> found(ABROAD, digits))
                .or(() -> found(MAC, digits))
                .or(() -> ADDRESS.matcher(digits)
                        .results()
                        .filter(PersonalTrace::isHost)
                        .map(MatchResult::group)
                        .findFirst())
                .or(() -> found(AT_HOME, digits));
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** An address, alone or with a prefix finer than any network that is read here. */
    private static boolean isHost(MatchResult written) {
        Optional<DeviceAddress> address = DeviceAddress.parse(written.group(1));
        if (address.isEmpty()) {
            return false;
        }
        Optional<Prefix> network = written.group(2) == null
                ? Optional.empty()
                : Prefix.parse(address.get().text() + written.group(2));
        return network.filter(prefix -> prefix.lengthBits() <= (prefix.ipVersion() == 4 ? 24 : 48))
                .isEmpty();
    }

    /** Numbers are written in Khmer digits too. */
    private static String latinDigits(String text) {
        StringBuilder latin = new StringBuilder(text.length());
        text.codePoints()
                .forEach(letter ->
                        latin.appendCodePoint(Character.isDigit(letter) ? '0' + Character.digit(letter, 10) : letter));
        return latin.toString();
    }
}
