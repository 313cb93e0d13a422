// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import tonle.base.power.Clock;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.registry.audit.AuditEvent;
import tonle.registry.audit.AuditTrail;
import tonle.registry.book.PersonalTrace;
import tonle.registry.rights.Actor;
import tonle.registry.rights.Permission;
import tonle.registry.rights.Right;
import tonle.registry.rights.Role;

/**
 * The register of rules. Windows and days are the law of the table too, so that whoever wrote past this class would
 * still be refused. Stateless and thread-safe.
 */
public final class Rules {
    /** For comments, where nobody says otherwise. */
    public static final int WINDOW_DAYS = 30;

    /** At least so long; what would loosen a promise stays open for {@link #WINDOW_DAYS} at least. */
    public static final int WINDOW_DAYS_MIN = 14;

    public static final int WINDOW_DAYS_MAX = 365;
    public static final int ANSWER_CHARS_MAX = 20_000;

    private final Work work;
    private final AuditTrail trail;
    private final Clock clock;
    private final ZoneId zone;
    private final RuleWitness witness;

    /** @param witness of what would loosen a promise */
    public Rules(Work work, AuditTrail trail, Clock clock, ZoneId zone, RuleWitness witness) {
        this.work = work;
        this.trail = trail;
        this.clock = clock;
        this.zone = zone;
        this.witness = witness;
    }

    private LocalDate today() {
        return clock.today(zone);
    }

    /** All versions, by rule and number. */
    public List<RuleVersion> all(Scope scope) {
        return work.read(scope, RuleRows::all);
    }

    public Optional<RuleVersion> find(Scope scope, Rule rule, int version) {
        return work.read(scope, unit -> RuleRows.find(unit, rule, version));
    }

    public List<RuleComment> comments(Scope scope, Rule rule, int version) {
        return work.read(scope, unit -> RuleRows.comments(unit, rule, version));
    }

    /** The version of each rule that holds on a day: the newest whose day has come and which the log holds. */
    public static Map<Rule, RuleVersion> inForce(List<RuleVersion> versions, LocalDate day) {
        Map<Rule, RuleVersion> holds = new EnumMap<>(Rule.class);
        for (RuleVersion version : versions) {
            RuleVersion before = holds.get(version.rule());
            boolean isLater = before == null || !version.effectiveDay().isBefore(before.effectiveDay());
            if (version.hasEffect(day) && isLater) {
                holds.put(version.rule(), version);
            }
        }
        return holds;
    }

    /** Drafts the next version of a rule; one at a time is on its way. */
    public RuleOutcome propose(Actor actor, RuleDraft draft) {
        if (actor.must(Right.MAY_PROPOSE_RULE) instanceof Permission.Missing missing) {
            return new RuleOutcome.NotAllowed(missing);
        }
        Optional<RuleOutcome> wrong = words(draft.text().titleEnglish(), RuleText.TITLE_CHARS_MAX)
                .or(() -> words(draft.text().titleKhmer(), RuleText.TITLE_CHARS_MAX))
                .or(() -> words(draft.text().textEnglish(), RuleText.TEXT_CHARS_MAX))
                .or(() -> words(draft.text().textKhmer(), RuleText.TEXT_CHARS_MAX))
                .or(() -> words(draft.grounds(), RuleDraft.GROUNDS_CHARS_MAX));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        int window = draft.loosens() ? WINDOW_DAYS : WINDOW_DAYS_MIN;
        if (!draft.effectiveDay().isAfter(today().plusDays(window))) {
            return refused(RuleReason.DAY, today().plusDays(window + 1L));
        }
        return work.in(actor.scope(), unit -> {
            List<RuleVersion> versions = RuleRows.all(unit).stream()
                    .filter(version -> version.rule() == draft.rule())
                    .toList();
            Optional<RuleVersion> other = versions.stream()
                    .filter(version -> version.stage().canBeWithdrawn())
                    .findFirst();
            if (other.isPresent()) {
                return refused(RuleReason.OTHER_UNDER_WAY, other.get().version());
            }
            int next = versions.isEmpty() ? 1 : versions.getLast().version() + 1;
            RuleRows.add(unit, drafted(draft, next, actor.pseudonym()));
            return told(unit, actor, "proposed-rule", draft.rule(), next, draft.grounds());
        });
    }

