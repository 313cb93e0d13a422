// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import tonle.base.Must;

/**
 * Data sets that came before their template (RFC 3954 section 9, RFC 7011 section 8): kept off the heap, bounded by
 * octets for all and for each session and by age, decoded late, zeroed when released. Never on disk. One thread.
 */
final class WaitingRoom implements AutoCloseable {
    /*
     * Implementation: one block of memory, used as a ring. Sets lie in it in the order of their coming; what is
     * released out of turn leaves a zeroed gap that is freed once everything older is gone. No room means that the
     * oldest go.
     */
    private final Arena arena = Arena.ofShared();
    private final MemorySegment block;
    private final long sizeOctets;
    private final long sessionOctetsMax;
    private final long ageMillisMax;

    private final int setsMax;
    private final Session[] sessions;
    private final long[] offsets;
    private final int[] sizes;
    private final int[] templateIds;
    private final long[] exportMillis;
    private final long[] uptimeMillis;
    private final long[] sequences;
    private final long[] arrivalMillis;
    private int head;
    private int count;

    /** Reads a set whose template has come. */
    public interface Reader {
        void read(MemorySegment set, long exportMillis, long uptimeMillis, long sequence, long arrivalMillis);
    }

    WaitingRoom(long sizeOctets, int setsMax, long sessionOctetsMax, long ageMillisMax) {
        Must.hold(sizeOctets > 0 && setsMax > 0 && sessionOctetsMax > 0, "a waiting room has room");
        this.sizeOctets = sizeOctets;
        this.sessionOctetsMax = sessionOctetsMax;
        this.ageMillisMax = ageMillisMax;
        this.block = arena.allocate(sizeOctets, 64);
        this.setsMax = setsMax;
        this.sessions = new Session[setsMax];
        this.offsets = new long[setsMax];
        this.sizes = new int[setsMax];
        this.templateIds = new int[setsMax];
        this.exportMillis = new long[setsMax];
        this.uptimeMillis = new long[setsMax];
        this.sequences = new long[setsMax];
        this.arrivalMillis = new long[setsMax];
    }

    /** Copies the set into the room; a session past its bound has it dropped and counted. */
    public void keep(
            Session session, int templateId, MemorySegment set, long export, long uptime, long sequence, long arrival) {
        int size = (int) Math.min(set.byteSize(), Integer.MAX_VALUE);
        if (size == 0) {
            return;
        }
        if (session.waitingOctets + size > sessionOctetsMax || size > sizeOctets) {
            session.waitingDropped++;
            return;
        }
        long offset = place(size);
        int at = (head + count) % setsMax;
        MemorySegment.copy(set, 0, block, offset, size);
        sessions[at] = session;
        offsets[at] = offset;
        sizes[at] = size;
        templateIds[at] = templateId;
        exportMillis[at] = export;
        uptimeMillis[at] = uptime;
        sequences[at] = sequence;
        arrivalMillis[at] = arrival;
        count++;
        session.waitingOctets += size;
        session.waitingSets++;
    }

    /**
     * Hands every set of the session and template to {@code reader}, in the order of their coming, and releases them.
     */
    public void release(Session session, int templateId, Reader reader) {
        for (int i = 0, left = session.waitingSets; i < count && left > 0; i++) {
            int at = (head + i) % setsMax;
            if (sessions[at] != session) {
                continue;
            }
            left--;
            if (templateIds[at] == templateId) {
                reader.read(
                        block.asSlice(offsets[at], sizes[at]),
                        exportMillis[at],
                        uptimeMillis[at],
                        sequences[at],
                        arrivalMillis[at]);
                vacate(at);
            }
        }
        freeFromHead();
    }

    /** Lets go what waited too long; to be called at each tick. */
    public void expire(long nowMillis) {
        while (count > 0 && nowMillis - arrivalMillis[head] > ageMillisMax) {
            dropHead();
        }
    }

    /** Lets go all that waits for {@code session}, which is forgotten. */
    public void dropAll(Session session) {
        for (int i = 0; i < count && session.waitingSets > 0; i++) {
            int at = (head + i) % setsMax;
            if (sessions[at] == session) {
                session.waitingDropped++;
                vacate(at);
            }
        }
        freeFromHead();
    }

    /** Where {@code size} octets fit: behind the newest set, or at the block's start; the oldest make room. */
    private long place(int size) {
        while (true) {
            if (count == 0) {
                return 0;
            }
            long oldest = offsets[head];
            int last = (head + count - 1) % setsMax;
            long end = offsets[last] + sizes[last];
            if (count < setsMax) {
                if (end > oldest) {
                    if (end + size <= sizeOctets) {
                        return end;
                    }
                    if (size <= oldest) {
                        return 0;
                    }
                } else if (end + size <= oldest) {
                    return end;
                }
            }
            dropHead();
        }
    }

    private void dropHead() {
        if (sessions[head] != null) {
            sessions[head].waitingDropped++;
            vacate(head);
        }
        head = (head + 1) % setsMax;
        count--;
        freeFromHead();
    }

    private void vacate(int at) {
        block.asSlice(offsets[at], sizes[at]).fill((byte) 0);
        sessions[at].waitingOctets -= sizes[at];
        sessions[at].waitingSets--;
        sessions[at] = null;
    }

    private void freeFromHead() {
        while (count > 0 && sessions[head] == null) {
            head = (head + 1) % setsMax;
            count--;
        }
    }

    /** Sets that wait now. */
    public int waitingSets() {
        int waiting = 0;
        for (int i = 0; i < count; i++) {
            waiting += sessions[(head + i) % setsMax] == null ? 0 : 1;
        }
        return waiting;
    }

    /** Whether every octet of the room is zero: so it is once all have left. */
    public boolean isZeroed() {
        for (long i = 0; i < sizeOctets; i++) {
            if (block.get(java.lang.foreign.ValueLayout.JAVA_BYTE, i) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        block.fill((byte) 0);
        arena.close();
    }
}
