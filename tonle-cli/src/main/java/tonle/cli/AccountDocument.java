// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tonle.base.Json;
import tonle.traffic.account.Account;
import tonle.traffic.account.AccountRow;
import tonle.traffic.account.AccountTable;
import tonle.traffic.account.AccountTotals;
import tonle.wire.Fault;
import tonle.wire.flow.FlowProtocol;

/**
 * The JSON document of an account: a contract, described field by field in docs/DATA.md. For captures of sFlow alone
 * {@code octets} and {@code packets} are frame octets and flow samples; where flow records and samples meet in one
 * capture they are added, and {@code sflow} holds the samples' part.
 */
final class AccountDocument {
    /** The fields of {@code totals}, and the parts beside them, in their order. */
    static final Set<String> FIELDS = new java.util.LinkedHashSet<>(List.of(
            "datagrams",
            "records",
            "templates",
            "octets",
            "packets",
            "reverseOctets",
            "reversePackets",
            "totalOctets",
            "totalPackets",
            "scaledOctets",
            "scaledPackets",
            "recordsWithoutRate",
            "ipTotalLength",
            "ipTotalLengthScaled",
            "frameOctets",
            "framePackets",
            "discardedPackets",
            "setsWithoutTemplate",
            "malformed",
            "lost",
            "lostBy",
            "refused",
            "otherDatagrams",
            "sflow",
            "by",
            "files",
            "readings",
            "damaged"));

    private static final Set<String> OUTSIDE_TOTALS = Set.of("sflow", "by", "files", "readings", "damaged");

    private final Account account;
    private final AccountTotals totals;
    private final List<Path> files;
    private final int limit;

    AccountDocument(Account account, List<Path> files, int limit) {
        this.account = account;
        this.totals = account.totals();
        this.files = files;
        this.limit = limit;
    }

    void write(PrintStream out, Collection<String> fields) {
        write((Appendable) out, fields);
    }

    void write(Appendable out, Collection<String> fields) {
        Json json = new Json(out, true);
        json.beginObject();
        for (String field : List.of("files", "readings")) {
            if (fields.contains(field)) {
                outside(json, field);
            }
        }
        json.name("totals").beginObject();
        for (String field : FIELDS) {
            if (fields.contains(field) && !OUTSIDE_TOTALS.contains(field)) {
                total(json.name(field), field);
            }
        }
        json.endObject();
        for (String field : List.of("sflow", "by", "damaged")) {
            if (fields.contains(field)) {
                outside(json, field);
            }
        }
        json.endObject().endLine();
    }

    /** One document a row of each table. */
    void writeRows(Appendable out) {
        Json json = new Json(out, false);
        for (AccountTable table : account.tables()) {
            int[] left = {limit};
            table.forEach(row -> {
                if (left[0]-- <= 0) {
                    return;
                }
                json.beginObject().member("table", table.grouping().name());
                for (int i = 0; i < row.keys().size(); i++) {
                    json.member(table.grouping().keys().get(i).key(), row.keys().get(i));
                }
                figures(json, row);
                json.endObject().endLine();
            });
        }
    }

    private void total(Json json, String field) {
        AccountTotals.Flows flows = totals.flows();
        AccountTotals.Samples samples = totals.samples();
        switch (field) {
            case "datagrams" -> byProtocol(json, totals.datagrams());
            case "records" -> records(json);
            case "templates" -> templates(json);
            case "octets" -> json.value(flows.octets() + samples.octets());
            case "packets" -> json.value(flows.packets() + samples.samples());
            case "reverseOctets" -> json.value(flows.reverseOctets());
            case "reversePackets" -> json.value(flows.reversePackets());
            case "totalOctets" -> json.value(flows.totalOctets() + samples.octets());
            case "totalPackets" -> json.value(flows.totalPackets() + samples.samples());
            case "scaledOctets" -> json.value(flows.scaledOctets() + samples.scaledOctets());
            case "scaledPackets" -> json.value(flows.scaledPackets() + samples.scaledPackets());
            case "recordsWithoutRate" -> json.value(flows.recordsWithoutRate() + samples.samplesWithoutRate());
            case "ipTotalLength" -> json.value(samples.ipTotalLength());
            case "ipTotalLengthScaled" -> json.value(samples.ipTotalLengthScaled());
            case "frameOctets" -> json.value(totals.frames().octets());
            case "framePackets" -> json.value(totals.frames().packets());
            case "discardedPackets" -> json.value(samples.discardedPackets());
            case "setsWithoutTemplate" ->
                json.value(totals.setsWithoutTemplate().sets());
            case "malformed" -> malformed(json);
            case "lost" -> json.value(totals.lostCount());
            case "lostBy" -> byProtocol(json, totals.lost());
            case "refused" -> json.value(totals.refused());
            case "otherDatagrams" -> json.value(totals.otherDatagrams());
            default -> throw new IllegalStateException("a field of totals without a figure: " + field);
        }
    }

