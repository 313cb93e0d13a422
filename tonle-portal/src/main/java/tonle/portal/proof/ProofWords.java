// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tonle.portal.asset.PackedFile;
import tonle.portal.words.Language;
import tonle.portal.words.Messages;

/**
 * What the page <em>Check the proof</em> shows, on a gateway or alone in a file: its words, its samples, its script.
 *
 * @param language the language of the page; a verdict is told in both
 * @param isAlone whether the page stands in a file, where no log is near
 * @param entry the number that stands in the field at first, or empty
 */
public record ProofWords(Language language, ProofSamples samples, boolean isAlone, String entry) {
    private static final String SCRIPTED = "proof-word.";
    private static final String FAULT = "log-fault.";

    /** A sentence that the script may need. */
    public record Word(String language, String key, String text) {}

    public String say(String key) {
        return Messages.in(language).text(key);
    }

    public List<ProofSamples.Kind> kinds() {
        return Arrays.asList(ProofSamples.Kind.values());
    }

    public String proof(ProofSamples.Kind kind) {
        return new String(samples.proofs().get(kind).octets(), UTF_8);
    }

    public String digest() {
        return ProofScript.sha256();
    }

    /** Every sentence that the script may say, in both languages. */
    public List<Word> words() {
        List<Word> words = new ArrayList<>();
        for (Language each : Language.values()) {
            Messages messages = Messages.in(each);
            messages.keys().stream().sorted().forEach(key -> {
                if (key.startsWith(SCRIPTED)) {
                    words.add(new Word(each.tag(), key.substring(SCRIPTED.length()), messages.text(key)));
                } else if (key.startsWith(FAULT)) {
                    words.add(new Word(each.tag(), "fault." + key.substring(FAULT.length()), messages.text(key)));
                }
            });
        }
        return words;
    }

    // ---- the page that stands alone: script and style are in it, and its policy lets nothing else in or out

    public String script() {
        return new String(ProofScript.octets(), UTF_8);
    }

    /** Without its fonts, which are files beside it: the machine's own serve. */
    public String style() {
        return new String(PackedFile.octets("tonle.css"), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("@font-face"))
                .collect(Collectors.joining("\n"));
    }

    public String contentPolicy() {
        return "default-src 'none'; script-src " + ProofScript.policyHash(ProofScript.octets()) + "; style-src "
                + ProofScript.policyHash(style().getBytes(UTF_8));
    }
}
