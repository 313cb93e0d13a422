// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.enrol;

import tonle.portal.Enrolment;
import tonle.registry.rights.Actor;
import tonle.traffic.topology.Exporter;

/** The port through which a checked exporter reaches the registry where the book rules. */
@FunctionalInterface
public interface TakingIn {
    Enrolment.Outcome take(Exporter exporter, Actor actor);
}
