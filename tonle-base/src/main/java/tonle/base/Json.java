// SPDX-License-Identifier: Apache-2.0
package tonle.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes JSON (RFC 8259) as it is told, member by member, so that a document of millions of rows never stands in
 * memory. Indented by two blanks, or all in one line. Nesting is checked: what is opened must be closed, a member needs
 * a name. What it writes may stand inside HTML or an old script: {@code <} and the line ends of Unicode are escaped.
 */
public final class Json {
    /** A document nests no deeper. */
    public static final int DEPTH_MAX = 64;

    private final Appendable out;
    private final boolean isIndented;
    private final boolean isSpaced;
    private final boolean[] isObject = new boolean[DEPTH_MAX];
    private final boolean[] hasMembers = new boolean[DEPTH_MAX];
    private int depth;
    private boolean isNamed;

    public Json(Appendable out, boolean isIndented) {
        this(out, isIndented, isIndented);
    }

    private Json(Appendable out, boolean isIndented, boolean isSpaced) {
        this.out = out;
        this.isIndented = isIndented;
        this.isSpaced = isSpaced;
    }

    /** All in one line, with a blank after each comma and colon: for people's eyes. */
    public static Json spaced(Appendable out) {
        return new Json(out, false, true);
    }

    /** A document of these, all in one line: maps, lists, texts, numbers, truths and null. */
    public static String of(Object value) {
        StringBuilder text = new StringBuilder();
        spaced(text).any(value);
        return text.toString();
    }

    public Json beginObject() {
        return begin('{', true);
    }

    public Json endObject() {
        return end('}', true);
    }

    public Json beginArray() {
        return begin('[', false);
    }

    public Json endArray() {
        return end(']', false);
    }

    /** The name of the member that comes next. */
    public Json name(String name) {
        Must.hold(depth > 0 && isObject[depth - 1] && !isNamed, "a name stands before a member of an object");
        separate();
        quote(name);
        write(isSpaced ? ": " : ":");
        isNamed = true;
        return this;
    }

    public Json value(String text) {
        beforeValue();
        if (text == null) {
            write("null");
        } else {
            quote(text);
        }
        return this;
    }

    public Json value(long number) {
        beforeValue();
        write(Long.toString(number));
        return this;
    }

    public Json value(boolean truth) {
        beforeValue();
        write(Boolean.toString(truth));
        return this;
    }

    /** A number; {@code null} in its place where it is infinite or none, which JSON cannot say. */
    public Json value(double number) {
        beforeValue();
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1e15;
        if (!Double.isFinite(number)) {
            write("null");
        } else {
            write(isWhole ? Long.toString((long) number) : Double.toString(number));
        }
        return this;
    }

    public Json value(BigDecimal number) {
        beforeValue();
        write(number.toPlainString());
        return this;
    }

    /** A map as an object, a list as an array, and within them the same. */
    public Json any(Object value) {
        switch (value) {
            case null -> value((String) null);
            case String text -> value(text);
            case Boolean truth -> value(truth.booleanValue());
            case BigDecimal number -> value(number);
            case Double number -> value(number.doubleValue());
            case Number number -> value(number.longValue());
            case Map<?, ?> map -> {
                beginObject();
                map.forEach((name, member) -> name(name.toString()).any(member));
                endObject();
            }
            case Iterable<?> list -> {
                beginArray();
                list.forEach(this::any);
                endArray();
            }
            default -> throw new IllegalArgumentException("JSON has no form for " + value.getClass());
        }
        return this;
    }

    public Json member(String name, String text) {
        return name(name).value(text);
    }

    public Json member(String name, long number) {
        return name(name).value(number);
    }

    public Json member(String name, double number) {
        return name(name).value(number);
    }

    public Json member(String name, boolean truth) {
        return name(name).value(truth);
    }

    /** Ends a line: after a document, or after each document of newline-delimited JSON. */
    public Json endLine() {
        Must.hold(depth == 0, "a document ends where all is closed");
        write("\n");
        hasMembers[0] = false;
        return this;
    }

    private Json begin(char bracket, boolean object) {
        beforeValue();
        Must.hold(depth < DEPTH_MAX, "a document nests no deeper than " + DEPTH_MAX);
        isObject[depth] = object;
        hasMembers[depth] = false;
        depth++;
        write(bracket);
        return this;
    }

    private Json end(char bracket, boolean object) {
        Must.hold(depth > 0 && isObject[depth - 1] == object && !isNamed, "what is closed was opened last");
        depth--;
        if (hasMembers[depth]) {
            indent();
        }
        write(bracket);
        return this;
    }

    private void beforeValue() {
        if (depth > 0 && isObject[depth - 1]) {
            Must.hold(isNamed, "a member of an object has a name");
            isNamed = false;
        } else if (depth > 0) {
            separate();
        }
    }

    private void separate() {
        if (hasMembers[depth - 1]) {
            write(isSpaced && !isIndented ? ", " : ",");
        }
        hasMembers[depth - 1] = true;
        indent();
    }

    private void indent() {
        if (isIndented) {
            write('\n');
            for (int i = 0; i < depth; i++) {
                write("  ");
            }
        }
    }

    private void quote(String text) {
        write('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !isEscaped(c) && !isLoneSurrogate(text, i)) {
                continue;
            }
            write(text.substring(done, i));
            done = i + 1;
            switch (c) {
                case '"' -> write("\\\"");
                case '\\' -> write("\\\\");
                case '\n' -> write("\\n");
                case '\r' -> write("\\r");
                case '\t' -> write("\\t");
                default -> write(String.format("\\u%04x", (int) c));
            }
        }
        write(done == 0 ? text : text.substring(done));
        write('"');
    }

    /** U+2028 and U+2029 end a line in older scripts; with {@code <} a viewer may see a tag. */
    private static boolean isEscaped(char c) {
        return c == '<' || c == '\u2028' || c == '\u2029';
    }

    /** Half a pair has no UTF-8 form: it is written as an escape instead. */
    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private void write(char c) {
        try {
            out.append(c);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
