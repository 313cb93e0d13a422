// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import tonle.base.EnumWord;
import tonle.base.Json;
import tonle.database.DatabaseHealth;
import tonle.notary.log.LogOutage;
import tonle.notary.log.PublicLog;
import tonle.notary.witness.WitnessState;
import tonle.portal.GatewayStatus;
import tonle.portal.proof.LogHealth;
import tonle.tlog.note.LogIdentity;
import tonle.traffic.exporter.Conservation;
import tonle.traffic.store.StoreHealth;

/** The state of a gateway as JSON, for the command line and for watching programs. */
final class StatusText {
    private StatusText() {}

    static String json(RunningGateway gateway) {
        GatewayStatus status = gateway.status();
        StoreHealth store = gateway.store().health();
        Conservation sums = gateway.meter().conservation();
        String trouble = gateway.storeTrouble().isEmpty() ? store.trouble() : gateway.storeTrouble();
        StringBuilder text = new StringBuilder();
        Json json = Json.spaced(text);
        json.beginObject();
        json.member("version", status.version());
        json.member("demo", status.demo());
        json.member("process", ProcessHandle.current().pid());
        json.member("gateway", gateway.topology().gatewayName());
        json.name("configuration").beginObject();
        json.member("file", status.configurationFile());
        json.member("version", gateway.topology().version());
        json.member("readMillis", status.reloadedMillis());
        json.member("trouble", status.reloadTrouble()).endObject();
        json.member("startedMillis", status.startedMillis());
        json.member("pagesPort", gateway.portalPort());
        json.name("troubles").any(status.troubles());
        json.name("listeners").beginArray();
        status.listeners().forEach(each -> listener(json, each));
        json.endArray();
        json.name("store").beginObject();
        json.member("writable", trouble.isEmpty() && store.writable());
        json.member("trouble", trouble);
        json.member("octets", store.sizeOctets());
        json.member("writtenBatches", store.writtenBatches());
        json.member("repeatedBatches", store.repeatedBatches());
        json.member("setAsideBatches", gateway.batchesSetAside()).endObject();
        gateway.databaseHealth().ifPresent(health -> database(json, health));
        log(json, gateway.logHealth());
        json.name("conservation").beginObject();
        json.member("decoded", sums.decoded());
        json.member("booked", sums.booked());
        json.member("underWay", sums.underWay());
        json.member("held", sums.held());
        json.member("setAside", sums.setAside());
        json.member("rejected", sums.rejected());
        json.member("refused", sums.refused());
        json.member("holds", sums.holds()).endObject();
        json.endObject().endLine();
        return text.toString();
    }

    private static void database(Json json, DatabaseHealth health) {
        json.name("database").beginObject();
        json.member("embedded", health.isEmbedded());
        json.member("version", health.version());
        json.member("port", health.port());
        json.member("octets", health.sizeOctets());
        json.member("away", health.outage().isPresent());
        json.member("sinceMillis", health.sinceUnixMillis());
        json.member("trouble", health.words()).endObject();
    }

    private static void log(Json json, LogHealth health) {
        PublicLog.State writer = health.writer();
        json.name("log").beginObject();
        json.member("origin", writer.identity().map(LogIdentity::origin).orElse(""));
        json.member("stage", EnumWord.of(writer.stage()));
        json.member("size", writer.head().size());
        json.member("root", writer.head().root().base64());
        json.member("signedMillis", writer.signedMillis());
        json.member("trouble", writer.outage().map(LogOutage::getMessage).orElse(""));
        json.member("waitingEvents", health.waitingEvents());
        json.member("witnessedSize", health.witnessedSize());
        json.name("witnesses").beginArray();
        for (WitnessState witness : health.witnesses()) {
            json.beginObject();
            json.member("name", witness.name());
            json.member("address", witness.address());
            json.member("cosignedSize", witness.cosigned().size());
            json.member("cosignedMillis", witness.cosignedMillis());
            json.member(
                    "trouble",
                    witness.trouble().map(WitnessState.Trouble::words).orElse(""));
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void listener(Json json, GatewayStatus.Listener each) {
        json.beginObject();
        json.member("name", each.name());
        json.member("transport", each.transport());
        json.member("port", each.port());
        json.member("bufferAskedOctets", each.bufferAskedOctets());
        json.member("bufferGotOctets", each.bufferGotOctets());
        json.member("received", each.received());
        json.member("kernelDropped", each.kernelDropped());
        json.member("queueDropped", each.queueDropped());
        json.member("queueLength", each.queueLength());
        json.member("connections", each.connections());
        json.member("awaitsCertificate", each.awaitsCertificate());
        json.member("trouble", each.trouble());
        json.endObject();
    }
}
