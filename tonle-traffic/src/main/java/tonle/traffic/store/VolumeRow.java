// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import tonle.traffic.Direction;
import tonle.traffic.ProtocolClass;

/**
 * The smallest row of traffic that exists anywhere: ten flows or more (or a merged rest), scaled by the sampling rate.
 *
 * @param binSeconds start of the five-minute bin, seconds since 1970
 * @param link link id, or {@code none}
 * @param member member id, {@code none} or {@code other}
 * @param remoteAsn AS number; 0 unknown; -1 for merged small groups
 * @param ipVersion 4, 6 or 0
 * @param octets scaled octets, at least 0
 * @param packets scaled packets, at least 0
 * @param flows decoded records that touch this bin
 * @param octetsVariance variance of {@code octets} from packet sampling, in octets squared: ± is 1.96 times its root
 * @param unscaledOctets of {@code octets}: what was booked as received for want of any sampling rate
 * @param kind how the row came to be
 */
public record VolumeRow(
        long binSeconds,
        String link,
        Direction direction,
        String member,
        long remoteAsn,
        int ipVersion,
        ProtocolClass protocol,
        long octets,
        long packets,
        long flows,
        double octetsVariance,
        long unscaledOctets,
        RowKind kind) {
    public static final long OTHER_ASN = -1;
}
