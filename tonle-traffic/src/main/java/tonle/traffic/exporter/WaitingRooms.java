// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.lang.foreign.MemorySegment;

/**
 * Where data sets wait for their template: one room for the devices that a person took in, and a small one for
 * strangers, so that a flood from forged addresses pushes out other strangers' data and never an exporter's. One
 * thread.
 */
public final class WaitingRooms implements AutoCloseable {
    static final int EXPORTERS_SETS_MAX = 16_384;
    static final int STRANGERS_OCTETS_MAX = 1 << 20;
    static final int STRANGERS_SETS_MAX = 1_024;
    static final int STRANGER_SESSION_OCTETS_MAX = 128 << 10;

    private final WaitingRoom exporters;
    private final WaitingRoom strangers;

    /** @param octetsMax of the exporters' room; {@code sessionOctetsMax} of it for one session */
    public WaitingRooms(long octetsMax, long sessionOctetsMax, long ageMillisMax) {
        exporters = new WaitingRoom(octetsMax, EXPORTERS_SETS_MAX, sessionOctetsMax, ageMillisMax);
        strangers = new WaitingRoom(
                STRANGERS_OCTETS_MAX,
                STRANGERS_SETS_MAX,
                Math.min(sessionOctetsMax, STRANGER_SESSION_OCTETS_MAX),
                ageMillisMax);
    }

    /** Copies the set into the room of its sender; a session past its bound has it dropped and counted. */
    public void keep(
            Session session, int templateId, MemorySegment set, long export, long uptime, long sequence, long arrival) {
        WaitingRoom room = session.source().exporter() == null ? strangers : exporters;
        room.keep(session, templateId, set, export, uptime, sequence, arrival);
    }

    /**
     * Hands every set of the session and template to {@code reader} and releases them. A stranger that was taken in
     * meanwhile has the older ones in the strangers' room.
     */
    void release(Session session, int templateId, WaitingRoom.Reader reader) {
        strangers.release(session, templateId, reader);
        exporters.release(session, templateId, reader);
    }

    /** Lets go what waits for a template that policy refuses. */
    void discard(Session session, int templateId) {
        int before = session.waitingSets;
        release(session, templateId, (_, _, _, _, _) -> {});
        session.waitingDropped += before - session.waitingSets;
    }

    /** Lets go what waited too long; to be called at each tick. */
    public void expire(long nowMillis) {
        strangers.expire(nowMillis);
        exporters.expire(nowMillis);
    }

    /** Lets go all that waits for {@code session}, which is forgotten. */
    void dropAll(Session session) {
        strangers.dropAll(session);
        exporters.dropAll(session);
    }

    /** Whether nothing waits and every octet of both rooms is zero. */
    public boolean isEmptyAndZeroed() {
        return strangers.waitingSets() == 0
                && exporters.waitingSets() == 0
                && strangers.isZeroed()
                && exporters.isZeroed();
    }

    @Override
    public void close() {
        strangers.close();
        exporters.close();
    }
}
