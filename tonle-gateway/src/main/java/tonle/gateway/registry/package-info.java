// SPDX-License-Identifier: Apache-2.0
/**
 * Between the book of the registry and the metering. In comes what the configuration file says of operators, sites,
 * exporters and links, and the book as it is today; out goes the {@code Topology} that meters, and the changes that
 * keep the book equal to the file for as long as no person has changed it.
 */
package tonle.gateway.registry;
