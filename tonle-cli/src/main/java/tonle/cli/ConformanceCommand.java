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
            "Runs every case of a folder of reference data and compares each figure with its reference answer: captures",
            "(expected.json), proofs and trees of logs (merkle-*.jsonl, tessera; merkle-vectors.json).",
            "A line per differing figure: case, figure, expected, got. The last line says how many cases are equal."
        },
        footerHeading = "%nExample:%n",
        footer = {"  tonle conformance data/flows", "  tonle conformance data/shield/tlog"})
final class ConformanceCommand implements Command {
    @Parameters(paramLabel = "DIR", description = "the folder of reference data")
    private Path folder;

    @Option(names = "--expected", paramLabel = "FILE", description = "reference answers (default DIR/expected.json)")
    private Path expected;

    @Option(names = "--case", paramLabel = "NAME", description = "only this case; may be given again")
    private List<String> cases = List.of();

    @Override
    public ExitCode run(Console console) throws IOException {
        ConformanceCases conformance = cases();
        int equal = 0;
        int all = 0;
        for (String name : conformance.cases()) {
            if (!cases.isEmpty() && !cases.contains(name)) {
                continue;
            }
            all++;
            List<ConformanceCases.Difference> differences = conformance.differences(name);
            equal += differences.isEmpty() ? 1 : 0;
            for (ConformanceCases.Difference difference : differences) {
                console.out().println(difference.text());
            }
        }
        console.out().println(equal + " of " + all + " cases equal");
        return equal == all && all > 0 ? ExitCode.DONE : ExitCode.FOUND_NOTHING;
    }

    private ConformanceCases cases() throws IOException {
        Path vectors = folder.resolve(ConformanceOfProofs.FILE);
        if (expected == null && Files.isRegularFile(vectors)) {
            return ConformanceOfProofs.of(vectors);
        }
        if (expected == null && ConformanceOfLogs.isThere(folder)) {
            return ConformanceOfLogs.of(folder);
        }
        Path answers = expected == null ? folder.resolve("expected.json") : expected;
        if (!Files.isRegularFile(answers)) {
            throw new NoSuchFileException(answers.toString());
        }
        return Conformance.of(folder, answers);
    }
}
