// SPDX-License-Identifier: Apache-2.0
/**
 * Licences as data. A regime is a pack, a file with its types, conditions and duties and the sources of each; licences
 * of operators are entries of the book that name a regime and a type. A new law is a new pack and a migration, never
 * new code. Suspension and revocation are records of what an authority decided: no machine reads them as a command, and
 * nothing here reaches a port, a link or a route.
 */
package tonle.registry.licence;
