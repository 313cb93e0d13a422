// SPDX-License-Identifier: Apache-2.0
/** The rules of the house, held by tests: they read the tree as it stands, sources by the JDK's own parser. */
package tonle.house;
