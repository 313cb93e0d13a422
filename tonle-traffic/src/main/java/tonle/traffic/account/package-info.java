// SPDX-License-Identifier: Apache-2.0
/**
 * Offline accounting: capture files come in, exact totals and tables go out ({@code tonle account}). Rates and
 * templates learnt anywhere in the captures apply to all of them: sums wait for their rate until the end, and where
 * data came before its template the files are read twice. Its rules are the account's own (docs/DATA.md), stated once
 * for tools of all makers to be compared by; live metering follows RFC 7011 and RFC 3954 as exporters use them, in
 * {@code tonle.traffic.meter}.
 */
package tonle.traffic.account;
