// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tonle.traffic.account.Account;
import tonle.traffic.account.AccountKey;
import tonle.traffic.account.AccountRow;
import tonle.traffic.account.AccountTable;
import tonle.traffic.account.AccountTotals;
import tonle.wire.flow.FlowProtocol;

/** An account for people, for pipes and as comma-separated values. */
final class AccountReport {
    private static final int BAR_CELLS = 12;
    private static final Map<FlowProtocol, String> NAMES = Map.of(
            FlowProtocol.NETFLOW5, "NetFlow v5",
            FlowProtocol.NETFLOW9, "NetFlow v9",
            FlowProtocol.IPFIX, "IPFIX",
            FlowProtocol.SFLOW5, "sFlow v5");
    /** Protocol numbers that people know by name (IANA). */
    private static final Map<String, String> PROTOCOLS = Map.of(
            "1", "icmp", "2", "igmp", "4", "ipv4", "6", "tcp", "17", "udp", "41", "ipv6", "47", "gre", "50", "esp",
            "58", "icmpv6", "132", "sctp");

    private final Account account;
    private final AccountTotals totals;
    private final List<Path> files;
    private final int limit;

    AccountReport(Account account, List<Path> files, int limit) {
        this.account = account;
        this.totals = account.totals();
        this.files = files;
        this.limit = limit;
    }

    void text(PrintStream out, int width) {
        out.append(sentence()).append("\n\n");
        TextTable sums = new TextTable(List.of("sum", "#exact", "short", "of what"));
        figures().forEach((name, figure) -> {
            boolean isOctets = name.contains("octets") || name.contains("length");
            sums.row(List.of(
                    name,
                    Figures.grouped(figure.value()),
                    isOctets ? Figures.octets(figure.value()) : "",
                    figure.of()));
        });
        sums.print(out, width);
        for (AccountTable table : account.tables()) {
            if (table.size() > 0) {
                out.append('\n');
                textTable(out, table, width);
            }
        }
    }

