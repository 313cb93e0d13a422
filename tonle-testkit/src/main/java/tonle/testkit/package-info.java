// SPDX-License-Identifier: Apache-2.0
/** For tests of every room: where real captures lie, seeded generators, a clock that a test moves. */
package tonle.testkit;