    private void outside(Json json, String field) {
        switch (field) {
            case "files" -> {
                json.name("files").beginArray();
                files.forEach(file -> json.value(file.toString()));
                json.endArray();
            }
            case "readings" -> json.member("readings", account.readings());
            case "sflow" -> sflow(json);
            case "by" -> tables(json);
            case "damaged" -> damaged(json);
            default -> throw new IllegalStateException("a part of the document without a writer: " + field);
        }
    }

    private static void byProtocol(Json json, Map<FlowProtocol, Long> counts) {
        json.beginObject();
        for (FlowProtocol protocol : FlowProtocol.values()) {
            json.member(protocol.key(), counts.get(protocol));
        }
        json.endObject();
    }

    private void records(Json json) {
        json.beginObject()
                .member("flow", totals.flowRecords())
                .member("options", totals.optionsRecords())
                .member("samples", totals.samples().samples())
                .member("counters", totals.samples().counterSamples())
                .endObject();
    }

    private void templates(Json json) {
        AccountTotals.Templates templates = totals.templates();
        json.beginObject()
                .member("templateRecords", templates.templateRecords())
                .member("optionsTemplateRecords", templates.optionsTemplateRecords())
                .member("distinctTemplates", templates.distinctTemplates())
                .member("distinctOptionsTemplates", templates.distinctOptionsTemplates())
                .member("withdrawals", templates.withdrawals())
                .member("withPersonalElements", templates.withPersonalElements())
                .endObject();
    }

    private void malformed(Json json) {
        json.beginObject();
        for (Map.Entry<Fault, Long> fault : totals.malformed().entrySet()) {
            json.member(FaultWords.key(fault.getKey()), fault.getValue());
        }
        json.endObject();
    }

    private void sflow(Json json) {
        AccountTotals.Samples samples = totals.samples();
        json.name("sflow")
                .beginObject()
                .member("octets", samples.octets())
                .member("packets", samples.samples())
                .member("scaledOctets", samples.scaledOctets())
                .member("scaledPackets", samples.scaledPackets())
                .member("ipTotalLength", samples.ipTotalLength())
                .member("ipTotalLengthScaled", samples.ipTotalLengthScaled())
                .member("samplesWithoutRate", samples.samplesWithoutRate())
                .endObject();
    }

    private void tables(Json json) {
        json.name("by").beginObject();
        for (AccountTable table : account.tables()) {
            json.name(table.grouping().name()).beginObject();
            int[] left = {limit};
            table.forEach(row -> {
                if (left[0]-- > 0) {
                    json.name(String.join("+", row.keys())).beginObject();
                    figures(json, row);
                    json.endObject();
                }
            });
            json.endObject();
        }
        json.endObject();
    }

    private static void figures(Json json, AccountRow row) {
        json.member("records", row.records()).member("octets", row.octets()).member("packets", row.packets());
    }

    private void damaged(Json json) {
        json.name("damaged").beginArray();
        account.damages()
                .forEach(damage -> json.beginObject()
                        .member("file", damage.file().toString())
                        .member("fault", FaultWords.key(damage.fault()))
                        .member("offsetOctets", damage.offsetOctets())
                        .member("unreadable", damage.isUnreadable())
                        .endObject());
        json.endArray();
    }
}
