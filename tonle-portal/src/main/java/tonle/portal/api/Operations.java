// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of all operations: there is no other. */
public final class Operations {
    /** Where the API stands. */
    public static final String ROOT = "/api/v1";

    private static final List<Operation> ALL = assembled();

    private Operations() {}

    /** In the order of the document. */
    public static List<Operation> all() {
        return ALL;
    }

    private static List<Operation> assembled() {
        List<Operation> all = new ArrayList<>();
        all.add(new Operation(
                "getDescription",
                "GET",
                ROOT + "/openapi.json",
                "api",
                "This description (OpenAPI 3.1).",
                new Operation.Access.Everybody(),
                List.of(),
                Optional.empty(),
                "",
                200,
                List.of(),
                _ -> new Reply.Shown(OpenApiDocument.document())));
        all.addAll(BookOperations.all());
        all.addAll(ChangeOperations.all());
        all.addAll(LicenceOperations.all());
        all.addAll(DutyOperations.all());
        all.addAll(TrafficOperations.all());
        all.addAll(AuditOperations.all());
        return List.copyOf(all);
    }
}
