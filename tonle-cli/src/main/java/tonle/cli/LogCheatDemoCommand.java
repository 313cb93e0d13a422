// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import tonle.base.EnumWord;
import tonle.base.Json;
import tonle.notary.cheat.Cheat;
import tonle.notary.cheat.Cheats;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;

/** {@code tonle log cheat-demo}: watch the checks say no. */
@CommandLine.Command(
        name = "cheat-demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Carries out twelve ways to cheat with a public log, each on a log that is made for it in memory, and says",
            "who caught it and how. Nothing on this machine is touched. Ends with 4 where a cheat goes unnoticed."
        },
        footerHeading = "%nExample:%n",
        footer = "  tonle log cheat-demo")
final class LogCheatDemoCommand implements Command {
    @Mixin
    private Output output;

    @Override
    public ExitCode run(Console console) throws IOException {
        Cheats cheats = new Cheats(console.clock(), new SecureRandom());
        Output.Shape shape = output.shape(console);
        boolean isJson = shape == Output.Shape.JSON || shape == Output.Shape.NDJSON;
        if (!cheats.isHonestLogProven()) {
            throw new CommandFailure(ExitCode.PROOF_FAILED, "the log that nobody cheated with does not hold");
        }
        int caughtCount = 0;
        for (Cheat cheat : Cheat.values()) {
            Optional<Cheats.Caught> caught = cheats.carryOut(cheat);
            caughtCount += caught.isPresent() ? 1 : 0;
            if (isJson) {
                json(console, cheat, caught);
            } else {
                say(console, cheat, caught);
            }
        }
        if (!isJson) {
            LogCommand.say(console, "cheat.result", caughtCount, Cheat.values().length);
        }
        return caughtCount == Cheat.values().length ? ExitCode.DONE : ExitCode.PROOF_FAILED;
    }

    private static void say(Console console, Cheat cheat, Optional<Cheats.Caught> caught) {
        console.out().println(cheat.word());
        for (Language language : Language.values()) {
            Messages words = Messages.in(language);
            console.out().println("  " + words.text("cheat." + cheat));
            console.out()
                    .println("  "
                            + caught.map(by -> words.text(
                                            "cheat.caught",
                                            words.text("cheat-catcher." + by.catcher()),
                                            LogCommand.words(language, by.fault())))
                                    .orElseGet(() -> words.text("cheat.unnoticed")));
        }
    }

    private static void json(Console console, Cheat cheat, Optional<Cheats.Caught> caught) {
        Json json = new Json(console.out(), false)
                .beginObject()
                .member("cheat", cheat.word())
                .member("caught", caught.isPresent());
        caught.ifPresent(by -> {
            json.member("by", EnumWord.of(by.catcher()));
            json.member("step", by.step().map(EnumWord::of).orElse(""));
            json.member("fault", by.fault().name());
            json.member("evidence", by.isEvidence());
        });
        json.endObject().endLine();
    }
}
