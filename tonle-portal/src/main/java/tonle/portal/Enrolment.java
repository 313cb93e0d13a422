// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

import java.util.List;
import tonle.registry.rights.Actor;
import tonle.traffic.topology.ExporterKind;

/** The port through which an unknown exporter is taken in: the gateway writes its configuration and reloads. */
public interface Enrolment {
    /**
     * Takes a source in. Repeating the same acceptance changes nothing and answers {@link Outcome.Accepted} again.
     *
     * @param actor whose word it is: somebody who holds the right to, or the owner of the data directory
     */
    Outcome accept(Acceptance acceptance, Actor actor);

    /** What to type into a router so that it sends here; one for each kind of equipment that is known. */
    List<Snippet> snippets();

    /**
     * A person's word on a source.
     *
     * @param address the device's address, as {@code /exporters} shows it
     * @param id how the exporter shall be called: letters, digits, {@code -} and {@code .}, 1 to 40 of them
     * @param site a site's id, or empty
     */
    record Acceptance(String address, String id, String site, ExporterKind kind) {}

    /** How an acceptance ends. */
    sealed interface Outcome {
        record Accepted(String id) implements Outcome {}

        /** @param detail what stands in the way: device facts and configuration names only */
        record Refused(Reason reason, String detail) implements Outcome {}
    }

    /** Why an exporter is not taken in. Each has the message {@code enrolment.NAME} in both languages. */
    enum Reason {
        /** No datagram came from the address, so there is nothing to take in. */
        ADDRESS_UNKNOWN,
        /** The address belongs to another exporter. */
        ADDRESS_TAKEN,
        /** The name belongs to another exporter. */
        ID_TAKEN,
        /** The name has other characters than letters, digits, hyphen and full stop, or too many. */
        ID_INVALID,
        /** No such site is configured. */
        SITE_UNKNOWN,
        /** The configuration file cannot be written. */
        CONFIGURATION_NOT_WRITABLE,
        /** The registry rules who is connected, and would not take it. */
        REGISTRY_REFUSES
    }

    /**
     * Lines of configuration for one kind of equipment.
     *
     * @param key a word for addresses: {@code cisco-ios-xr}
     * @param name as its maker writes it
     * @param protocol what it will send: {@code netflow9}, {@code ipfix}, {@code sflow5}
     * @param text complete, with this gateway's address and port filled in where they are known
     */
    record Snippet(String key, String name, String protocol, String text) {}
}
