// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tonle.base.EnumWord;
import tonle.notary.entry.Entry;
import tonle.notary.log.PublicLog;
import tonle.notary.witness.WitnessState;
import tonle.portal.proof.LogHealth;
import tonle.portal.proof.LogReading;
import tonle.portal.proof.PublishedLog;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.tlog.note.VerifierKey;

/** The public log: what was entered, who saw it, and whether anything is in its way. */
public final class LogPage {
    private static final int ENTRIES_SHOWN = 25;
    /** Entries that are looked through for silences: at one heartbeat in five minutes more than three days. */
    private static final int ENTRIES_LOOKED_AT = 1_024;

    /** Enough to compare by eye; documents have all of them. */
    private static final int LEAF_DIGITS_SHOWN = 12;

    private static final long MILLIS = 1_000;

    private LogPage() {}

    /** What the template shows beside the tables. */
    public record Body(
            String origin,
            long size,
            String root,
            String signed,
            List<String> keys,
            List<String> troubles,
            String olderHref,
            String newestHref)
            implements Stating {
        @Override
        public Map<String, Object> stated() {
            Map<String, Object> stated = new LinkedHashMap<>();
            stated.put("origin", origin);
            stated.put("size", size);
            stated.put("root", root);
            return stated;
        }
    }

    static Page page(Visit visit) {
        visit.knows("before");
        PublishedLog log = log(visit);
        LogHealth health = log.health();
        PublicLog.State writer = health.writer();
        long size = writer.head().size();
        long end = visit.ask()
                .get("before")
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .filter(before -> before < size)
                .orElse(size);
        List<LogReading.Line> shown;
        List<LogReading.Silence> silences;
        try {
            LogReading reading = new LogReading(log.files(), size);
            List<LogReading.Line> recent = reading.lines(size - ENTRIES_LOOKED_AT, size);
            silences = LogReading.silences(recent, Instant.ofEpochSecond(visit.nowSeconds()));
            boolean isNewest = end == size;
            shown = isNewest
                    ? recent.subList(Math.max(0, recent.size() - ENTRIES_SHOWN), recent.size())
                            .reversed()
                    : reading.lines(end - ENTRIES_SHOWN, end).reversed();
        } catch (IOException e) {
            throw unread(visit, String.valueOf(e.getMessage()));
        }
        Body body = new Body(
                writer.identity().map(identity -> identity.origin()).orElse(""),
                size,
                writer.head().root().base64(),
                visit.time(writer.signedMillis() / MILLIS),
                writer.identity()
                        .map(identity ->
                                identity.keys().stream().map(VerifierKey::text).toList())
                        .orElse(List.of()),
                troubles(visit, health),
                end > ENTRIES_SHOWN ? visit.link("/log", "before", String.valueOf(end - ENTRIES_SHOWN)) : "",
                end < size ? visit.link("/log") : "");
        return Page.of(
                        "log",
                        visit.say("page.log"),
                        sentence(visit, health),
                        List.of(entries(visit, shown, size), witnesses(visit, health), silences(visit, silences)),
                        body)
                .asCommand("tonle log tail data/log")
                .renewedEvery(end == size ? 30 : 0);
    }

    static PublishedLog log(Visit visit) {
        return visit.services()
                .log()
                .orElseThrow(() -> new TroubleException(new Trouble(
                        404,
                        "no-log",
                        visit.say("log.absent"),
                        visit.say("log.absent.detail"),
                        "",
                        visit.say("page.verify"),
                        visit.link("/verify"))));
    }

    static TroubleException unread(Visit visit, String why) {
        return new TroubleException(new Trouble(
                503,
                "log-unread",
                visit.say("audit.verify.unread"),
                why,
                "",
                visit.say("page.status"),
                visit.link("/status")));
    }

    private static String sentence(Visit visit, LogHealth health) {
        long size = health.writer().head().size();
        if (health.witnesses().isEmpty()) {
            return visit.say("log.sentence.unwitnessed", size);
        }
        long cosigning = health.witnesses().stream()
                .filter(witness -> witness.trouble().isEmpty())
                .count();
        return visit.say(
                health.isWitnessed() ? "log.sentence.witnessed" : "log.sentence.waits",
                size,
                cosigning,
                health.witnesses().size(),
                health.witnessedSize());
    }

    /** What is in the way of the log, each in a sentence; the gateway's own page of troubles says the same. */
    private static List<String> troubles(Visit visit, LogHealth health) {
        List<String> troubles = new ArrayList<>();
        health.writer()
                .outage()
                .ifPresent(outage -> troubles.add(visit.say(
                        "log.outage",
                        visit.time(health.writer().outageSinceMillis() / MILLIS),
                        String.valueOf(outage.getMessage()))));
        if (health.waitingEvents() > 0) {
            troubles.add(visit.say("log.waiting", health.waitingEvents()));
        }
        for (WitnessState witness : health.witnesses()) {
            witness.trouble()
                    .filter(trouble -> trouble.kind().isAlarm())
                    .ifPresent(trouble -> troubles.add(visit.say("log.alarm", witness.name(), trouble.words())));
        }
        return troubles;
    }