    private RuleVersion drafted(RuleDraft draft, int version, String proposer) {
        return new RuleVersion(
                draft.rule(),
                version,
                draft.text(),
                draft.text().digest(),
                draft.loosens(),
                draft.grounds(),
                RuleStage.DRAFTED,
                proposer,
                today(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                draft.effectiveDay(),
                Optional.empty(),
                -1);
    }

    /**
     * Opens a draft to comments from today on.
     *
     * @param days of the window, today not counted
     */
    public RuleOutcome open(Actor actor, Rule rule, int version, int days) {
        return change(actor, Right.MAY_PROPOSE_RULE, rule, version, RuleStage.DRAFTED, (unit, found) -> {
            int least = found.loosens() ? WINDOW_DAYS : WINDOW_DAYS_MIN;
            LocalDate closeDay = today().plusDays(days);
            if (days < least || days > WINDOW_DAYS_MAX) {
                return refused(RuleReason.WINDOW, least);
            }
            if (!found.effectiveDay().isAfter(closeDay)) {
                return refused(RuleReason.DAY, closeDay.plusDays(1));
            }
            RuleRows.open(unit, found, today(), closeDay);
            return told(unit, actor, "opened-rule", rule, version, "");
        });
    }

    /** Says something about an open version; empty for who has not signed in. Nothing is kept of who it was. */
    public RuleOutcome comment(Optional<Actor> actor, Rule rule, int version, String words) {
        Optional<RuleOutcome> wrong = words(words, RuleComment.WORDS_CHARS_MAX);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        String speaker = actor.flatMap(who -> who.roles().stream().findFirst())
                .map(Role::key)
                .orElse(RuleComment.PUBLIC);
        return work.in(Scope.stranger(), unit -> {
            Optional<RuleVersion> found = RuleRows.find(unit, rule, version);
            if (found.isEmpty()) {
                return refused(RuleReason.UNKNOWN, version);
            }
            if (!found.get().takesComments(today())) {
                return refused(RuleReason.WINDOW_OPEN, "");
            }
            int count = RuleRows.commentCount(unit, found.get());
            if (count >= RuleComment.COUNT_MAX) {
                return refused(RuleReason.FULL, RuleComment.COUNT_MAX);
            }
            RuleRows.addComment(unit, found.get(), new RuleComment(count + 1, today(), speaker, words.strip()));
            return new RuleOutcome.Done(found.get());
        });
    }

    /** Answers what was said, once the window is over. */
    public RuleOutcome answer(Actor actor, Rule rule, int version, String words) {
        return words(words, ANSWER_CHARS_MAX)
                .orElseGet(() -> change(actor, Right.MAY_ANSWER_RULE, rule, version, RuleStage.OPEN, (unit, found) -> {
                    if (found.takesComments(today())) {
                        return refused(RuleReason.WINDOW_OPEN, found.closeDay().orElseThrow());
                    }
                    RuleRows.answer(unit, found, today(), words.strip());
                    return told(unit, actor, "answered-rule", rule, version, "");
                }));
    }

    /** Approves an answered version; the second approval, of another person, decides. Its proposer gives none. */
    public RuleOutcome approve(Actor actor, Rule rule, int version) {
        return change(actor, Right.MAY_APPROVE_RULE, rule, version, RuleStage.ANSWERED, (unit, found) -> {
            String who = actor.pseudonym();
            boolean isSame = found.proposer().equals(who)
                    || found.firstApprover().filter(who::equals).isPresent();
            if (isSame) {
                return refused(RuleReason.SAME_PERSON, "");
            }
            if (found.firstApprover().isEmpty()) {
                RuleRows.approveFirst(unit, found, today(), who);
                return told(unit, actor, "approved-rule-first", rule, version, "");
            }
            if (!found.effectiveDay().isAfter(today())) {
                return refused(RuleReason.DAY, today().plusDays(1));
            }
            Optional<String> unseen = found.loosens() ? unseen(found) : Optional.empty();
            if (unseen.isPresent()) {
                return refused(RuleReason.NOT_WITNESSED, unseen.get());
            }
            RuleRows.approveSecond(unit, found, today(), who);
            return told(unit, actor, "approved-rule", rule, version, "");
        });
    }

    /** Why the witnesses have not seen this version with its answer; empty where they have. */
    private Optional<String> unseen(RuleVersion version) {
        boolean isEntered =
                version.enteredStage().filter(RuleStage.ANSWERED::equals).isPresent();
        return isEntered ? witness.missing(version.enteredAs()) : Optional.of("the public log does not hold it yet");
    }

    /** Takes the own proposal back; it stays to be read. */
    public RuleOutcome withdraw(Actor actor, Rule rule, int version, String grounds) {
        Optional<RuleOutcome> wrong = words(grounds, RuleDraft.GROUNDS_CHARS_MAX);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        return work.in(actor.scope(), unit -> {
            Optional<RuleVersion> found = RuleRows.find(unit, rule, version);
            if (found.isEmpty() || !found.get().proposer().equals(actor.pseudonym())) {
                return refused(RuleReason.UNKNOWN, version);
            }
            if (!found.get().stage().canBeWithdrawn()) {
                return refused(RuleReason.STAGE, found.get().stage().word());
            }
            RuleRows.withdraw(unit, found.get());
            return told(unit, actor, "withdrew-rule", rule, version, grounds.strip());
        });
    }

    private interface Changing {
        RuleOutcome change(JdbcClient unit, RuleVersion found);
    }

    private RuleOutcome change(Actor actor, Right right, Rule rule, int version, RuleStage stage, Changing changing) {
        if (actor.must(right) instanceof Permission.Missing missing) {
            return new RuleOutcome.NotAllowed(missing);
        }
        return work.in(actor.scope(), unit -> {
            Optional<RuleVersion> found = RuleRows.find(unit, rule, version);
            if (found.isEmpty()) {
                return refused(RuleReason.UNKNOWN, version);
            }
            return found.get().stage() == stage
                    ? changing.change(unit, found.get())
                    : refused(RuleReason.STAGE, found.get().stage().word());
        });
    }

    private RuleOutcome told(JdbcClient unit, Actor actor, String act, Rule rule, int version, String reason) {
        RuleVersion now = RuleRows.find(unit, rule, version).orElseThrow();
        String after = "{\"version\":" + version + ",\"stage\":\"" + now.stage().word() + "\",\"digest\":\""
                + now.digest() + "\"}";
        trail.record(unit, actor, new AuditEvent(act, "rule", rule.word(), reason, "", after));
        return new RuleOutcome.Done(now);
    }

    private static RuleOutcome refused(RuleReason reason, Object detail) {
        return new RuleOutcome.Refused(reason, String.valueOf(detail));
    }

    /** What is wrong with words that everybody will read. */
    private static Optional<RuleOutcome> words(String words, int charsMax) {
        boolean isText = words.codePoints()
                .noneMatch(letter -> Character.isISOControl(letter) && letter != '\n'
                        || Character.getType(letter) == Character.UNASSIGNED);
        if (words.isBlank() || words.length() > charsMax || !isText) {
            return Optional.of(refused(RuleReason.WORDS, charsMax));
        }
        return PersonalTrace.first(words).map(trace -> refused(RuleReason.PERSONAL, trace));
    }

    // ---- for the gateway, under its own credentials

    /** Puts the first version of each rule in the register, where there is none: they come with the program. */
    public static void begin(Work server, LocalDate day, Function<Rule, Optional<RuleText>> texts) {
        server.in(Scope.system(), unit -> {
            List<RuleVersion> versions = RuleRows.all(unit);
            for (Rule rule : Rule.values()) {
                boolean isThere = versions.stream().anyMatch(version -> version.rule() == rule);
                if (!isThere) {
                    texts.apply(rule).ifPresent(text -> RuleRows.add(unit, first(rule, text, day)));
                }
            }
            return true;
        });
    }

    private static RuleVersion first(Rule rule, RuleText text, LocalDate day) {
        return new RuleVersion(
                rule,
                1,
                text,
                text.digest(),
                false,
                "comes with the program",
                RuleStage.APPROVED,
                Actor.TONLE.pseudonym(),
                day,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                day,
                Optional.empty(),
                -1);
    }

    /** Versions whose stage the public log does not hold yet. */
    public static List<RuleVersion> unentered(Work server) {
        return server.read(Scope.system(), RuleRows::unentered);
    }

    /** The public log holds a version in its stage now. */
    public static void entered(Work server, RuleVersion version, long entry) {
        server.in(Scope.system(), unit -> {
            RuleRows.entered(unit, version, entry);
            return true;
        });
    }
}
