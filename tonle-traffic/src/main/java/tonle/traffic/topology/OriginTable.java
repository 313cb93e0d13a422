// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

/** Which AS originates a network and in which country that AS is registered; filled from a file, later from the RIB. */
public interface OriginTable {
    /** The origin AS of the longest prefix that covers a {@link tonle.base.Network}; 0 where none does. */
    long originAsn(long network);

    /** ISO 3166-1 alpha-2 of the AS by RIR statistics; {@code ZZ} where unknown. */
    String country(long asn);

    /** The holder's name where known, else empty: names of companies and bodies, not of people. */
    String name(long asn);

    /** Prefixes held. */
    int prefixCount();
}
