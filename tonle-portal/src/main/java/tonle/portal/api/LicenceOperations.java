// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tonle.base.EnumWord;
import tonle.registry.licence.Regime;

/** Reads the licensing regimes. */
final class LicenceOperations {
    private LicenceOperations() {}

    static List<Operation> all() {
        return List.of(
                Operation.reading(
                        "listRegimes",
                        "/api/v1/regimes",
                        "licences",
                        "Lists the licensing regimes that this gateway knows.",
                        BookOperations.READING,
                        List.of(),
                        "RegimeList",
                        call -> new Reply.Shown(Map.of(
                                "items",
                                call.registry().regimes().all().stream()
                                        .map(LicenceOperations::regime)
                                        .toList()))),
                Operation.reading(
                        "getRegime",
                        "/api/v1/regimes/{id}",
                        "licences",
                        "One licensing regime.",
                        BookOperations.READING,
                        List.of(Parameter.path("id", Schemas.ID, "The regime.", "kh")),
                        "Regime",
                        LicenceOperations::one));
    }

    private static Reply one(Call call) {
        var regimes = call.registry().regimes();
        return regimes.find(call.text("id"))
                .<Reply>map(regime -> new Reply.Shown(regime(regime)))
                .orElseGet(() -> call.unknown(
                        "regime",
                        call.text("id"),
                        regimes.all().stream().map(Regime::id).toList()));
    }

    private static Map<String, Object> regime(Regime regime) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", regime.id());
        body.put("name", regime.name());
        body.put("nameKhmer", regime.nameKhmer());
        body.put("country", regime.country());
        body.put("state", EnumWord.of(regime.state()));
        body.put("from", regime.from().toString());
        body.put("sources", regime.sources());
        body.put("unknown", regime.unknown());
        body.put("types", regime.types().stream().map(LicenceOperations::type).toList());
        body.put(
                "mappings",
                regime.mappings().stream().map(LicenceOperations::mapping).toList());
        return body;
    }

    private static Map<String, Object> type(Regime.Type type) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", type.id());
        body.put("name", type.name());
        body.put("nameKhmer", type.nameKhmer());
        body.put("termYears", type.termYears().map(Integer::longValue).orElse(null));
        body.put("source", type.source());
        body.put(
                "conditions",
                type.conditions().stream()
                        .map(c -> Bodies.of("id", c.id(), "text", c.text(), "source", c.source()))
                        .toList());
        body.put(
                "duties",
                type.duties().stream()
                        .map(d -> Bodies.of(
                                "id", d.id(), "every", EnumWord.of(d.every()), "text", d.text(), "source", d.source()))
                        .toList());
        return body;
    }

    private static Map<String, Object> mapping(Regime.Mapping mapping) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("fromRegime", mapping.fromRegime());
        body.put("by", mapping.by().map(Object::toString).orElse(null));
        body.put("source", mapping.source());
        body.put(
                "steps",
                mapping.steps().stream()
                        .map(s -> Bodies.of("from", s.from(), "to", s.to(), "note", s.note()))
                        .toList());
        return body;
    }
}
