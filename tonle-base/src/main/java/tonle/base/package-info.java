// SPDX-License-Identifier: Apache-2.0
/**
 * Values of the trade that every room speaks of: networks, prefixes, autonomous system numbers, addresses of devices.
 * Nothing comes in and nothing goes out: these types import the JDK alone and know nobody. RFC 4632 (prefixes) and
 * RFC 5396 (AS numbers) rule their text forms.
 */
package tonle.base;
