// SPDX-License-Identifier: Apache-2.0
package tonle.registry.exchange;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tonle.base.Prefix;

/**
 * The number resources that one country holds, from a delegated statistics file of a regional registry.
 *
 * @param registry who wrote the file, such as {@code apnic}
 * @param serial the file's own number
 * @param lastDay the last day that the file covers
 * @param country two capital letters (ISO 3166)
 * @param asns ranges of AS numbers, ascending
 * @param prefixes IPv4 before IPv6, ascending; an IPv4 range that is no power of two stands as several
 * @param recordsRead all records of the file, of every country
 */
public record DelegatedResources(
        String registry,
        String serial,
        Optional<LocalDate> lastDay,
        String country,
        List<AsnRange> asns,
        List<Prefix> prefixes,
        long recordsRead) {

    /** AS numbers from {@code first} to {@code last}, both included. */
    public record AsnRange(long first, long last) {
        boolean holds(long asn) {
            return first <= asn && asn <= last;
        }
    }

    /** Whether the country holds an AS number. */
    public boolean holdsAsn(long asn) {
        return asns.stream().anyMatch(range -> range.holds(asn));
    }

    /** Whether a prefix lies inside what the country holds. */
    public boolean holds(Prefix prefix) {
        return prefixes.stream().anyMatch(held -> held.covers(prefix));
    }
}
