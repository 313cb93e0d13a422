// SPDX-License-Identifier: Apache-2.0
/** The demonstration country against its own model, through the real decoders. */
package tonle.gateway.demo;
