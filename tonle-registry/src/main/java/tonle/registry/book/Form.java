// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import static tonle.registry.book.Checked.bad;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tonle.base.DeviceAddress;
import tonle.base.NearestName;
import tonle.base.Prefix;
import tonle.base.Speed;

/**
 * How the value of a field is written. Each form has one canonical text: equal values are equal texts. A list is
 * written with an entry a line, also taken with commas between where no entry can hold one.
 */
public enum Form {
    /** Words. */
    TEXT("text"),
    /** A name in Latin script. */
    LATIN_NAME("text"),
    /** A name in Khmer script, in which Latin words may stand. */
    KHMER_NAME("text"),
    /** The id of another object. */
    REFERENCE("text"),
    /** The ids of other objects. */
    REFERENCES("text[]"),
    /** One of a few words. */
    CHOICE("text"),
    /** A whole number. */
    NUMBER("bigint"),
    /** Bits per second. */
    SPEED("bigint"),
    /** A day. */
    DAY("date"),
    /** True or false. */
    FLAG("boolean"),
    /** Decimal degrees (WGS 84). */
    DEGREES("numeric(8,5)"),
    /** A country: two letters of ISO 3166. */
    COUNTRY("text"),
    /** The number of a company at its tax office. */
    TIN("text"),
    /** One AS number. */
    ASN("bigint"),
    /** AS numbers. */
    ASNS("bigint[]"),
    /** Address prefixes. */
    PREFIXES("cidr[]"),
    /** Names of AS-SETs. */
    AS_SETS("text[]"),
    /** Addresses of devices. */
    ADDRESSES("text[]"),
    /** SHA-256 of a certificate. */
    FINGERPRINT("text"),
    /** Interfaces that carry a link: {@code pnh-edge-1/12}, with {@code seen} after it where it is not metered. */
    PORTS("text[]"),
    /** Words on sampling rates: {@code interface rate from to reason}. */
    OVERRIDES("text[]"),
    /** An address of the web. */
    WEB_ADDRESS("text"),
    /** A mailbox of a role. */
    MAILBOX("text");

