// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.registry.rights.Right;

/**
 * One thing that the API does: the row of the table from which the router and the served document are made.
 *
 * @param id a word for generated clients: {@code listSites}
 * @param path from the root, with names in braces
 * @param group under which the document lists it
 * @param access who may
 * @param request the schema of the body; empty where there is none
 * @param response the schema of what is answered
 * @param status of what is answered
 * @param refusals beside those that every operation has
 */
public record Operation(
        String id,
        String method,
        String path,
        String group,
        String summary,
        Access access,
        List<Parameter> parameters,
        Optional<String> request,
        String response,
        int status,
        List<Code> refusals,
        Handler handler) {
    /** Octets of a body: some thousand objects of a draft. */
    public static final int BODY_OCTETS_MAX = 1 << 20;

    /** Who may do it. */
    sealed interface Access {
        /** Whoever asks. */
        record Everybody() implements Access {}

        /** Who holds one of these rights. */
        record AnyOf(List<Right> rights) implements Access {
            public AnyOf {
                rights = List.copyOf(rights);
            }
        }
    }

    /** Answers a call whose parameters were checked. */
    @FunctionalInterface
    interface Handler {
        Reply answer(Call call);
    }

    public Operation {
        parameters = List.copyOf(parameters);
        refusals = List.copyOf(refusals);
    }

    static Operation reading(
            String id,
            String path,
            String group,
            String summary,
            Access access,
            List<Parameter> parameters,
            String response,
            Handler handler) {
        boolean isOne = path.contains("{");
        return new Operation(
                id,
                "GET",
                path,
                group,
                summary,
                access,
                parameters,
                Optional.empty(),
                response,
                200,
                isOne ? List.of(Code.OBJECT_UNKNOWN) : List.of(),
                handler);
    }

    static Access anyOf(Right... rights) {
        return new Access.AnyOf(List.of(rights));
    }

    boolean isWriting() {
        return !method.equals("GET");
    }

    /** Whether it only reads what pages show to whoever may see the gateway. */
    boolean isGatewayReading() {
        return !isWriting()
                && access instanceof Access.AnyOf(List<Right> rights)
                && rights.contains(Right.MAY_READ_GATEWAY);
    }

    boolean isOpen() {
        return access instanceof Access.Everybody;
    }

    /** Every refusal that it knows. */
    List<Code> allRefusals() {
        List<Code> all = new ArrayList<>();
        if (!isOpen()) {
            all.addAll(List.of(Code.TOKEN_MISSING, Code.TOKEN_INVALID, Code.RIGHT_MISSING, Code.TOO_MANY_REQUESTS));
        }
        all.addAll(List.of(Code.PARAMETER_UNKNOWN, Code.PARAMETER_INVALID, Code.NOT_ACCEPTABLE, Code.OWN_DEFECT));
        all.add(Code.STORE_ABSENT);
        if (isWriting()) {
            all.addAll(List.of(
                    Code.TOKEN_NEEDED,
                    Code.BODY_UNREADABLE,
                    Code.BODY_TOO_LARGE,
                    Code.LENGTH_MISSING,
                    Code.TYPE_UNSUPPORTED));
        }
        all.addAll(refusals);
        return all.stream().distinct().sorted().toList();
    }
}
