// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.Arrays;
import tonle.base.DeviceAddress;
import tonle.traffic.LongTable;
import tonle.traffic.topology.Exporter;
import tonle.wire.Fault;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Template;

/**
 * One device that sends flow data, known by its address or certificate: its sessions, rates, clock, faults and counts.
 * One thread.
 */
public final class Source {
    private static final int BOOKS_MAX = 512;
    private static final long IDLE_MILLIS = 600_000;
    /*
     * What one address that nobody has taken in may keep, since addresses of datagrams can be forged: some 250 KiB, so
     * that a worker's 1,024 strangers together stay near 250 MiB. Open vSwitch alone defines over a hundred templates
     * of thirty fields each, and shall be seen whole before it is taken in.
     */
    private static final int STRANGER_SESSIONS_MAX = 8;
    private static final int STRANGER_FIELDS_MAX = 12_288;
    /** Of one device, some 4 MiB: its address too can be forged. The richest device known has a tenth of this. */
    private static final int FIELDS_MAX = 262_144;
    /** A template of no fields takes about as much as this many. */
    private static final int TEMPLATE_FIELDS = 32;

    private static final int STRANGER_SAMPLES_MAX = 2;

    private final DeviceAddress address;
    private final String addressText;
    /** Known by the certificate of its connections, not by its address. */
    final boolean certified;

    private Exporter exporter;
    final LongTable<Session> sessions = new LongTable<>();
    final LongTable<RateBook> books = new LongTable<>();
    final SkewGauge skew = new SkewGauge();
    final FaultLog faults = new FaultLog();
    private final AlarmBoard alarms = new AlarmBoard();
    private final Tally gone = new Tally();

    long firstHeardMillis;
    long lastHeardMillis;
    int protocolsSeen;
    int directionsSeen;
    long datagrams;
    long records;
    long optionsRecords;
    long samples;
    long refusedSessions;
    long unscaledRecords;
    long directionUnknownRecords;
    long ambiguousRecords;
    long implausibleRecords;
    long refusedRecords;
    /** Octets of all decoded records, unscaled, and of those that found no place by rule or policy. */
    long decodedOctets;

    long unbookedOctets;
    long definitions;

    boolean scalesItselfSuspected;

    /** What sessions that were given up had counted. */
    static final class Tally {
        long lost;
        long reordered;
        long restarts;
        long waitingSets;
        long waitingDropped;
        long refusedTemplates;
        final long[] stated = new long[StatedCounts.FIGURES];
        long notSentMillis = -1;

        Tally() {
            Arrays.fill(stated, -1);
        }

        void add(Session session) {
            session.addStated(stated);
            notSentMillis = Math.max(notSentMillis, session.notSentMillis());
            lost += Math.max(0, session.sequence.lost());
            reordered += session.sequence.reordered();
            restarts += session.sequence.restarts();
            waitingSets += session.waitingSets;
            waitingDropped += session.waitingDropped;
            refusedTemplates += session.refusedTemplates;
        }

        void addAll(Tally other) {
            lost += other.lost;
            reordered += other.reordered;
            restarts += other.restarts;
            waitingDropped += other.waitingDropped;
            refusedTemplates += other.refusedTemplates;
            for (int i = 0; i < stated.length; i++) {
                stated[i] = other.stated[i] < 0 ? stated[i] : Math.max(0, stated[i]) + other.stated[i];
            }
            notSentMillis = Math.max(notSentMillis, other.notSentMillis);
        }
    }

    Source(DeviceAddress address, Exporter exporter, boolean certified) {
        this.address = address;
        this.certified = certified;
        this.addressText = address.text();
        this.exporter = exporter;
    }

    public DeviceAddress address() {
        return address;
    }

    public String addressText() {
        return addressText;
    }

    /** Who it is, or {@code null} while nobody has taken it in. */
    public Exporter exporter() {
        return exporter;
    }

    void exporter(Exporter newExporter) {
        exporter = newExporter;
    }

    /** The exporter's id, or empty. */
    public String id() {
        return exporter == null ? "" : exporter.id();
    }

    AlarmBoard alarms() {
        return alarms;
    }

    /** The session of a UDP port and domain; {@code null} where there are too many in use. */
    public Session udpSession(FlowProtocol protocol, long domain, int port, Sources bounds, long nowMillis) {
        long key = (long) protocol.ordinal() << 48 | (long) (port & 0xFFFF) << 32 | domain & 0xFFFF_FFFFL;
        Session session = sessions.get(key);
        return session != null ? session : newSession(protocol, domain, port, false, key, bounds, nowMillis);
    }

