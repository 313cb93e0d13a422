// SPDX-License-Identifier: Apache-2.0
/**
 * Who may do what: a right is a verb on an object, a role is a named set of rights, an actor is whoever asks. In comes
 * an actor and the right that an act needs; out goes a permission, or the words who could grant what is missing. Acts
 * that are dangerous in one pair of hands wait for a second person here and again in the database. The table of roles
 * in docs/RIGHTS.md is made from {@link tonle.registry.rights.Role}.
 */
package tonle.registry.rights;
