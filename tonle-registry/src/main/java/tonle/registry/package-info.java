// SPDX-License-Identifier: Apache-2.0
/**
 * The registry: who is connected, where, under which licence, and who may do what. Each feature is a package inside
 * that keeps its records, rules, SQL and migrations together; all of them speak to the database through {@code
 * tonle.database.Work}.
 */
package tonle.registry;
