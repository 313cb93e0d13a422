// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tonle.base.power.Clock;
import tonle.portal.proof.ProofSamples;
import tonle.portal.proof.ProofWords;

/** Check the proof: does an entry stand in a public log? The browser finds out; the gateway sends the page alone. */
final class ProofPage {
    /** Samples are drawn once a process: their keys are worth nothing. */
    private static final AtomicReference<ProofSamples> SAMPLES = new AtomicReference<>();

    private ProofPage() {}

    static Page page(Visit visit) {
        visit.knows("entry");
        String entry = visit.ask()
                .get("entry")
                .filter(text -> text.matches("[0-9]{1,15}"))
                .orElse("");
        ProofWords body =
                new ProofWords(visit.language(), samples(visit.services().clock()), false, entry);
        return Page.of("log", visit.say("page.verify"), visit.say("proof.sentence"), List.of(), body)
                .drawnBy("proof")
                .asCommand("tonle log verify FILE --policy TRUSTED");
    }

    private static ProofSamples samples(Clock clock) {
        ProofSamples made = SAMPLES.get();
        if (made == null) {
            SAMPLES.compareAndSet(null, ProofSamples.make(clock, new SecureRandom()));
            made = SAMPLES.get();
        }
        return made;
    }
}
