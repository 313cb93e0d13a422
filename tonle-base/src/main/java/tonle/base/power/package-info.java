// SPDX-License-Identifier: Apache-2.0
/** The powers that are handed in, so that a whole gateway can run under a seed: the clock and randomness. */
package tonle.base.power;