    private void textTable(PrintStream out, AccountTable table, int width) {
        List<AccountKey> keys = table.grouping().keys();
        List<String> headings = new ArrayList<>();
        keys.forEach(key -> headings.add(key.key()));
        headings.addAll(List.of("#records", "#octets", "#packets", "#share", ""));
        TextTable text = new TextTable(headings);
        List<AccountRow> rows = table.top(limit);
        long whole = totals.flows().totalOctets() + totals.samples().octets();
        long largest = rows.isEmpty() ? 0 : rows.getFirst().octets();
        for (AccountRow row : rows) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                cells.add(shown(keys.get(i), row.keys().get(i)));
            }
            cells.add(Figures.grouped(row.records()));
            cells.add(Figures.grouped(row.octets()));
            cells.add(Figures.grouped(row.packets()));
            cells.add(Figures.share(row.octets(), whole));
            cells.add(Figures.bar(row.octets(), largest, BAR_CELLS));
            text.row(cells);
        }
        text.print(out, width);
        if (table.size() > rows.size()) {
            out.append("  … ")
                    .append(Figures.grouped(table.size() - rows.size()))
                    .append(" more; --limit 0 for all\n");
        }
    }

    private static String shown(AccountKey key, String text) {
        String name = key == AccountKey.PROTOCOL ? PROTOCOLS.get(text) : null;
        return name == null ? text : text + " " + name;
    }

    /** What was read, and whether all of it could be: the first thing to know. */
    private String sentence() {
        String messages = totals.datagrams().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(each -> NAMES.get(each.getKey()) + ": "
                        + Figures.count(
                                each.getValue(),
                                each.getKey() == FlowProtocol.IPFIX ? "message" : "datagram",
                                each.getKey() == FlowProtocol.IPFIX ? "messages" : "datagrams"))
                .collect(Collectors.joining(", "));
        long malformed =
                totals.malformed().values().stream().mapToLong(Long::longValue).sum();
        List<String> parts = new ArrayList<>();
        parts.add(Figures.count(files.size(), "file", "files"));
        parts.add(messages.isEmpty() ? "no flow export in it" : messages);
        parts.add(Figures.count(totals.flowRecords(), "flow record", "flow records"));
        parts.add(malformed == 0 ? "nothing malformed" : Figures.grouped(malformed) + " malformed");
        parts.add(
                totals.lostCount() == 0
                        ? "nothing lost"
                        : Figures.grouped(totals.lostCount()) + " lost before capture");
        return String.join(" · ", parts);
    }

    private record Figure(long value, String of) {}

    private Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        AccountTotals.Flows flows = totals.flows();
        AccountTotals.Samples samples = totals.samples();
        if (flows.records() > 0) {
            String rates = flows.recordsWithoutRate() == 0
                    ? "times the sampling rate"
                    : "times the sampling rate; " + Figures.grouped(flows.recordsWithoutRate())
                            + " records without one taken as 1";
            figures.put("octets", new Figure(flows.octets(), "as sent, forward"));
            figures.put("packets", new Figure(flows.packets(), ""));
            if (flows.reverseOctets() + flows.reversePackets() > 0) {
                figures.put("reverse octets", new Figure(flows.reverseOctets(), "the other direction of biflows"));
                figures.put("reverse packets", new Figure(flows.reversePackets(), ""));
            }
            figures.put("scaled octets", new Figure(flows.scaledOctets(), rates));
            figures.put("scaled packets", new Figure(flows.scaledPackets(), ""));
        }
        if (totals.frames().frames() > 0) {
            figures.put("frame octets", new Figure(totals.frames().octets(), "IP length inside frame sections"));
        }
        if (samples.samples() > 0) {
            figures.put("sampled frame octets", new Figure(samples.octets(), "sFlow, layer 2"));
            figures.put("sampled packets", new Figure(samples.samples(), ""));
            figures.put("scaled frame octets", new Figure(samples.scaledOctets(), "times the sampling rate"));
            figures.put("scaled sampled packets", new Figure(samples.scaledPackets(), ""));
            figures.put("IP total length, scaled", new Figure(samples.ipTotalLengthScaled(), "sFlow, layer 3"));
        }
        if (totals.setsWithoutTemplate().sets() > 0) {
            figures.put(
                    "sets unread",
                    new Figure(totals.setsWithoutTemplate().sets(), "their template is nowhere in the capture"));
        }
        return figures;
    }

    void tabs(PrintStream out, boolean hasHeader) {
        if (account.tables().isEmpty()) {
            figures()
                    .forEach((name, figure) -> out.append(name.replace(' ', '-').replace(",", ""))
                            .append('\t')
                            .append(Long.toString(figure.value()))
                            .append('\n'));
        }
        boolean isFirst = true;
        for (AccountTable table : account.tables()) {
            // Several tables share one stream: the first column names the one a row belongs to.
            String name = account.tables().size() > 1 ? table.grouping().name() + "\t" : "";
            if (hasHeader && (isFirst || !name.isEmpty())) {
                out.append(name.isEmpty() ? "" : "table\t");
                out.append(String.join("\t", headings(table))).append('\n');
            }
            isFirst = false;
            int[] left = {limit};
            table.forEach(row -> {
                if (left[0]-- > 0) {
                    out.append(name).append(line(row, "\t")).append('\n');
                }
            });
        }
    }

    /** One table has a column for each of its keys; several share the columns {@code table} and {@code key}. */
    void csv(PrintStream out) {
        boolean isAlone = account.tables().size() == 1;
        if (isAlone) {
            out.append(String.join(",", headings(account.tables().getFirst()))).append("\r\n");
        } else {
            out.append("table,key,records,octets,packets\r\n");
        }
        for (AccountTable table : account.tables()) {
            int[] left = {limit};
            String name = isAlone ? "" : table.grouping().name() + ",";
            table.forEach(row -> {
                if (left[0]-- > 0) {
                    AccountRow shown = isAlone ? row : joined(row);
                    out.append(name).append(line(shown, ",")).append("\r\n");
                }
            });
        }
    }

    private static AccountRow joined(AccountRow row) {
        return new AccountRow(List.of(String.join("+", row.keys())), row.records(), row.octets(), row.packets());
    }

    private static List<String> headings(AccountTable table) {
        List<String> headings = new ArrayList<>();
        table.grouping().keys().forEach(key -> headings.add(key.key()));
        headings.addAll(List.of("records", "octets", "packets"));
        return headings;
    }

    /** Keys are numbers, addresses and names of the configuration: none holds a tab, and a comma is quoted. */
    private static String line(AccountRow row, String separator) {
        StringBuilder line = new StringBuilder(64);
        for (String key : row.keys()) {
            boolean isQuoted = separator.equals(",") && (key.indexOf(',') >= 0 || key.indexOf('"') >= 0);
            line.append(isQuoted ? '"' + key.replace("\"", "\"\"") + '"' : key).append(separator);
        }
        return line.append(row.records())
                .append(separator)
                .append(row.octets())
                .append(separator)
                .append(row.packets())
                .toString();
    }
}
