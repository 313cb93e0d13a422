// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tonle.tlog.LogFault;
import tonle.tlog.Outcome;
import tonle.tlog.note.Checkpoint;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignedNote;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.note.VerifierKey;

/**
 * Which logs are known, and which witnesses are enough (C2SP tlog-policy). Read from its file by {@link #parse}.
 *
 * @param logs by origin
 * @param witnesses by the name they have in the policy: its octets, each one character, as names mean nothing else
 * @param addresses where a witness is asked, its submission prefix, by the same name; not every witness has one
 * @param groups by name
 * @param quorum the name of a witness or group, or {@code none}
 */
public record TrustPolicy(
        Map<String, LogIdentity> logs,
        Map<String, VerifierKey> witnesses,
        Map<String, String> addresses,
        Map<String, Group> groups,
        String quorum) {
    public static final int OCTETS_MAX = 1_000_000;

    /** Logs, witnesses and groups, each. C2SP asks for 32. */
    public static final int EACH_MAX = 256;

    /** The quorum of a log that nobody witnesses. */
    public static final String NONE = "none";

    public TrustPolicy {
        logs = Map.copyOf(logs);
        witnesses = Map.copyOf(witnesses);
        addresses = Map.copyOf(addresses);
        groups = Map.copyOf(groups);
    }

    /** Some of whose members are enough. */
    public record Group(int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    public static Outcome<TrustPolicy> parse(byte[] octets) {
        return new PolicyText(octets).read();
    }

    /** The same logs for a reader who asks no witness. */
    public TrustPolicy unwitnessed() {
        return new TrustPolicy(logs, witnesses, addresses, groups, NONE);
    }

    /** Whether the witnesses, by their names here, are a quorum. */
    public boolean isQuorum(Set<String> cosigned) {
        return quorum.equals(NONE) || witnessed(quorum, cosigned);
    }

    /** Members come before their groups in the file, so this ends. */
    private boolean witnessed(String name, Set<String> cosigned) {
        Group group = groups.get(name);
        if (group == null) {
            return cosigned.contains(name);
        }
        return group.members.stream()
                        .filter(member -> witnessed(member, cosigned))
                        .count()
                >= group.threshold;
    }

    /**
     * Opens a checkpoint: signed by one of the logs, cosigned by a quorum.
     *
     * @param latestUnixSeconds cosignatures dated later are refused; those without a time do not count
     */
    public Outcome<TrustedCheckpoint> accept(SignedNote note, long latestUnixSeconds) {
        return Checkpoint.parse(note.text()).then(checkpoint -> {
            LogIdentity log = logs.get(checkpoint.origin());
            return log == null
                    ? Outcome.refused(LogFault.ORIGIN_UNEXPECTED, 0)
                    : TrustedCheckpoint.open(note, log, witnesses.values())
                            .then(trusted -> enough(trusted, latestUnixSeconds));
        });
    }

    private Outcome<TrustedCheckpoint> enough(TrustedCheckpoint trusted, long latestUnixSeconds) {
        List<SignedNote.Verified> timed = new ArrayList<>();
        for (SignedNote.Verified cosigned : trusted.ofWitnesses()) {
            long unixSeconds = cosigned.unixSeconds().orElse(0);
            if (unixSeconds > latestUnixSeconds) {
                return Outcome.refused(LogFault.COSIGNATURE_FROM_THE_FUTURE, lineOf(trusted, cosigned.key()));
            }
            if (unixSeconds > 0) {
                timed.add(cosigned);
            }
        }
        Set<String> names = witnesses.entrySet().stream()
                .filter(witness -> timed.stream().anyMatch(one -> one.key().equals(witness.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return isQuorum(names)
                ? Outcome.good(trusted)
                : Outcome.refused(
                        LogFault.QUORUM_MISSED, trusted.note().signatures().size());
    }

    private static long lineOf(TrustedCheckpoint trusted, VerifierKey key) {
        List<Boolean> named =
                trusted.note().signatures().stream().map(key::isNamedBy).toList();
        return named.indexOf(true);
    }
}
