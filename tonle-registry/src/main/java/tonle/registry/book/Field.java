// SPDX-License-Identifier: Apache-2.0
package tonle.registry.book;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One field of a kind of object: its name, its form and its limits. The only place that knows them; schema, forms,
 * exports and differences follow.
 *
 * @param name as in files and addresses: {@code contact-noc}
 * @param isRequired whether an entry without it is refused
 * @param isPrivate whether only staff and the operator itself may see it; kept in a table of its own
 * @param min smallest number, or fewest letters
 * @param max largest number, most letters of a text, or most entries of a list
 * @param fallback what holds where nothing is said, canonical
 * @param refersTo the kind of objects that it names, by {@link Kind#word}, else empty
 * @param choices the words that a choice takes, else empty
 */
public record Field(
        String name,
        Form form,
        boolean isRequired,
        boolean isPrivate,
        long min,
        long max,
        String fallback,
        String refersTo,
        List<String> choices) {
    static final int TEXT_LETTERS_MAX = 120;
    static final int LIST_COUNT_MAX = 1_000;

    static Field of(String name, Form form) {
        long max = form.isList() ? LIST_COUNT_MAX : TEXT_LETTERS_MAX;
        return new Field(name, form, false, false, 0, max, form == Form.FLAG ? "false" : "", "", List.of());
    }

    static Field reference(String name, String kind) {
        return new Field(name, Form.REFERENCE, false, false, 0, 31, "", kind, List.of());
    }

    /** The same field, whose entries are ids of {@code kind}. */
    Field naming(String kind) {
        return new Field(name, form, isRequired, isPrivate, min, max, fallback, kind, choices);
    }

    static Field choice(String name, String... choices) {
        return new Field(name, Form.CHOICE, false, false, 0, 40, "", "", List.of(choices));
    }

    Field required() {
        return new Field(name, form, true, isPrivate, min, max, fallback, refersTo, choices);
    }

    Field hidden() {
        return new Field(name, form, isRequired, true, min, max, fallback, refersTo, choices);
    }

    Field within(long least, long most) {
        return new Field(name, form, isRequired, isPrivate, least, most, fallback, refersTo, choices);
    }

    Field or(String otherwise) {
        return new Field(name, form, isRequired, isPrivate, min, max, otherwise, refersTo, choices);
    }

    /** The name of its column. */
    public String column() {
        return name.replace('-', '_');
    }

    /** The ids of other objects that a value names. */
    List<String> targets(String value) {
        if (refersTo.isEmpty()) {
            return List.of();
        }
        return Form.entries(value).stream()
                .map(entry ->
                        entry.endsWith(Form.SEEN) ? entry.substring(0, entry.length() - Form.SEEN.length()) : entry)
                .toList();
    }

    /**
     * The canonical value for what somebody wrote, or nothing.
     *
     * @param problems takes what is wrong with it
     */
    public Optional<String> canonical(String object, String text, Consumer<Problem> problems) {
        return switch (check(text)) {
            case Checked.Good(String value) -> Optional.of(value);
            case Checked.Bad(Reason reason, List<String> arguments) -> {
                problems.accept(new Problem(reason, object, name, arguments));
                yield Optional.empty();
            }
        };
    }

    /** The canonical value for {@code text}, or what is wrong with it. */
    Checked check(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return isRequired && fallback.isEmpty()
                    ? Checked.bad(Reason.FIELD_MISSING, name)
                    : new Checked.Good(fallback);
        }
        return form.check(stripped, this);
    }
}
