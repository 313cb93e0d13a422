// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

/** One thing that is wrong with a configuration, said so that its author can mend it. */
public record Problem(Spot spot, String message) {
    public String text() {
        return spot.text() + ": " + message;
    }
}
