// SPDX-License-Identifier: Apache-2.0
/**
 * The public log as a service: what becomes public is entered here, in one order, once, and can never be taken back.
 * The mathematics and formats are those of {@code tonle.tlog}; this room adds files, keys, the one writer, the kinds of
 * entries and the reading side that trusts nothing.
 */
package tonle.notary;