    /** Ends a port at which a link is seen and not counted. */
    public static final String SEEN = " seen";
    /** The longest written entry of any list. */
    private static final int ENTRY_LETTERS_MAX = 400;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,30}");
    private static final Pattern AS_SET =
            Pattern.compile("(AS[1-9][0-9]{0,9}:)?AS-[A-Z0-9_-]{1,60}(:(AS-[A-Z0-9_-]{1,60}|AS[1-9][0-9]{0,9})){0,4}");
    private static final Pattern TIN_FORM = Pattern.compile("[A-Z0-9][A-Z0-9-]{3,18}[A-Z0-9]");
    private static final Pattern PORT = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]{0,30})/([0-9]{1,10})( seen)?");
    private static final Pattern OVERRIDE = Pattern.compile("(all|[0-9]{1,10}) ([0-9]{1,8}) (\\S+) (\\S+) (.{1,300})");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final String sqlType;

    Form(String sqlType) {
        this.sqlType = sqlType;
    }

    /** The type of its column. */
    public String sqlType() {
        return sqlType;
    }

    public boolean isList() {
        return sqlType.endsWith("[]");
    }

    /** The entries of a canonical list. */
    public static List<String> entries(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split("\n"));
    }

    /** @param text not empty, without blanks at its ends */
    Checked check(String text, Field field) {
        return switch (this) {
            case TEXT -> text(text, field);
            case LATIN_NAME -> NameScripts.latin(text) ? text(text, field) : otherScript(text, "Latin");
            case KHMER_NAME -> NameScripts.khmer(text) ? text(text, field) : otherScript(text, "Khmer or Latin");
            case REFERENCE -> ID.matcher(text).matches() ? good(text) : bad(Reason.ID_INVALID, text);
            case CHOICE -> choice(text, field);
            case NUMBER -> number(text, field);
            case SPEED -> speed(text, field);
            case DAY -> day(text);
            case FLAG -> text.matches("true|false") ? good(text) : bad(Reason.FLAG_INVALID, text);
            case DEGREES -> degrees(text, field);
            case COUNTRY -> {
                String country = text.toUpperCase(Locale.ROOT);
                yield COUNTRIES.contains(country) ? good(country) : bad(Reason.COUNTRY_INVALID, text);
            }
            case TIN -> {
                String tin = text.toUpperCase(Locale.ROOT);
                yield TIN_FORM.matcher(tin).matches() && tin.matches(".*[0-9].*")
                        ? good(tin)
                        : bad(Reason.TIN_INVALID, text);
            }
            case ASN -> asn(text);
            case FINGERPRINT -> {
                String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
                yield digits.matches("[0-9a-f]{64}") ? good(digits) : bad(Reason.FINGERPRINT_INVALID, text);
            }
            case WEB_ADDRESS -> webAddress(text);
            case MAILBOX -> RoleMailbox.check(text);
            case REFERENCES, ASNS, PREFIXES, AS_SETS, ADDRESSES, PORTS, OVERRIDES -> list(text, field);
        };
    }

    private Checked list(String text, Field field) {
        String[] entries = text.split(this == OVERRIDES ? "\n" : "[\n,]");
        if (entries.length > field.max()) {
            return bad(Reason.LIST_LENGTH, entries.length, field.max());
        }
        Set<String> canonical = new LinkedHashSet<>();
        for (String written : entries) {
            String entry = written.strip();
            if (entry.isEmpty()) {
                continue;
            }
            if (entry.length() > ENTRY_LETTERS_MAX) {
                return bad(Reason.TEXT_LENGTH, entry.length(), 1, ENTRY_LETTERS_MAX);
            }
            switch (entry(entry)) {
                case Checked.Good(String value) -> canonical.add(value);
                case Checked.Bad bad -> {
                    return bad;
                }
            }
        }
        return canonical.isEmpty() ? good(field.fallback()) : good(String.join("\n", canonical));
    }

    private Checked entry(String entry) {
        return switch (this) {
            case REFERENCES -> ID.matcher(entry).matches() ? good(entry) : bad(Reason.ID_INVALID, entry);
            case ASNS -> asn(entry);
            case PREFIXES -> prefix(entry);
            case AS_SETS -> {
                String name = entry.toUpperCase(Locale.ROOT);
                yield AS_SET.matcher(name).matches() ? good(name) : bad(Reason.AS_SET_INVALID, entry);
            }
            case ADDRESSES ->
                DeviceAddress.parse(entry)
                        .map(address -> good(address.text()))
                        .orElseGet(() -> bad(Reason.ADDRESS_INVALID, entry));
            case PORTS -> port(entry);
            case OVERRIDES -> override(entry);
            case TEXT,
                    LATIN_NAME,
                    KHMER_NAME,
                    REFERENCE,
                    CHOICE,
                    NUMBER,
                    SPEED,
                    DAY,
                    FLAG,
                    DEGREES,
                    COUNTRY,
                    TIN,
                    ASN,
                    FINGERPRINT,
                    WEB_ADDRESS,
                    MAILBOX -> throw new IllegalStateException(this + " is no list");
        };
    }

    private static Checked text(String text, Field field) {
        int letters = text.codePointCount(0, text.length());
        if (letters < field.min() || letters > field.max()) {
            return bad(Reason.TEXT_LENGTH, letters, Math.max(1, field.min()), field.max());
        }
        if (NameScripts.hasUnseen(text)) {
            return bad(Reason.TEXT_UNSEEN, text);
        }
        return RoleMailbox.firstOfAPerson(text)
                .<Checked>map(mailbox -> bad(Reason.MAILBOX_OF_A_PERSON, mailbox, mailbox))
                .or(() -> PersonalTrace.first(text).map(trace -> bad(Reason.TEXT_OF_A_PERSON, trace)))
                .orElseGet(() -> good(text));
    }

    private static Checked otherScript(String text, String scripts) {
        return bad(Reason.NAME_OF_OTHER_SCRIPT, text, NameScripts.firstForeign(text, scripts.startsWith("K")), scripts);
    }

    private static Checked choice(String text, Field field) {
        return field.choices().contains(text)
                ? good(text)
                : bad(
                        Reason.CHOICE_UNKNOWN,
                        text,
                        String.join(", ", field.choices()),
                        NearestName.asQuestion(text, field.choices()));
    }

    private static Checked number(String text, Field field) {
        long number = text.matches("-?[0-9]{1,15}") ? Long.parseLong(text) : Long.MIN_VALUE;
        return number < field.min() || number > field.max()
                ? bad(Reason.NUMBER_INVALID, text, field.min(), field.max())
                : good(Long.toString(number));
    }

    private static Checked speed(String text, Field field) {
        long speed = Speed.parse(text);
        return speed < field.min() || speed > field.max()
                ? bad(Reason.SPEED_INVALID, text, Speed.text(field.min()), Speed.text(field.max()))
                : good(Speed.text(speed));
    }

    private static Checked day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return Days.isSane(day) ? good(day.toString()) : bad(Reason.DAY_INVALID, text);
        } catch (DateTimeParseException _) {
            return bad(Reason.DAY_INVALID, text);
        }
    }

    private static Checked degrees(String text, Field field) {
        if (!text.matches("-?[0-9]{1,3}(\\.[0-9]{1,12})?")) {
            return bad(Reason.DEGREES_INVALID, text, field.max());
        }
        // Five decimals are about a metre: enough for a building, and what the column keeps.
        BigDecimal degrees = new BigDecimal(text).setScale(5, java.math.RoundingMode.HALF_EVEN);
        return degrees.abs().compareTo(BigDecimal.valueOf(field.max())) > 0
                ? bad(Reason.DEGREES_INVALID, text, field.max())
                : good(degrees.toPlainString());
    }

    private static Checked asn(String text) {
        String digits = text.toUpperCase(Locale.ROOT).startsWith("AS") ? text.substring(2) : text;
        long asn = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : 0;
        // RFC 7607 reserves 0, RFC 6793 section 9 AS_TRANS, RFC 7300 the last of 16 and of 32 bits.
        boolean isUsable = asn > 0 && asn < 0xFFFF_FFFFL && asn != 23_456 && asn != 65_535;
        return isUsable ? good(Long.toString(asn)) : bad(Reason.ASN_INVALID, text);
    }

    private static Checked prefix(String text) {
        Prefix prefix = Prefix.parse(text).orElse(null);
        if (prefix == null) {
            return bad(Reason.PREFIX_INVALID, text);
        }
        int finest = prefix.ipVersion() == 4 ? 24 : 48;
        return prefix.lengthBits() > finest ? bad(Reason.PREFIX_TOO_FINE, text, finest) : good(prefix.text());
    }

    private static Checked port(String text) {
        var form = PORT.matcher(text);
        boolean isPort = form.matches() && inRange(form.group(2), 1, 0xFFFF_FFFFL);
        String seen = isPort && form.group(3) != null ? SEEN : "";
        return isPort
                ? good(form.group(1) + "/" + Long.parseLong(form.group(2)) + seen)
                : bad(Reason.PORT_INVALID, text);
    }

    private static Checked override(String text) {
        var form = OVERRIDE.matcher(text);
        if (!form.matches() || NameScripts.hasUnseen(text) || !inRange(form.group(2), 1, 16_777_216)) {
            return bad(Reason.OVERRIDE_INVALID, text);
        }
        Optional<String> trace = PersonalTrace.first(form.group(5));
        if (trace.isPresent()) {
            return bad(Reason.TEXT_OF_A_PERSON, trace.get());
        }
        try {
            java.time.Instant from = java.time.Instant.parse(form.group(3));
            boolean isEndless = form.group(4).equals("open");
            if (!isEndless && !java.time.Instant.parse(form.group(4)).isAfter(from)) {
                return bad(Reason.OVERRIDE_INVALID, text);
            }
            return good(text);
        } catch (DateTimeParseException _) {
            return bad(Reason.OVERRIDE_INVALID, text);
        }
    }

    private static boolean inRange(String digits, long least, long most) {
        long number = Long.parseLong(digits);
        return number >= least && number <= most;
    }

    private static Checked webAddress(String text) {
        try {
            URI address = new URI(text);
            boolean isGood = address.getHost() != null
                    && address.getUserInfo() == null
                    && text.length() <= 200
                    && PersonalTrace.first(text).isEmpty()
                    && (text.startsWith("https://") || text.startsWith("http://"));
            return isGood ? good(text) : bad(Reason.WEB_ADDRESS_INVALID, text);
        } catch (URISyntaxException _) {
            return bad(Reason.WEB_ADDRESS_INVALID, text);
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static Checked good(String value) {
        return new Checked.Good(value);
    }

    /** Entries joined as a canonical list. */
    public static String listOf(List<String> entries) {
        return entries.stream().collect(Collectors.joining("\n"));
    }
}
