// SPDX-License-Identifier: Apache-2.0
/**
 * The demonstration country: who is connected there ({@link tonle.gateway.demo.DemoCountry}), what flows
 * ({@link tonle.gateway.demo.TrafficModel}), devices that export it as real datagrams over the loopback network
 * ({@link tonle.gateway.demo.DemoExporters}) and a past that is filled in and marked so
 * ({@link tonle.gateway.demo.DemoBackfill}). Nothing comes in but a seed and the time; a running gateway cannot tell
 * the datagrams from those of real devices. All names are invented; numbers are those reserved for documentation (RFC
 * 5398, RFC 5737, RFC 3849) and for benchmarks (RFC 2544).
 */
package tonle.gateway.demo;
