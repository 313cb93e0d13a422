// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.security.SecureRandom;
import tonle.base.power.Clock;
import tonle.portal.words.Language;

/** The page <em>Check the proof</em> as one file: script, style and words in it, nothing fetched, nothing let out. */
public final class ProofAlone {
    private ProofAlone() {}

    /** @param clock dates the samples */
    public static String html(Language language, Clock clock) {
        TemplateEngine templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, ProofAlone.class.getClassLoader(), "tonle.portal.jte");
        StringOutput output = new StringOutput(65_536);
        ProofWords body = new ProofWords(language, ProofSamples.make(clock, new SecureRandom()), true, "");
        templates.render("proofalone.jte", body, output);
        return output.toString();
    }
}
