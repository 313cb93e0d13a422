// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tonle.base.power.Clock;
import tonle.notary.check.ActsSearch;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.registry.audit.ActsInLog;
import tonle.registry.audit.AuditDigest;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.proof.TrustPolicy;

/**
 * The acts that the log holds, read from its published files and proven under the keys of the log. Witnesses are not
 * asked for here: whether the log shows everybody one history is the question of another page.
 */
public final class ActsOfLog implements ActsInLog {
    private final LogSource source;
    private final Clock clock;

    public ActsOfLog(LogSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public List<Entered> touching(long first, long last) throws IOException {
        LogCheck check = new LogCheck(source, policy(), clock.unixMillis() / 1_000);
        TrustedCheckpoint head = proven(check.head());
        List<Entered> entered = new ArrayList<>();
        for (ActsSearch.Found found : proven(new ActsSearch(source, check, head).touching(first, last))) {
            entered.add(new Entered(
                    found.entry(),
                    new AuditDigest(
                            found.acts().commitment().hex(),
                            found.acts().first(),
                            found.acts().last(),
                            found.acts().act())));
        }
        return entered;
    }

    private TrustPolicy policy() throws IOException {
        byte[] octets = source.read("policy").orElseThrow(() -> new IOException(source.place() + " shows no keys"));
        return switch (TrustPolicy.parse(octets)) {
            case Outcome.Good<TrustPolicy>(TrustPolicy all) -> all.unwitnessed();
            case Outcome.Refused<TrustPolicy>(LogFault fault, long position) ->
                throw new IOException(source.place() + "/policy: " + fault + " at " + position);
        };
    }

    private <T> T proven(LogCheck.Result<T> result) throws IOException {
        return switch (result) {
            case LogCheck.Result.Holds<T>(T proven) -> proven;
            case LogCheck.Result.Fails<T> fails ->
                throw new IOException(
                        source.place() + ": " + fails.step() + " " + fails.fault() + " at " + fails.position());
        };
    }
}
