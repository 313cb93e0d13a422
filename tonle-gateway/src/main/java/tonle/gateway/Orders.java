// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tonle.base.Json;
import tonle.gateway.control.ControlHandler;
import tonle.gateway.control.ControlReply;
import tonle.gateway.control.ControlRequest;
import tonle.portal.Enrolment;
import tonle.portal.view.Document;
import tonle.portal.view.Documents;
import tonle.registry.rights.Actor;
import tonle.traffic.topology.ExporterKind;

/** What the owner may order over the control socket; questions are answered by the documents of the pages. */
final class Orders implements ControlHandler {
    private final RunningGateway gateway;
    private final Enrolment enrolment;
    private final Documents documents;

    Orders(RunningGateway gateway, Enrolment enrolment, Documents documents) {
        this.gateway = gateway;
        this.enrolment = enrolment;
        this.documents = documents;
    }

    @Override
    public ControlReply answer(ControlRequest request) {
        try {
            return request.isPost() ? order(request.target(), request.body()) : question(request.target());
        } catch (FlatJson.Malformed e) {
            return problem(400, e.getMessage());
        } catch (IOException e) {
            return problem(422, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return problem(500, "a defect of Tonle: " + e + "; please report it");
        }
    }

    private ControlReply question(String target) {
        if (target.equals("/status.json")) {
            return ControlReply.json(200, StatusText.json(gateway));
        }
        Document document = documents.answer(target);
        return new ControlReply(document.status(), document.contentType(), document.body());
    }

    private ControlReply order(String target, String body) throws IOException {
        return switch (target) {
            case "/reload" -> done(gateway.reload());
            case "/stop" -> {
                gateway.askToStop();
                yield done("stopping");
            }
            case "/exporters/accept" -> accept(FlatJson.read(body));
            case "/store/export" -> export(FlatJson.read(body));
            case "/backup" -> backup(FlatJson.read(body));
            case "/log/witnesses" -> witnesses(FlatJson.read(body));
            case "/registry/import" -> registryOrders().take(FlatJson.read(body));
            case "/registry/export" -> registryOrders().export(FlatJson.read(body));
            case "/registry/pack" -> registryOrders().pack(FlatJson.read(body));
            default ->
                problem(
                        404,
                        "there is no order " + target
                                + "; known: /reload, /stop, /exporters/accept, /store/export, /backup,"
                                + " /log/witnesses, /registry/import, /registry/export, /registry/pack");
        };
    }

    private RegistryOrders registryOrders() throws IOException {
        return gateway.registryOrders()
                .orElseThrow(() -> new IOException("the registry cannot be read now: its database is away"));
    }

    private ControlReply accept(Map<String, String> fields) throws FlatJson.Malformed {
        String kindKey = fields.getOrDefault("records", ExporterKind.INGRESS.key());
        ExporterKind kind = null;
        for (ExporterKind each : ExporterKind.values()) {
            kind = each.key().equals(kindKey) ? each : kind;
        }
        if (kind == null) {
            throw new FlatJson.Malformed("records is ingress, egress or both, not '" + kindKey + "'");
        }
        Enrolment.Acceptance acceptance = new Enrolment.Acceptance(
                FlatJson.need(fields, "address"), FlatJson.need(fields, "id"), fields.getOrDefault("site", ""), kind);
        return switch (enrolment.accept(acceptance, Actor.OWNER)) {
            case Enrolment.Outcome.Accepted(String id) -> done("exporter " + id + " is taken in");
            case Enrolment.Outcome.Refused(Enrolment.Reason reason, String detail) ->
                ControlReply.json(409, refusal(reason.name(), detail));
        };
    }

    private ControlReply export(Map<String, String> fields) throws IOException {
        Path directory = FlatJson.absolutePath(fields, "directory");
        gateway.export(directory, FlatJson.number(fields, "from"), FlatJson.number(fields, "to"));
        return done("exported to " + directory);
    }

    private ControlReply backup(Map<String, String> fields) throws IOException {
        Path file = FlatJson.absolutePath(fields, "file");
        long octets = gateway.backup(file);
        return done("backed up to " + file + ", " + (octets + 1023) / 1024 + " KiB; it holds keys: keep it safe");
    }

    private ControlReply witnesses(Map<String, String> fields) throws IOException {
        Path file = FlatJson.absolutePath(fields, "file");
        return done(gateway.useWitnesses(file));
    }

    private static String refusal(String reason, String words) {
        StringBuilder text = new StringBuilder();
        Json.spaced(text)
                .beginObject()
                .member("reason", reason)
                .member("message", words)
                .endObject();
        return text.toString();
    }

    private static ControlReply done(String words) {
        return ControlReply.json(200, Json.of(Map.of("message", words)));
    }

    private static ControlReply problem(int status, String words) {
        return ControlReply.json(status, Json.of(Map.of("message", words)));
    }
}
