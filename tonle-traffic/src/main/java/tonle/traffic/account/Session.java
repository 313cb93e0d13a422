// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Template;

/**
 * One exporter's session as a capture shows it: templates in force, sequence numbers, and what came before its
 * template. Its identity is the protocol, the exporter's address and domain, and for IPFIX the source port too (RFC
 * 7011 section 8; RFC 3954 section 5.1 leaves the port out).
 */
final class Session {
    final FlowProtocol protocol;
    final DeviceAddress address;
    final int port;
    final long domain;
    final SessionDomain shared;
    final SequenceTrack sequence;
    /** Its place among the exporters of the account. */
    final int exporterIndex;

    private final TemplateTable templates = new TemplateTable();
    private final TemplateTable firstDefinitions = new TemplateTable();
    /** Data sets that came before any definition of their id. */
    private final Map<Integer, Long> cameEarly = new HashMap<>();

    private final BitSet everDefined = new BitSet();
    private Session beforehand;

    Session(
            FlowProtocol protocol,
            DeviceAddress address,
            int port,
            long domain,
            SessionDomain shared,
            int exporterIndex) {
        this.protocol = protocol;
        this.address = address;
        this.port = port;
        this.domain = domain;
        this.shared = shared;
        this.exporterIndex = exporterIndex;
        this.sequence = new SequenceTrack(protocol == FlowProtocol.NETFLOW5 || protocol == FlowProtocol.IPFIX);
    }

    /** The same session in an earlier reading: its first definitions serve data that came before them. */
    void remember(Session earlier) {
        beforehand = earlier;
    }

    Template template(int id) {
        Template template = templates.get(id);
        if (template == null && beforehand != null && !everDefined.get(id)) {
            return beforehand.firstDefinitions.get(id);
        }
        return template;
    }

    /** Whether {@code template} is new, or differs from what its id stood for. */
    boolean isNews(Template template) {
        Template old = templates.get(template.id());
        return old == null || !old.sameDefinition(template);
    }

    /** @return how many data sets that needed this first definition have gone by already */
    long define(Template template) {
        int id = template.id();
        templates.put(id, template);
        shared.templates.put(id, template);
        Long missed = everDefined.get(id) ? null : cameEarly.remove(id);
        if (missed != null) {
            firstDefinitions.put(id, template);
        }
        everDefined.set(id);
        return missed == null ? 0 : missed;
    }

    void withdraw(int id) {
        switch (id) {
            case 2 -> templates.clear(false);
            case 3 -> templates.clear(true);
            default -> templates.put(id, null);
        }
    }

    void awaits(int id) {
        if (!everDefined.get(id)) {
            cameEarly.merge(id, 1L, Long::sum);
        }
    }
}
