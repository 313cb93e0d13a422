// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import tonle.traffic.Direction;

/** Where an exporter that works rightly makes the gateway book a demand: one link in one direction. */
record Booking(String exporter, String link, Direction direction, String member, long remoteAsn) {}
