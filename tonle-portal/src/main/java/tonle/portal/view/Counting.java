// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tonle.traffic.store.Dimension;
import tonle.traffic.store.Filter;
import tonle.traffic.topology.LinkKind;
import tonle.traffic.topology.Topology;

/**
 * On which links traffic is added up. What comes in from abroad and goes out to a member crosses two links or more, and
 * is booked on each; a sum over all of them would hold it twice. So a sum is taken on one side of the gateway, which
 * each octet crosses once in its direction.
 *
 * <p>Where the question does not say ({@code count=}), its own words decide: links that are named or told apart each
 * stand for themselves; else a member in the question means the members' links, a remote AS or country the
 * international links, a site all links but the backbone, and anything else the members' links.
 */
enum Counting {
    /** Exchange ports and private interconnects: in is what members send, out what they receive. */
    MEMBERS("members", List.of(LinkKind.EXCHANGE_PORT, LinkKind.PRIVATE_INTERCONNECT)),
    /** Circuits that leave the country. */
    BORDER("border", List.of(LinkKind.INTERNATIONAL)),
    /** All links but the backbone: each octet comes in over one of them and goes out over one. */
    EDGE("edge", List.of(LinkKind.EXCHANGE_PORT, LinkKind.PRIVATE_INTERCONNECT, LinkKind.INTERNATIONAL)),
    /** Links that the question names or tells apart, each by itself. */
    NAMED_LINKS("named-links", List.of()),
    /** No rule at all. */
    EVERY_LINK("every-link", List.of());

    /** What may be asked for; the rest follows from the question. */
    static final List<String> KEYS = List.of(MEMBERS.key, BORDER.key, EDGE.key, EVERY_LINK.key);

    private final String key;
    private final List<LinkKind> kinds;

    Counting(String key, List<LinkKind> kinds) {
        this.key = key;
        this.kinds = kinds;
    }

    /** The word in addresses and in {@code meta}. */
    String key() {
        return key;
    }

    /** Whether sums may hold an octet as often as it crosses links of the question. */
    boolean repeats() {
        return kinds.isEmpty();
    }

    static Counting of(String asked, List<Dimension> by, List<Filter> where, Topology topology) {
        Optional<Counting> said =
                Arrays.stream(values()).filter(c -> c.key.equals(asked)).findFirst();
        if (said.isPresent()) {
            return said.get();
        }
        // "link != X" leaves all other links: it chooses no side.
        if (by.stream().anyMatch(Counting::isOfLinks)
                || where.stream().anyMatch(f -> isOfLinks(f.dimension()) && !f.negated())) {
            return NAMED_LINKS;
        }
        Counting wished = MEMBERS;
        if (!names(by, where, Dimension.MEMBER)) {
            boolean remote = names(by, where, Dimension.REMOTE_AS) || names(by, where, Dimension.COUNTRY);
            wished = remote ? BORDER : names(by, where, Dimension.SITE) ? EDGE : MEMBERS;
        }
        return wished.isIn(topology) ? wished : EDGE.isIn(topology) ? EDGE : EVERY_LINK;
    }

    /** The condition that leaves these links only; empty where all count. */
    Optional<Filter> filter() {
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Filter(
                        Dimension.LINK_KIND,
                        false,
                        kinds.stream().map(LinkKind::key).toList()));
    }

    /** A gateway without links of that side is counted at the others. */
    private boolean isIn(Topology topology) {
        return topology.links().stream().anyMatch(l -> kinds.contains(l.kind()));
    }

    private static boolean isOfLinks(Dimension dimension) {
        return dimension == Dimension.LINK || dimension == Dimension.LINK_KIND;
    }

    private static boolean names(List<Dimension> by, List<Filter> where, Dimension dimension) {
        return by.contains(dimension) || where.stream().anyMatch(f -> f.dimension() == dimension);
    }
}
