// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/** A table of an account has more groups than memory may be given to: the question has to be coarser. */
public final class TooManyGroups extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int groupCount;

    TooManyGroups(int groupCount) {
        super("more than " + groupCount + " groups in one table");
        this.groupCount = groupCount;
    }

    public int groupCount() {
        return groupCount;
    }
}
