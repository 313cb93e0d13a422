// SPDX-License-Identifier: Apache-2.0
/**
 * The hot path of a worker: records in, attributed and spread over five-minute bins, rows out. Conservation holds at
 * each step: booked + held + rejected + refused = decoded.
 */
package tonle.traffic.meter;
