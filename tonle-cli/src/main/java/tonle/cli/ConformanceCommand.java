// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tonle conformance}: for developers. Kept out of help, as it needs data that is not part of a release. */
@CommandLine.Command(
        name = "conformance",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = {
            "Accounts every case of a folder of reference captures and compares each figure with its reference answer.",
            "A line per differing figure: case, figure, expected, got. The last line says how many cases are equal."
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle conformance data/flows")
final class ConformanceCommand implements Command {
    @Parameters(paramLabel = "DIR", description = "the folder of captures")
    private Path folder;

    @Option(names = "--expected", paramLabel = "FILE", description = "reference answers (default DIR/expected.json)")
    private Path expected;

    @Option(names = "--case", paramLabel = "NAME", description = "only this case; may be given again")
    private List<String> cases = List.of();

    @Override
    public ExitCode run(Console console) throws IOException {
        Path answers = expected == null ? folder.resolve("expected.json") : expected;
        if (!Files.isRegularFile(answers)) {
            throw new NoSuchFileException(answers.toString());
        }
        Conformance conformance = Conformance.of(folder, answers);
        int equal = 0;
        int all = 0;
        for (String name : conformance.cases()) {
            if (!cases.isEmpty() && !cases.contains(name)) {
                continue;
            }
            all++;
            List<Conformance.Difference> differences = conformance.differences(name);
            equal += differences.isEmpty() ? 1 : 0;
            for (Conformance.Difference difference : differences) {
                console.out().println(difference.text());
            }
        }
        console.out().println(equal + " of " + all + " cases equal");
        return equal == all && all > 0 ? ExitCode.DONE : ExitCode.FOUND_NOTHING;
    }
}
