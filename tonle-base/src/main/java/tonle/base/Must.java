// SPDX-License-Identifier: Apache-2.0
package tonle.base;

/** What must hold in our own code. A failure is a defect of Tonle, never of its input; checks stay on in production. */
public final class Must {
    private Must() {}

    public static void hold(boolean condition, String claim) {
        if (!condition) {
            throw new IllegalStateException("this must hold and does not: " + claim);
        }
    }
}
