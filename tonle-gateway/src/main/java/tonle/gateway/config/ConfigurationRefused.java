// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; carries everything that is wrong with it, in the order of the file. */
public final class ConfigurationRefused extends IOException {
    private final transient List<Problem> problems;

    public ConfigurationRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
