// SPDX-License-Identifier: Apache-2.0
/**
 * The bring-up of a link: from a planned port, through quarantine, into service. In come verdicts of checks, the word
 * of the people who wait for each other, and days; out comes a list of tasks that says who must do what by when, and
 * whether the link may carry traffic. Nothing here touches a device: Tonle is never in the path of packets, so a link
 * that fails is a task for somebody and not a cut. A port that was in service never goes back to quarantine.
 */
package tonle.registry.bringup;
