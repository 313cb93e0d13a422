// SPDX-License-Identifier: Apache-2.0
/**
 * The database of tests: one embedded server for each JVM, its programs unpacked once for the whole build, and a
 * fresh database for each test class, copied from one that was migrated. Test side only.
 */
package tonle.testdatabase;
