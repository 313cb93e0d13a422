// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

/** A device that a demand passes through, from one interface to another. */
record Hop(String exporter, int ingressInterface, int egressInterface) {}
