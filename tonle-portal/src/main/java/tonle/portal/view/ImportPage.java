// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.ArrayList;
import java.util.List;
import tonle.base.EnumWord;
import tonle.portal.table.Cell;
import tonle.portal.table.Column;
import tonle.portal.table.Kind;
import tonle.portal.table.Table;
import tonle.portal.table.Tone;
import tonle.registry.book.Problem;
import tonle.registry.change.Difference;
import tonle.registry.exchange.BookImports;
import tonle.registry.exchange.Finding;
import tonle.registry.exchange.ForeignFiles;

/** Foreign files: what goes out, and a look at one that somebody brings before anything of it is proposed. */
public final class ImportPage {
    private static final int ROWS_SHOWN = 500;

    private ImportPage() {}

    /**
     * What the template shows beside the tables.
     *
     * @param mayImport whether the visitor may bring a file
     * @param formats that are read
     * @param format that was chosen
     * @param country that was typed
     * @param isLookedAt whether a file was looked at that would change something
     * @param problems why its changes cannot be proposed as they are
     */
    public record Body(
            boolean mayImport,
            List<String> formats,
            String format,
            String country,
            boolean isLookedAt,
            List<String> problems) {
        public Body {
            formats = List.copyOf(formats);
            problems = List.copyOf(problems);
        }
    }

    static Page page(Visit visit) {
        visit.knows("day", "done");
        BookReading reading = BookReading.of(visit);
        return drawn(visit, visit.say("import.sentence"), List.of(exports(reading)), "ixf", "KH", false, List.of());
    }

    /** What looking at a file found. @param differences what its draft would change in the book */
    public static Page looked(
            Visit visit,
            ForeignFiles.Format format,
            String country,
            ForeignFiles.Result result,
            List<Difference> differences,
            List<Problem> problems) {
        BookReading reading = BookReading.of(visit);
        List<Table> tables = new ArrayList<>();
        String sentence = switch (result) {
            case ForeignFiles.Result.Refused refused ->
                visit.say("import.refused", refused.findings().size());
            case ForeignFiles.Result.Proposed proposed -> {
                if (!differences.isEmpty()) {
                    tables.add(ChangePage.differences(reading, differences));
                }
                tables.add(divergences(visit, proposed.proposal().divergences()));
                yield visit.say(
                        "import.looked",
                        proposed.items().size(),
                        proposed.proposal().divergences().size());
            }
            case ForeignFiles.Result.Compared(BookImports.ResourceReport report, var findings, long beyond) -> {
                tables.add(resources(visit, report));
                yield visit.say("import.compared", report.heldAsns(), report.unclaimedAsns());
            }
        };
        tables.add(findings(visit, result));
        boolean isProposable = result instanceof ForeignFiles.Result.Proposed proposed
                && !proposed.items().isEmpty()
                && problems.isEmpty();
        return drawn(
                visit,
                sentence,
                tables,
                format.key(),
                country,
                isProposable,
                problems.stream()
                        .map(problem -> ChangePage.text(visit, problem))
                        .toList());
    }

    private static Page drawn(
            Visit visit,
            String sentence,
            List<Table> tables,
            String format,
            String country,
            boolean isLookedAt,
            List<String> problems) {
        boolean mayImport = visit.may(tonle.registry.rights.Right.MAY_IMPORT_REGISTRY);
        List<String> formats = java.util.Arrays.stream(ForeignFiles.Format.values())
                .map(ForeignFiles.Format::key)
                .toList();
        return Page.of(
                        "registry",
                        visit.say("page.import"),
                        sentence,
                        tables,
                        new Body(mayImport, formats, format, country, isLookedAt, problems))
                .drawnBy("import")
                .under(visit.say("page.registry"), visit.link("/registry"))
                .asCommand("tonle registry export ixf-1.0.json");
    }

    private static Table exports(BookReading reading) {
        Visit visit = reading.visit();
        List<Table.Row> rows = RegistryExports.NAMES.stream()
                .map(name -> Table.Row.of(
                        Cell.text(name)
                                .opens("/registry/export/" + name + (reading.isPast() ? "?day=" + reading.day() : "")),
                        Cell.text(visit.say("export." + name.replaceAll("-.*|\\.json", "")))))
                .toList();
        return Table.of(
                "exports",
                visit.say("import.exports"),
                List.of(
                        Column.chief("file", visit.say("column.file"), Kind.ID),
                        Column.chief("what", visit.say("column.what"), Kind.TEXT)),
                rows,
                "");
    }

    private static Table findings(Visit visit, ForeignFiles.Result result) {
        List<Table.Row> rows = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Tone tone = switch (finding.weight()) {
                case REFUSED -> Tone.BAD;
                case LEFT_OUT -> Tone.CAUTION;
                case NOTED -> Tone.QUIET;
            };
            String weight = EnumWord.of(finding.weight());
            rows.add(Table.Row.of(
                    Cell.named(weight, visit.say("weight." + weight)).toned(tone),
                    Cell.text(finding.where().isEmpty() ? "–" : finding.where()),
                    Cell.text(finding.reason().name()),
                    Cell.text(finding.detail())));
        }
        return Table.of(
                        "findings",
                        visit.say("import.findings"),
                        List.of(
                                Column.chief("weight", visit.say("column.state"), Kind.TEXT),
                                Column.chief("where", visit.say("column.where"), Kind.ID),
                                Column.of("reason", visit.say("column.reason"), Kind.ID),
                                Column.chief("detail", visit.say("column.detail"), Kind.TEXT)),
                        rows,
                        visit.say("import.nofindings"))
                .withCount(rows.size() + result.findingsBeyond());
    }

    private static Table divergences(Visit visit, List<BookImports.Divergence> divergences) {
        List<Table.Row> rows = divergences.stream()
                .limit(ROWS_SHOWN)
                .map(each -> Table.Row.of(
                        Cell.text(each.object()),
                        Cell.named(each.field(), visit.say("field." + each.field())),
                        OperatorPage.text(each.book()),
                        OperatorPage.text(each.file())))
                .toList();
        return Table.of(
                        "divergences",
                        visit.say("import.divergences"),
                        List.of(
                                Column.chief("object", visit.say("column.on"), Kind.ID),
                                Column.of("field", visit.say("column.field"), Kind.TEXT),
                                Column.chief("book", visit.say("import.book"), Kind.TEXT),
                                Column.chief("file", visit.say("column.file"), Kind.TEXT)),
                        rows,
                        visit.say("import.nodivergences"))
                .withCount(divergences.size());
    }

    private static Table resources(Visit visit, BookImports.ResourceReport report) {
        List<Table.Row> rows = new ArrayList<>();
        report.foreignAsns().forEach(each -> rows.add(resource("asn", each)));
        report.foreignPrefixes().forEach(each -> rows.add(resource("prefix", each)));
        return Table.of(
                        "resources",
                        visit.say("import.foreign"),
                        List.of(
                                Column.of("kind", visit.say("column.kind"), Kind.ID),
                                Column.chief("resource", visit.say("column.value"), Kind.ID)),
                        rows.subList(0, Math.min(rows.size(), ROWS_SHOWN)),
                        visit.say("import.noforeign"))
                .withCount(rows.size());
    }

    private static Table.Row resource(String kind, String words) {
        return Table.Row.of(Cell.text(kind), Cell.text(words));
    }
}
