// SPDX-License-Identifier: Apache-2.0
/**
 * The public log of a running gateway: enters what the audit holds, what program and configuration are at work, and
 * that the gateway runs; keeps witnesses asked; tells pages and commands how all of this is.
 */
package tonle.gateway.log;
