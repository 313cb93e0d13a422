// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tonle.portal.proof.ProofAlone;
import tonle.portal.words.Language;

/** {@code tonle log check-page}: the page that checks proofs, as one file for a browser without a network. */
@CommandLine.Command(
        name = "check-page",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the page Check a proof as one file: it works in a browser without a network, and lets nothing out.",
            "Verdicts are told in Khmer and English."
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle log check-page > check.html")
final class LogCheckPageCommand implements Command {
    /** The languages of pages, as addresses name them. */
    enum Tag {
        en(Language.EN),
        km(Language.KM);

        private final Language language;

        Tag(Language language) {
            this.language = language;
        }
    }

    @Option(
            names = "--lang",
            paramLabel = "LANGUAGE",
            description = "en or km: the language of the page (default ${DEFAULT-VALUE})")
    private Tag tag = Tag.en;

    @Override
    public ExitCode run(Console console) {
        console.out().writeBytes(ProofAlone.html(tag.language, console.clock()).getBytes(StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }
}
