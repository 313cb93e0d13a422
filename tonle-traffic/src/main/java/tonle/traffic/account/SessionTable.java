// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tonle.base.DeviceAddress;
import tonle.wire.flow.FlowProtocol;

/** All sessions of a capture, found without allocating anything for those that are known. */
final class SessionTable {
    /**
     * A capture of a flood of forged sources may name millions: what comes from further sessions is refused, and
     * counted.
     */
    static final int SESSION_COUNT_MAX = 1 << 17;

    /** An exporter as tables show it. */
    record ExporterName(DeviceAddress address, long domain) {
        String text() {
            return address.text() + "/" + Long.toUnsignedString(domain);
        }
    }

    private record DomainKey(FlowProtocol protocol, DeviceAddress address, long domain) {}

    private final Map<DomainKey, SessionDomain> domains = new HashMap<>();
    private final Map<ExporterName, Integer> exporterIndices = new HashMap<>();
    private final List<ExporterName> exporters = new ArrayList<>();
    private final SessionTable earlier;
    private final boolean remembersTemplates;
    private Session[] slots = new Session[64];
    private int size;

    /**
     * @param earlier the sessions of an earlier reading, or {@code null}
     * @param remembersTemplates whether its templates serve data that comes before them
     */
    SessionTable(SessionTable earlier, boolean remembersTemplates) {
        this.earlier = earlier;
        this.remembersTemplates = remembersTemplates;
    }

    /** The session, made where it is new; {@code null} where the bound is reached. */
    Session of(FlowProtocol protocol, DeviceAddress address, int port, long domain) {
        int slot = find(protocol, address, port, domain);
        if (slots[slot] == null) {
            if (size == SESSION_COUNT_MAX) {
                return null;
            }
            if (++size > slots.length / 2) {
                grow();
                slot = find(protocol, address, port, domain);
            }
            slots[slot] = make(protocol, address, port, domain);
        }
        return slots[slot];
    }

    ExporterName exporter(int index) {
        return exporters.get(index);
    }

    Iterable<SessionDomain> domains() {
        return domains.values();
    }

    List<Session> sessions() {
        List<Session> all = new ArrayList<>(size);
        for (Session session : slots) {
            if (session != null) {
                all.add(session);
            }
        }
        return all;
    }

    private Session make(FlowProtocol protocol, DeviceAddress address, int port, long domain) {
        SessionDomain shared = domains.computeIfAbsent(new DomainKey(protocol, address, domain), this::makeDomain);
        // NetFlow v5: the engine's id names the exporter's part, as its other figures do; the type is no part of it.
        long shownDomain = protocol == FlowProtocol.NETFLOW5 ? domain & 0xFF : domain;
        int exporterIndex = exporterIndices.computeIfAbsent(new ExporterName(address, shownDomain), name -> {
            exporters.add(name);
            return exporters.size() - 1;
        });
        Session session = new Session(protocol, address, port, domain, shared, exporterIndex);
        if (earlier != null && remembersTemplates) {
            Session counterpart = earlier.slots[earlier.find(protocol, address, port, domain)];
            session.remember(counterpart);
        }
        return session;
    }

    private SessionDomain makeDomain(DomainKey key) {
        SessionDomain made = new SessionDomain();
        SessionDomain before = earlier == null ? null : earlier.domains.get(key);
        made.initMillis = before == null ? -1 : before.firstInitMillis;
        return made;
    }

    private int find(FlowProtocol protocol, DeviceAddress address, int port, long domain) {
        long hash = address.high() * 31 + address.low() * 17 + domain * 0x9E3779B1L + port * 8L + protocol.ordinal();
        int slot = (int) (hash * 0x9E3779B97F4A7C15L >>> 40) & slots.length - 1;
        while (slots[slot] != null && !is(slots[slot], protocol, address, port, domain)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static boolean is(Session session, FlowProtocol protocol, DeviceAddress address, int port, long domain) {
        return session.protocol == protocol
                && session.domain == domain
                && session.port == port
                && (session.address == address || session.address.equals(address));
    }

    private void grow() {
        Session[] old = slots;
        slots = new Session[old.length * 2];
        for (Session session : old) {
            if (session != null) {
                slots[find(session.protocol, session.address, session.port, session.domain)] = session;
            }
        }
    }
}
