// SPDX-License-Identifier: Apache-2.0
package tonle.portal.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tonle.portal.view.Nearest;

/** Finds the operation for a method and a path. */
final class Router {
    private final List<Operation> operations;

    Router(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /** Where a request leads. */
    sealed interface Route {
        record Found(Operation operation, Map<String, String> values) implements Route {}

        /** @param allowed as the header {@code Allow} has it */
        record OtherMethod(String allowed) implements Route {}

        record Unknown(String nearest) implements Route {}
    }

    /** @param path with its percent signs */
    Route route(String method, String path) {
        TreeSet<String> allowed = new TreeSet<>();
        String asked = method.equals("HEAD") ? "GET" : method;
        for (Operation operation : operations) {
            Optional<Map<String, String>> values = match(operation.path(), path);
            if (values.isPresent()) {
                if (operation.method().equals(asked)) {
                    return new Route.Found(operation, values.get());
                }
                allowed.add(operation.method());
            }
        }
        if (!allowed.isEmpty()) {
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            return new Route.OtherMethod(String.join(", ", allowed));
        }
        List<String> paths = operations.stream().map(Operation::path).distinct().toList();
        return new Route.Unknown(Nearest.of(path, paths).orElse(""));
    }

    /** The values of a path's names; empty where it is another path or its percent signs make no text. */
    private static Optional<Map<String, String>> match(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] parts = path.split("/", -1);
        if (wanted.length != parts.length) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (wanted[i].startsWith("{")) {
                try {
                    values.put(
                            wanted[i].substring(1, wanted[i].length() - 1),
                            URLDecoder.decode(parts[i].replace("+", "%2B"), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException _) {
                    return Optional.empty();
                }
            } else if (!wanted[i].equals(parts[i])) {
                return Optional.empty();
            }
        }
        return values.containsValue("") ? Optional.empty() : Optional.of(values);
    }
}
