// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

/**
 * Where an entry stands.
 *
 * @param wasThere whether the same octets had been entered before: they are in the log once
 */
public record Placed(long index, boolean wasThere) {}
