// SPDX-License-Identifier: Apache-2.0
/**
 * The ladder of load: what a link's fullness obliges its owner to do. In comes one figure a day, the 95th percentile of
 * the fuller direction against the capacity; out come duties, each once when its step is reached, and the step that the
 * link stands on. A day without figures changes nothing: silence is not low load.
 */
package tonle.registry.ladder;
