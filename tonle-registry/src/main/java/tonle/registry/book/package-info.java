// SPDX-License-Identifier: Apache-2.0
/**
 * The book: sites, facilities, devices, interfaces, links, operators and licences, each a history of versions that hold
 * for days. Texts of fields come in and are checked and made canonical; entries as they were on any day go out. Nothing
 * is overwritten: a correction is a later version for the same days. Names after Unicode UTS 39, mailboxes after RFC
 * 2142, numbers and prefixes after RFC 5396 and RFC 4632.
 */
package tonle.registry.book;
