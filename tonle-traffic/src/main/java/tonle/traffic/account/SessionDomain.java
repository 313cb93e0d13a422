// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

/** What all sessions of one exporter's address and domain share, whatever port they come from: rates, and templates to fall back on. */
final class SessionDomain {
    final RateBook rates = new RateBook();
    /** The newest definition of each id from any port. */
    final TemplateTable templates = new TemplateTable();
}