    /** The session of a connection and domain. */
    public Session streamSession(long number, long domain, int port, Sources bounds, long nowMillis) {
        long key = 1L << 62 | (number & 0x3FFF_FFFFL) << 32 | domain & 0xFFFF_FFFFL;
        Session session = sessions.get(key);
        return session != null ? session : newSession(FlowProtocol.IPFIX, domain, port, true, key, bounds, nowMillis);
    }

    private Session newSession(
            FlowProtocol protocol, long domain, int port, boolean stream, long key, Sources bounds, long nowMillis) {
        int sessionsMax = bounds.sessionsPerSourceMax();
        if (exporter == null) {
            sessionsMax = Math.min(sessionsMax, STRANGER_SESSIONS_MAX);
        }
        if (sessions.size() >= sessionsMax && !giveUpIdle(bounds, nowMillis)) {
            refusedSessions++;
            return null;
        }
        protocolsSeen |= 1 << protocol.ordinal();
        Session session = new Session(this, protocol, domain, port, stream, key, book(protocol, domain));
        session.lastHeardMillis = nowMillis;
        sessions.put(key, session);
        return session;
    }

    private boolean giveUpIdle(Sources bounds, long nowMillis) {
        Session[] oldest = {null};
        sessions.forEach(
                s -> oldest[0] = oldest[0] == null || s.lastHeardMillis < oldest[0].lastHeardMillis ? s : oldest[0]);
        if (oldest[0] == null || nowMillis - oldest[0].lastHeardMillis < IDLE_MILLIS) {
            return false;
        }
        forget(oldest[0], bounds);
        return true;
    }

    /** The connection is closed: its sessions and their templates end with it. */
    public void endStream(long number, Sources bounds) {
        long prefix = 1L << 30 | number & 0x3FFF_FFFFL;
        Session[] found = new Session[sessions.size()];
        int[] n = {0};
        sessions.forEach(s -> {
            if (s.key >>> 32 == prefix) {
                found[n[0]++] = s;
            }
        });
        for (int i = 0; i < n[0]; i++) {
            forget(found[i], bounds);
        }
    }

    private void forget(Session session, Sources bounds) {
        bounds.waiting().dropAll(session);
        gone.add(session);
        session.templates.forEach(entry -> entry.template = null);
        sessions.remove(session.key);
    }

    /** What a template takes, in fields. */
    static int fieldsOf(Template template) {
        return TEMPLATE_FIELDS + template.fieldCount();
    }

    /** Whether templates may take so many fields more. */
    boolean hasRoomForTemplate(int fields) {
        int[] sum = {fields};
        sessions.forEach(s -> sum[0] += s.templateFields);
        return sum[0] <= (exporter == null ? STRANGER_FIELDS_MAX : FIELDS_MAX);
    }

    RateBook book(FlowProtocol protocol, long domain) {
        long key = (long) protocol.ordinal() << 32 | domain & 0xFFFF_FFFFL;
        RateBook book = books.get(key);
        if (book == null) {
            book = new RateBook();
            if (books.size() < BOOKS_MAX) {
                books.put(key, book);
            }
        }
        return book;
    }

    /** The template of the same protocol and domain that another UDP session of this device defined last. */
    TemplateEntry templateElsewhere(Session asking, int templateId) {
        TemplateEntry[] best = {null};
        sessions.forEach(s -> {
            if (s != asking && !s.stream && s.protocol == asking.protocol && s.domain == asking.domain) {
                TemplateEntry entry = s.templates.get(templateId);
                if (entry != null && (best[0] == null || entry.definedMillis > best[0].definedMillis)) {
                    best[0] = entry;
                }
            }
        });
        return best[0];
    }

    /** Reads what waited, in every session of the domain that uses the template now; what policy refuses is let go. */
    public void releaseWaiting(Session defined, int templateId, ReleaseReader reader, WaitingRooms waiting) {
        sessions.forEach(s -> {
            boolean same = s == defined
                    || !s.stream && !defined.stream && s.protocol == defined.protocol && s.domain == defined.domain;
            if (same && s.waitingSets > 0) {
                TemplateEntry entry = s.entry(templateId);
                if (entry != null && entry.refused) {
                    waiting.discard(s, templateId);
                } else if (entry != null) {
                    waiting.release(s, templateId, (set, export, uptime, sequence, arrival) -> {
                        Template template = entry.template;
                        if (template == null) {
                            // One of the sets before said that the exporter has restarted.
                            s.waitingDropped++;
                            return;
                        }
                        reader.read(s, template, set, export, uptime, sequence, arrival);
                    });
                }
            }
        });
    }

