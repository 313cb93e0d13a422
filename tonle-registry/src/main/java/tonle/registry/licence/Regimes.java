// SPDX-License-Identifier: Apache-2.0
package tonle.registry.licence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tonle.base.Must;
import tonle.registry.book.Entry;
import tonle.registry.book.Problem;
import tonle.registry.book.Reason;
import tonle.registry.change.ChangeRules;

/** The regime packs that this gateway knows, and what they say of a licence. */
public final class Regimes implements ChangeRules.LicenceCheck {
    /** The packs that come with Tonle. */
    private static final List<String> SHIPPED = List.of("kh", "bd-2010", "bd-2025");

    private final Map<String, Regime> byId = new TreeMap<>();

    public Regimes(Collection<Regime> regimes) {
        regimes.forEach(regime -> byId.put(regime.id(), regime));
    }

    /** Those of {@link #SHIPPED}, read when they are first asked for and once in a run: they never change. */
    public static Regimes shipped() {
        return Shipped.REGIMES;
    }

    /** Loaded with the first question. */
    private static final class Shipped {
        static final Regimes REGIMES =
                new Regimes(SHIPPED.stream().map(Regimes::shipped).toList());
    }

    private static Regime shipped(String name) {
        try (InputStream in = Regimes.class.getResourceAsStream(name + ".yaml")) {
            Must.hold(in != null, "the pack " + name + " is packed");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return switch (PackReader.read(name + ".yaml", text)) {
                case PackReader.Outcome.Read(Regime regime) -> regime;
                case PackReader.Outcome.Refused(List<String> problems) ->
                    throw new IllegalStateException(String.join("\n", problems));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of ids. */
    public Collection<Regime> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Regime> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Problem> problems(Entry licence) {
        Optional<Regime> regime = find(licence.text("regime"));
        if (regime.isEmpty()) {
            return List.of(Problem.of(Reason.REGIME_UNKNOWN, licence.text("regime"), String.join(", ", byId.keySet()))
                    .in(licence.label(), "regime"));
        }
        Optional<Regime.Type> type = regime.get().type(licence.text("type"));
        if (type.isEmpty()) {
            List<String> types =
                    regime.get().types().stream().map(Regime.Type::id).toList();
            return List.of(Problem.of(
                            Reason.LICENCE_TYPE_UNKNOWN,
                            licence.text("type"),
                            regime.get().id(),
                            String.join(", ", types))
                    .in(licence.label(), "type"));
        }
        List<Problem> problems = new ArrayList<>();
        term(licence, type.get()).ifPresent(problems::add);
        boolean isInForce = licence.text("standing").equals("in-force");
        boolean isSaid =
                !licence.text("decision").isEmpty() && !licence.text("grounds").isEmpty();
        if (!isInForce && !isSaid) {
            String field = licence.text("decision").isEmpty() ? "decision" : "grounds";
            problems.add(Problem.of(Reason.DECISION_MISSING, licence.text("standing"))
                    .in(licence.label(), field));
        }
        return problems;
    }

    private static Optional<Problem> term(Entry licence, Regime.Type type) {
        String until = licence.text("term-until");
        if (until.isEmpty()) {
            return Optional.empty();
        }
        LocalDate from = LocalDate.parse(licence.text("granted"));
        LocalDate end = LocalDate.parse(until);
        boolean isReversed = !end.isAfter(from);
        boolean isTooLong = type.termYears()
                .map(years -> end.isAfter(from.plusYears(years)))
                .orElse(false);
        String why = isReversed
                ? "it ends before it begins"
                : "at most " + type.termYears().orElse(0) + " years";
        return isReversed || isTooLong
                ? Optional.of(
                        Problem.of(Reason.LICENCE_TERM_INVALID, from, end, why).in(licence.label(), "term-until"))
                : Optional.empty();
    }
}
