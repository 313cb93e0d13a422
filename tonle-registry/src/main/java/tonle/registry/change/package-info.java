// SPDX-License-Identifier: Apache-2.0
/**
 * How the book changes: somebody proposes, the difference is shown, somebody confirms or refuses with a reason. Nothing
 * changes silently and nothing is lost: two who edit one record are told at the field. A proposal comes in; versions of
 * the book, steps of the change and audit events go out, all in one transaction.
 */
package tonle.registry.change;
