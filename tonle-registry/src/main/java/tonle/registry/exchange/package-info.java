// SPDX-License-Identifier: Apache-2.0
/**
 * Foreign files about who is connected where. In come octets that somebody else wrote: IX-F member exports (versions
 * 0.6, 0.7 and 1.0), PeeringDB objects, RIR delegated statistics and Open Fibre Data Standard networks. Out go records
 * that hold what Tonle takes over, or a list of findings that says where the file is wrong, what the limit is and what
 * to do; and the same records go out as files again. Nothing here touches the registry: what is read becomes a proposed
 * change that somebody confirms. Telephone numbers and personal mailboxes are left out, and said to be.
 */
package tonle.registry.exchange;
