// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.List;
import java.util.Map;
import tonle.wire.Fault;

/**
 * What is known of one source of flow data, a snapshot.
 *
 * @param id the exporter's id, or empty where nobody has taken it in yet
 * @param address the device's address it sends from
 * @param protocols keys of the protocols seen
 * @param lastHeardMillis since 1970, 0 for never
 * @param skewMillis arrival minus export time, median; 0 where the protocol has no export time
 * @param lost what sequence numbers show missing, in the protocol's unit
 * @param kernelDropped datagrams that the system dropped before Tonle could read them; -1 where it counts them by
 *     socket only, as Linux does (then the gateway's listeners say them, and {@code lost} sees them here)
 * @param queueDropped datagrams that Tonle's own queue had no room for
 * @param stated what it says of itself in options data
 * @param sampling how rates are known, one line each domain and selector
 * @param templates what it defined
 * @param faults damaged input by fault
 * @param alarms what its owner should change, message keys with arguments
 */
public record ExporterHealth(
        String id,
        String address,
        List<String> protocols,
        long firstHeardMillis,
        long lastHeardMillis,
        long datagrams,
        long records,
        long samples,
        long lost,
        long reordered,
        long restarts,
        long kernelDropped,
        long queueDropped,
        long waitingSets,
        long waitingDropped,
        long refusedTemplates,
        long unscaledRecords,
        long skewMillis,
        Stated stated,
        List<SamplingLine> sampling,
        List<TemplateLine> templates,
        Map<Fault, Long> faults,
        List<Alarm> alarms) {
    /**
     * What an exporter counts itself (RFC 7011 sections 4.1 and 4.3), since its first report; -1 for what it does not
     * state.
     *
     * @param messages what it says that it sent: messages (element 41; datagrams in NetFlow v9)
     * @param messagesMissing those of them that never came
     * @param flowRecords what it says that it sent: flow records (42)
     * @param notSentFlows flow records that it could not send (166), of {@code notSentPackets} (167) with
     *     {@code notSentOctets} (168)
     */
    public record Stated(
            long messages,
            long messagesMissing,
            long flowRecords,
            long flowRecordsMissing,
            long notSentFlows,
            long notSentPackets,
            long notSentOctets) {
        public static final Stated NOTHING = new Stated(-1, -1, -1, -1, -1, -1, -1);
    }

    /**
     * One way in which a rate is known.
     *
     * @param domain what it holds for, or {@link #EVERY_DOMAIN}
     * @param rate packets that one sampled packet stands for; 1 where the device looks at every packet
     * @param sinceMillis since 1970, 0 where nobody says
     */
    public record SamplingLine(long domain, String selector, double rate, String source, long sinceMillis) {
        public static final long EVERY_DOMAIN = -1;
    }

    /** @param remembered read from disk and not yet seen again in this run */
    public record TemplateLine(
            String protocol,
            long domain,
            int id,
            boolean options,
            int fieldCount,
            int personalFieldCount,
            boolean remembered,
            long records) {}

    /** @param key a message key in both languages; @param arguments its values, device facts only */
    public record Alarm(String key, List<String> arguments, long sinceMillis) {}
}
