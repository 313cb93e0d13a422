// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import tonle.registry.people.OneTimeLinks;

/** The door: signing in by passkey, and a one-time link that registers one. */
public final class SignInPage {
    private SignInPage() {}

    /** @param next where to go when signed in: an address of this portal */
    public record Body(String next) {}

    /** What a one-time link's page shows. */
    public record LinkBody(
            String secret,
            String name,
            boolean isFirst,
            boolean isRecovery,
            String until,
            byte[] handle,
            boolean isDemonstration) {}

    static Page page(Visit visit) {
        visit.knows("next");
        visit.people();
        String next = visit.ask().get("next").filter(SignInPage::isOwn).orElse("/");
        return Page.of("sign-in", visit.say("page.sign-in"), visit.say("signin.sentence"), List.of(), new Body(next));
    }

    /** An address of this portal and of nobody else: {@code //host} and {@code /\host} lead away. */
    public static boolean isOwn(String next) {
        return next.matches("/([^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*)?");
    }

    static Page link(Visit visit, String secret) {
        visit.knows();
        OneTimeLinks.Link link = visit.done(visit.people().links().look(secret));
        byte[] handle = visit.done(visit.people().door().handleOfLink(secret));
        boolean isRecovery = link.kind() == OneTimeLinks.Kind.RECOVERY;
        LinkBody body = new LinkBody(
                secret,
                link.account().name(),
                link.kind() == OneTimeLinks.Kind.FIRST,
                isRecovery,
                visit.time(link.expiresAt().getEpochSecond()),
                handle,
                visit.people().door().isDemonstration());
        return Page.of(
                "link-in",
                visit.say("page.link-in"),
                visit.say(isRecovery ? "link.sentence.recovery" : "link.sentence", body.name(), body.until()),
                List.of(),
                body);
    }
}
