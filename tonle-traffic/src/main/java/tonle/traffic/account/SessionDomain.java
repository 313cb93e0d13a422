// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/**
 * What all sessions of one exporter's address and domain share, whatever port they come from: rates, the time at which
 * the exporter started, and templates to fall back on.
 */
final class SessionDomain {
    final RateBook rates = new RateBook();
    /** The newest definition of each id from any port. */
    final TemplateTable templates = new TemplateTable();
    /**
     * When the exporter started, in milliseconds since 1970, as its options say (element 160), or -1: IPFIX times in
     * uptime, elements 22 and 21, count from here.
     */
    long initMillis = -1;
    /** The first such time of all, which holds for what came before it too; -1 for none. */
    long firstInitMillis = -1;
    /** Records with such times have gone by before it was known. */
    boolean hasMissedInit;

    /** @return whether records that needed this have gone by already */
    boolean learnInit(long millis) {
        initMillis = millis;
        boolean isFirst = firstInitMillis < 0;
        firstInitMillis = isFirst ? millis : firstInitMillis;
        return isFirst && hasMissedInit;
    }
}
