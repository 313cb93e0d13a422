// SPDX-License-Identifier: Apache-2.0
/** What is common to all codecs: {@link tonle.wire.Fault}, the one vocabulary for octets that break their format. */
package tonle.wire;
