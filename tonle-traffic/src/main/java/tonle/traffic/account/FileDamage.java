// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.nio.file.Path;
import tonle.wire.Fault;

/**
 * A capture file could not be read past some place, or not at all.
 *
 * @param offsetOctets from the start of the unpacked file
 * @param isUnreadable nothing at all came out of the file
 */
public record FileDamage(Path file, Fault fault, long offsetOctets, boolean isUnreadable) {}
