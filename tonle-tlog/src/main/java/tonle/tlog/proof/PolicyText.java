// SPDX-License-Identifier: Apache-2.0
package tonle.tlog.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tonle.tlog.Lines;
import tonle.tlog.LogFault;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.SignatureType;
import tonle.tlog.note.VerifierKey;

/**
 * Reads a policy file line by line. Names are octets without meaning to it (C2SP tlog-policy, Character set), so it
 * reads ISO 8859-1 and turns the texts of keys alone into UTF-8. Not thread-safe.
 */
final class PolicyText {
    private final byte[] octets;
    private final Map<String, LogIdentity> logs = new LinkedHashMap<>();
    private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, TrustPolicy.Group> groups = new LinkedHashMap<>();
    private final Set<Octets> logKeys = new HashSet<>();
    private final Set<Octets> witnessKeys = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private String quorum;

    PolicyText(byte[] octets) {
        this.octets = octets;
    }

    Outcome<TrustPolicy> read() {
        if (octets.length > TrustPolicy.OCTETS_MAX) {
            return Outcome.refused(LogFault.TEXT_TOO_LARGE, TrustPolicy.OCTETS_MAX);
        }
        for (int i = 0; i < octets.length; i++) {
            boolean isControl = octets[i] >= 0 && octets[i] < ' ' || octets[i] == 0x7F;
            if (isControl && octets[i] != '\t' && octets[i] != '\n') {
                return Outcome.refused(LogFault.TEXT_CONTROL_CHARACTER, i);
            }
        }
        int start = 0;
        while (start < octets.length) {
            int end = start;
            while (end < octets.length && octets[end] != '\n') {
                end++;
            }
            if (end == octets.length) {
                return Outcome.refused(LogFault.TEXT_UNFINISHED, end);
            }
            Optional<LogFault> fault = line(new String(octets, start, end - start, ISO_8859_1));
            if (fault.isPresent()) {
                return Outcome.refused(fault.get(), start);
            }
            start = end + 1;
        }
        return quorum == null
                ? Outcome.refused(LogFault.POLICY_QUORUM_INVALID, octets.length)
                : Outcome.good(new TrustPolicy(logs, witnesses, addresses, groups, quorum));
    }

    private Optional<LogFault> line(String line) {
        String bare = line.replace('\t', ' ').strip();
        if (bare.isEmpty() || bare.startsWith("#")) {
            return Optional.empty();
        }
        List<String> words = List.of(bare.split(" +"));
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "log" -> log(rest);
            case "witness" -> witness(rest);
            case "group" -> group(rest);
            case "quorum" -> quorum(rest);
            default -> Optional.of(LogFault.LINE_MALFORMED);
        };
    }

    private Optional<LogFault> log(List<String> words) {
        if (words.isEmpty() || words.size() > 2) {
            return Optional.of(LogFault.LINE_MALFORMED);
        }
        return switch (key(words.getFirst())) {
            case Outcome.Refused<VerifierKey>(LogFault fault, long _) -> Optional.of(fault);
            case Outcome.Good<VerifierKey>(VerifierKey key) -> {
                if (!logKeys.add(key.key())) {
                    yield Optional.of(LogFault.POLICY_KEY_REPEATED);
                }
                if (logKeys.size() > TrustPolicy.EACH_MAX) {
                    yield Optional.of(LogFault.POLICY_TOO_LARGE);
                }
                // One log may have a key of each type: they share its origin.
                LogIdentity before = logs.get(key.name());
                List<VerifierKey> keys = new ArrayList<>(before == null ? List.of() : before.keys());
                keys.add(key);
                logs.put(key.name(), new LogIdentity(key.name(), keys));
                yield Optional.empty();
            }
        };
    }

    private Optional<LogFault> witness(List<String> words) {
        if (words.size() < 2 || words.size() > 3) {
            return Optional.of(LogFault.LINE_MALFORMED);
        }
        Optional<LogFault> fault = define(words.getFirst());
        if (fault.isPresent()) {
            return fault;
        }
        return switch (key(words.get(1))) {
            case Outcome.Refused<VerifierKey>(LogFault refused, long _) -> Optional.of(refused);
            case Outcome.Good<VerifierKey>(VerifierKey key) -> {
                if (key.type() == SignatureType.ED25519) {
                    yield Optional.of(LogFault.KEY_TYPE_UNSUPPORTED);
                }
                if (!witnessKeys.add(key.key())) {
                    yield Optional.of(LogFault.POLICY_KEY_REPEATED);
                }
                witnesses.put(words.getFirst(), key);
                if (words.size() == 3) {
                    addresses.put(words.getFirst(), words.getLast());
                }
                yield witnesses.size() > TrustPolicy.EACH_MAX
                        ? Optional.of(LogFault.POLICY_TOO_LARGE)
                        : Optional.empty();
            }
        };
    }

    private Optional<LogFault> group(List<String> words) {
        if (words.size() < 3) {
            return Optional.of(LogFault.LINE_MALFORMED);
        }
        Optional<LogFault> fault = define(words.getFirst());
        if (fault.isPresent()) {
            return fault;
        }
        List<String> names = words.subList(2, words.size());
        for (String name : names) {
            if (!isDefined(name)) {
                return Optional.of(LogFault.POLICY_NAME_UNKNOWN);
            }
            if (!members.add(name)) {
                return Optional.of(LogFault.POLICY_MEMBER_REPEATED);
            }
        }
        long threshold = switch (words.get(1)) {
            case "any" -> 1;
            case "all" -> names.size();
            default -> Lines.number(words.get(1)) instanceof Outcome.Good<Long>(Long number) ? number : 0;
        };
        if (threshold < 1 || threshold > names.size()) {
            return Optional.of(LogFault.POLICY_THRESHOLD_INVALID);
        }
        groups.put(words.getFirst(), new TrustPolicy.Group((int) threshold, names));
        return groups.size() > TrustPolicy.EACH_MAX ? Optional.of(LogFault.POLICY_TOO_LARGE) : Optional.empty();
    }

    private Optional<LogFault> quorum(List<String> words) {
        if (words.size() != 1 || quorum != null) {
            return Optional.of(LogFault.POLICY_QUORUM_INVALID);
        }
        quorum = words.getFirst();
        return quorum.equals(TrustPolicy.NONE) || isDefined(quorum)
                ? Optional.empty()
                : Optional.of(LogFault.POLICY_NAME_UNKNOWN);
    }

    private Optional<LogFault> define(String name) {
        return name.equals(TrustPolicy.NONE) || isDefined(name)
                ? Optional.of(LogFault.POLICY_NAME_REPEATED)
                : Optional.empty();
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || groups.containsKey(name);
    }

    private static Outcome<VerifierKey> key(String word) {
        return VerifierKey.parse(new String(word.getBytes(ISO_8859_1), UTF_8));
    }
}
