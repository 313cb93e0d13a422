// SPDX-License-Identifier: Apache-2.0
package tonle.notary.witness;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.proof.TrustPolicy;

/**
 * A witness that a policy names with its address. One that has a key of each type has two lines there, each with the
 * same address: it is asked once.
 *
 * @param name of its first key
 * @param prefix its submission prefix, with a slash at its end
 * @param keys by the names that the policy gives them
 */
public record KnownWitness(String name, URI prefix, Map<String, VerifierKey> keys) {
    public KnownWitness {
        keys = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** The witnesses of a policy that have an address, in the order of their addresses. */
    public static List<KnownWitness> of(TrustPolicy policy) {
        Map<String, Map<String, VerifierKey>> byAddress = new TreeMap<>();
        policy.addresses()
                .forEach((name, address) -> byAddress
                        .computeIfAbsent(address.endsWith("/") ? address : address + "/", _ -> new TreeMap<>())
                        .put(name, policy.witnesses().get(name)));
        List<KnownWitness> witnesses = new ArrayList<>();
        byAddress.forEach((address, keys) -> {
            String name = keys.values().iterator().next().name();
            witnesses.add(new KnownWitness(name, URI.create(address), keys));
        });
        return witnesses;
    }

    /** Addresses of a policy that cannot be asked: {@code http} and {@code https} with a host can. */
    public static Set<String> wrongAddresses(TrustPolicy policy) {
        return policy.addresses().values().stream()
                .filter(address -> !isAskable(address))
                .collect(Collectors.toSet());
    }

    private static boolean isAskable(String address) {
        try {
            URI uri = new URI(address);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isWeb && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
