// SPDX-License-Identifier: Apache-2.0
package tonle.registry.bringup;

/**
 * Something that can answer checks: the book of the registry, the metering, later the routing. A port: the gateway
 * fills it.
 */
public interface CheckSource {
    /** The verdict on one check of one link; {@link Verdict.NoSource} where this source does not know the check. */
    Verdict verdict(Check check, String linkId);
}