    /** Reads one set that waited, with the session it belongs to. */
    public interface ReleaseReader {
        void read(
                Session session,
                Template template,
                java.lang.foreign.MemorySegment set,
                long exportMillis,
                long uptimeMillis,
                long sequence,
                long arrivalMillis);
    }

    /** A datagram arrived. */
    public void heard(long nowMillis) {
        if (datagrams == 0) {
            firstHeardMillis = nowMillis;
        }
        lastHeardMillis = nowMillis;
        datagrams++;
    }

    /** Arrival and export time of a message; negative where the protocol has no export time. */
    public void measureSkew(long arrivalMillis, long exportMillis) {
        if (exportMillis >= 0) {
            skew.add(arrivalMillis - exportMillis);
        }
    }

    /** What this device's flow times are to be moved by, in milliseconds; 0 while its clock is right enough. */
    public long clockCorrectionMillis() {
        return skew.correctionMillis();
    }

    public void countRecord(long octets) {
        records++;
        decodedOctets += octets;
    }

    public void countSample(long octets) {
        samples++;
        decodedOctets += octets;
    }

    public void countUnscaled() {
        unscaledRecords++;
    }

    /** Octets that were decoded and not booked, by rule or policy. */
    public void countUnbooked(long octets) {
        unbookedOctets += octets;
    }

    public void countImplausible() {
        implausibleRecords++;
    }

    public void countDirectionUnknown() {
        directionUnknownRecords++;
    }

    public void countRefusedRecord() {
        refusedRecords++;
    }

    /** @param direction flowDirection (61): 0 ingress, 1 egress */
    public void noteDirection(long direction) {
        directionsSeen |= direction == 0 ? 1 : direction == 1 ? 2 : 0;
    }

    /** @return whether a sample of the damaged datagram is wanted */
    public boolean countFault(Fault fault, long nowMillis) {
        return faults.count(fault, nowMillis);
    }

    public void keepBad(BadDatagram sample) {
        faults.keep(sample, exporter == null ? STRANGER_SAMPLES_MAX : FaultLog.SAMPLES_MAX);
    }

    public java.util.List<BadDatagram> badDatagrams() {
        return faults.samples();
    }

    /** Reconciliation says that this exporter seems to multiply by its sampling rate itself, or no longer does. */
    public void suspectScalesItself(boolean suspected) {
        scalesItselfSuspected = suspected;
    }

    Tally tally() {
        Tally sum = new Tally();
        sum.addAll(gone);
        sessions.forEach(sum::add);
        return sum;
    }

    /** Grows with each definition that is worth remembering. */
    public long definitions() {
        return definitions;
    }

    /** Whether the device states a sampling rate, above 1, within a tenth of {@code factor}. */
    public boolean statesRateNear(double factor) {
        boolean[] near = {false};
        sessions.forEach(s -> {
            near[0] |= isNear(s.headerRate, factor);
            s.book.forEach(h -> near[0] |= isNear(h.newest(), factor));
            s.book.forEachInterface(false, h -> near[0] |= isNear(h.newest(), factor));
            s.book.forEachInterface(true, h -> near[0] |= isNear(h.newest(), factor));
        });
        return near[0];
    }

    private static boolean isNear(Rate rate, double factor) {
        return rate.factor() > 1 && Math.abs(rate.factor() - factor) <= rate.factor() / 10;
    }

    // The figures of an exporter's row.

    public long datagrams() {
        return datagrams;
    }

    public long records() {
        return records;
    }

    public long samples() {
        return samples;
    }

    public long lost() {
        return tally().lost;
    }

    public long malformed() {
        return faults.total();
    }

    public long waitingDropped() {
        return tally().waitingDropped;
    }

    public long refusedRecords() {
        return refusedRecords;
    }

    public long unscaledRecords() {
        return unscaledRecords;
    }

    public long decodedOctets() {
        return decodedOctets;
    }

    public long bookedOctets() {
        return decodedOctets - unbookedOctets;
    }
}
