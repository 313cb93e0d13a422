// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

/** How long each step of detail is kept, in days; what is older lives on in the next coarser step. */
public record Retention(int binDays, int hourDays, int dayDays) {
    public static final Retention DEFAULT = new Retention(92, 400, 1_830);

    public Retention {
        if (binDays < 1 || hourDays < binDays || dayDays < hourDays) {
            throw new IllegalArgumentException("retention must grow: 1 <= bin <= hour <= day days");
        }
    }
}
