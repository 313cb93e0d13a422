// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/** How far an account looks for the template that a data set needs. */
public enum TemplateReach {
    /** What the same session defined before: the account's contract, and what a collector without memory would read. */
    SO_FAR("so-far"),
    /** What the same session defines anywhere in the captures: where data came first they are read a second time. */
    WHOLE_CAPTURE("whole-capture"),
    /**
     * As {@link #WHOLE_CAPTURE}, and what another source port of the same address and domain defined, which RFC 7011
     * section 8 keeps apart: some routers send their templates from a port of their own.
     */
    ANY_PORT("any-port");

    private final String key;

    TemplateReach(String key) {
        this.key = key;
    }

    /** The word on the command line. */
    public String key() {
        return key;
    }
}