    private static Table entries(Visit visit, List<LogReading.Line> lines, long size) {
        List<Table.Row> rows = lines.stream()
                .map(line -> {
                    String index = String.valueOf(line.index());
                    return Table.Row.of(
                            Cell.count(line.index()).shown(index).opens(visit.link("/log/" + index)),
                            kind(visit, line.reading()),
                            at(line.reading()).isPresent()
                                    ? Cell.time(at(line.reading()).getAsLong())
                                    : Cell.EMPTY,
                            Cell.text(words(visit, line.reading())),
                            Cell.text(line.leaf().hex())
                                    .shown(line.leaf().hex().substring(0, LEAF_DIGITS_SHOWN) + "…"));
                })
                .toList();
        return Table.of(
                        "entries",
                        visit.say("log.entries"),
                        List.of(
                                Column.chief("entry", visit.say("column.entry"), Kind.ID),
                                Column.chief("kind", visit.say("column.kind"), Kind.TEXT),
                                Column.of("at", visit.say("column.at"), Kind.TIME),
                                Column.chief("content", visit.say("column.content"), Kind.TEXT),
                                Column.of("leaf", visit.say("column.leaf"), Kind.ID)),
                        rows,
                        visit.say("log.entries.none"))
                .withCount(size);
    }

    static Cell kind(Visit visit, Entry.Reading reading) {
        return switch (reading) {
            case Entry.Reading.Good(Entry entry) ->
                Cell.named(entry.kind().word(), visit.say("log-kind." + entry.kind()));
            case Entry.Reading.Refused refused ->
                Cell.named("unreadable", visit.say("log-kind.unreadable")).toned(Tone.CAUTION);
        };
    }

    private static OptionalLong at(Entry.Reading reading) {
        return reading instanceof Entry.Reading.Good(Entry entry)
                        && entry.values().getFirst() instanceof Instant moment
                ? OptionalLong.of(moment.getEpochSecond())
                : OptionalLong.empty();
    }

    /** The fields that say something in a line; digests and keys stand on the entry's own page. */
    private static String words(Visit visit, Entry.Reading reading) {
        if (!(reading instanceof Entry.Reading.Good(Entry entry))) {
            return "";
        }
        if (entry instanceof Entry.Acts acts) {
            return acts.first() == acts.last()
                    ? visit.say("log.act", acts.act(), acts.first())
                    : visit.say("log.acts", acts.act(), acts.first(), acts.last());
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < entry.values().size(); i++) {
            boolean isShort = switch (entry.kind().fields().get(i).type()) {
                case WORD, TEXT, NUMBER, DAY, MONTH, TRUTH -> true;
                case MOMENT, DIGEST, KEY, OCTETS -> false;
            };
            if (isShort) {
                words.add(entry.kind().fields().get(i).name() + " "
                        + entry.texts().get(i));
            }
        }
        return String.join(", ", words);
    }

    private static Table witnesses(Visit visit, LogHealth health) {
        List<Table.Row> rows = health.witnesses().stream()
                .map(witness -> Table.Row.of(
                        Cell.text(witness.name()),
                        Cell.text(witness.address()),
                        Cell.count(witness.cosigned().size()),
                        Cell.time(witness.cosignedMillis() / MILLIS),
                        state(visit, witness),
                        Cell.text(witness.trouble()
                                .map(WitnessState.Trouble::words)
                                .orElse(""))))
                .toList();
        return Table.of(
                "witnesses",
                visit.say("log.witnesses"),
                List.of(
                        Column.chief("witness", visit.say("column.witness"), Kind.ID),
                        Column.of("address", visit.say("column.address"), Kind.ID),
                        Column.chief("cosignedSize", visit.say("column.cosigned"), Kind.COUNT),
                        Column.of("cosignedAt", visit.say("column.cosignedat"), Kind.TIME),
                        Column.chief("state", visit.say("column.state"), Kind.TEXT),
                        Column.of("words", visit.say("column.detail"), Kind.TEXT)),
                rows,
                visit.say("log.witnesses.none"));
    }

    private static Cell state(Visit visit, WitnessState witness) {
        Optional<WitnessState.Kind> kind = witness.trouble().map(WitnessState.Trouble::kind);
        if (kind.isPresent()) {
            return Cell.named(EnumWord.of(kind.get()), visit.say("witness." + kind.get()))
                    .toned(kind.get().isAlarm() ? Tone.BAD : Tone.CAUTION);
        }
        return witness.cosignedMillis() == 0
                ? Cell.named("waits", visit.say("witness.waits")).toned(Tone.QUIET)
                : Cell.named("cosigns", visit.say("witness.cosigns")).toned(Tone.GOOD);
    }

    private static Table silences(Visit visit, List<LogReading.Silence> silences) {
        List<Table.Row> rows = silences.reversed().stream()
                .map(silence -> Table.Row.of(
                        Cell.time(silence.since().getEpochSecond()),
                        silence.until()
                                .map(until -> Cell.time(until.getEpochSecond()))
                                .orElse(Cell.EMPTY)))
                .toList();
        return Table.of(
                "silences",
                visit.say("log.silences"),
                List.of(
                        Column.chief("since", visit.say("column.since"), Kind.TIME),
                        Column.chief("until", visit.say("column.until"), Kind.TIME)),
                rows,
                visit.say("log.silences.none"));
    }
}
