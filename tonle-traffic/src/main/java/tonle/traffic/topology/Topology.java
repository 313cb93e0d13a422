// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.util.List;

/**
 * Who is connected where: an immutable snapshot, swapped whole on reload. {@link OriginTable} beside it turns networks
 * into origin AS numbers and these into countries.
 *
 * @param version grows with each snapshot, so that a bin can say which one judged it
 */
public record Topology(
        long version,
        String gatewayName,
        List<Site> sites,
        List<Member> members,
        List<Link> links,
        List<Exporter> exporters) {
    public Topology {
        sites = List.copyOf(sites);
        members = List.copyOf(members);
        links = List.copyOf(links);
        exporters = List.copyOf(exporters);
    }
}
