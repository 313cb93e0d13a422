// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tonle.traffic.Bins;
import tonle.traffic.EvenSpread;
import tonle.traffic.account.Account;
import tonle.traffic.account.AccountKey;
import tonle.traffic.account.AccountQuestion;
import tonle.traffic.account.AccountTotals;
import tonle.traffic.account.CaptureAccounting;
import tonle.traffic.account.FileDamage;
import tonle.traffic.account.Grouping;
import tonle.traffic.account.Placement;
import tonle.traffic.account.TemplateReach;
import tonle.traffic.account.TooManyGroups;

/** {@code tonle account}: what captures of flow exports add up to, offline. */
@CommandLine.Command(
        name = "account",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads captures of NetFlow v5, NetFlow v9, IPFIX and sFlow v5 as one collector would and prints exact sums.",
            "pcap, pcapng, IPFIX files and raw datagrams, gzip or not; several files are read in the order given."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tonle account capture.pcap",
            "  tonle account --by ingress,source-as --csv capture.pcap > sums.csv",
            "  tonle account --by ingress+source-as --limit 20 day/*.pcap",
            "  tonle account --config tonle.yaml --by link,member,remote-as capture.pcap",
            "  tonle account --json=octets,scaledOctets,lost capture.pcap"
        })
final class AccountCommand implements Command {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "capture files")
    private List<Path> files = List.of();

    @Option(
            names = "--by",
            paramLabel = "KEYS",
            description = {
                "tables, by commas; keys joined by + make one table. protocol ingress egress ip-version exporter"
                        + " source-as destination-as bin; with --config also link direction member remote-as; none for no table"
            })
    private String by;

    @Option(
            names = "--bin-seconds",
            paramLabel = "N",
            description = "width of bins, 1 to 3600 (default ${DEFAULT-VALUE})")
    private int binSeconds = Bins.SECONDS;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "who is connected where, for link, member, remote-as")
    private Path config;

    @Option(
            names = "--templates",
            paramLabel = "REACH",
            description = {
                "where templates may come from: so-far (default), whole-capture (also later in the same session: reads"
                        + " twice where that helps), any-port (also from another source port of the same exporter)"
            })
    private String reach = TemplateReach.SO_FAR.key();

    @Option(
            names = {"-q", "--quiet"},
            description = "no progress and no warnings")
    private boolean quiet;

    @Mixin
    private Output output;

    /** What is shown where nothing else was asked: what every exporter sends. */
    private static final String TABLES_DEFAULT = "protocol,ingress,egress,ip-version,exporter";

    @Override
    public ExitCode run(Console console) throws IOException {
        Output.Shape shape = output.shape(console);
        List<String> fields = output.fields(AccountDocument.FIELDS);
        List<Grouping> groupings = groupings(by == null ? TABLES_DEFAULT : by);
        if (binSeconds < 1 || binSeconds > EvenSpread.BIN_SECONDS_MAX) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--bin-seconds is " + binSeconds,
                    "1 to " + EvenSpread.BIN_SECONDS_MAX + " seconds");
        }
        long totalOctets = sizeOf(files);
        Progress progress = new Progress(console, quiet, totalOctets);
        Account account = read(groupings, progress);
        progress.done();
        if (!quiet) {
            warn(console, account);
        }
        AccountReport report = new AccountReport(account, files, output.limit(shape));
        switch (shape) {
            case TEXT -> report.text(console.out(), console.width());
            case TABS -> report.tabs(console.out(), output.hasHeader());
            case CSV -> report.csv(console.out());
            case JSON -> new AccountDocument(account, files, output.limit(shape)).write(console.out(), fields);
            case NDJSON -> new AccountDocument(account, files, output.limit(shape)).writeRows(console.out());
        }
        return exitCode(account);
    }

    private Account read(List<Grouping> groupings, Progress progress) throws IOException {
        Placement placement =
                groupings.stream().flatMap(each -> each.keys().stream()).anyMatch(AccountKey::needsTopology)
                        ? placement()
                        : Placement.NONE;
        AccountQuestion question = new AccountQuestion(groupings, binSeconds, reach(), placement);
        long[] before = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            before[i + 1] = before[i] + Files.size(files.get(i));
        }
        try {
            return new CaptureAccounting(question).read(files, (reading, index, octets) -> {
                String what =
                        files.size() == 1 ? "reading" : "reading " + (index + 1) + " of " + files.size() + " files";
                progress.at(reading == 1 ? what : what + " again, with what was found", before[index] + octets);
            });
        } catch (TooManyGroups e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "a table passed " + Figures.grouped(e.groupCount()) + " groups, more than memory is kept for",
                    "ask for fewer keys in one table, or wider bins with --bin-seconds");
        }
    }

    private TemplateReach reach() {
        for (TemplateReach each : TemplateReach.values()) {
            if (each.key().equals(reach)) {
                return each;
            }
        }
        List<String> known =
                Arrays.stream(TemplateReach.values()).map(TemplateReach::key).toList();
        throw new CommandFailure(
                ExitCode.USAGE,
                "unknown reach '" + reach + "' in --templates",
                Main.nearest(reach, known) + "all: " + String.join(" ", known));
    }

    private Placement placement() throws IOException {
        if (config == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "link, direction, member and remote-as need to know who is connected where",
                    "tonle account --config tonle.yaml --by " + by + " " + files.getFirst());
        }
        return GatewayTopology.of(config);
    }

    /** The tables that {@code text} asks for. */
    static List<Grouping> groupings(String text) {
        if (text.equals("none")) {
            return List.of();
        }
        Set<Grouping> groupings = new LinkedHashSet<>();
        for (String table : text.split(",")) {
            List<AccountKey> keys = new ArrayList<>();
            for (String word : table.strip().split("\\+")) {
                AccountKey key = AccountKey.of(word.strip()).orElseThrow(() -> unknownKey(word.strip()));
                if (keys.contains(key)) {
                    throw new CommandFailure(ExitCode.USAGE, "'" + word + "' stands twice in one table of --by");
                }
                keys.add(key);
            }
            groupings.add(new Grouping(keys));
        }
        return List.copyOf(groupings);
    }

    private static CommandFailure unknownKey(String word) {
        List<String> known =
                Arrays.stream(AccountKey.values()).map(AccountKey::key).toList();
        return new CommandFailure(
                ExitCode.USAGE,
                "unknown dimension '" + word + "' in --by",
                Main.nearest(word, known) + "all: " + String.join(" ", known));
    }

    private static long sizeOf(List<Path> files) throws IOException {
        long octets = 0;
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (Files.isDirectory(file)) {
                throw new CommandFailure(
                        ExitCode.USAGE, file + " is a folder", "name its files: tonle account " + file + "/*");
            }
            octets += Files.size(file);
        }
        return octets;
    }

    private static void warn(Console console, Account account) {
        for (FileDamage damage : account.damages()) {
            console.err()
                    .println("warning: " + damage.file() + ": " + FaultWords.of(damage.fault()) + ", at octet "
                            + Figures.grouped(damage.offsetOctets())
                            + (damage.isUnreadable() ? "; nothing could be read" : "; what came before it is counted"));
        }
        AccountTotals.SetsWithoutTemplate unread = account.totals().setsWithoutTemplate();
        if (unread.beforeTemplate() > 0 && account.readings() == 1) {
            console.err()
                    .println("warning: " + Figures.count(unread.beforeTemplate(), "data set", "data sets")
                            + " came before the template; --templates whole-capture reads them too");
        }
        if (unread.elsewhere() > 0) {
            console.err()
                    .println("warning: " + Figures.count(unread.elsewhere(), "data set has", "data sets have")
                            + " a template under another source port of the same exporter only;"
                            + " --templates any-port reads by it");
        }
        long personal = account.totals().templates().withPersonalElements();
        if (personal > 0) {
            console.err()
                    .println("warning: " + Figures.count(personal, "template carries", "templates carry")
                            + " elements about people; they were skipped unread: switch them off at the exporter");
        }
    }

    /** Nothing read at all: damage is an error where it left nothing, an empty answer where there was nothing. */
    private static ExitCode exitCode(Account account) {
        boolean hasDatagrams = account.totals().datagrams().values().stream().anyMatch(count -> count > 0);
        if (hasDatagrams) {
            return ExitCode.DONE;
        }
        boolean isMalformed = account.totals().malformed().values().stream().anyMatch(count -> count > 0);
        return isMalformed ? ExitCode.MALFORMED : ExitCode.FOUND_NOTHING;
    }
}
