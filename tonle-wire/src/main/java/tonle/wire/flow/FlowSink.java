// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import java.lang.foreign.MemorySegment;
import tonle.wire.Fault;

/**
 * Where a flow decoder puts what it reads: good records and bad octets are events of one stream, in wire order. Windows
 * ({@link MessageHeader}, {@link FlowRecord}, {@link SflowSample}, {@link SflowCounters}) are wrapped anew for each
 * event: read them now, never keep them.
 */
public interface FlowSink {
    /** A message begins: its header was read whole. One datagram holds one message; a file or stream holds many. */
    void message(MessageHeader header);

    /** A template or options template was defined, perhaps again. It is in force for what follows in this message. */
    void template(Template template);

    /**
     * IPFIX: a template was withdrawn (RFC 7011 section 8.1); id 2 withdraws all templates, id 3 all options templates.
     */
    void withdrawal(long domain, int templateId);

    /** Data records of one set follow, all after {@code template}; NetFlow v5 has {@link Template#NETFLOW5}. */
    void dataSet(Template template);

    /** One flow record of the set. */
    void flow(FlowRecord record);

    /** One options data record of the set: never traffic. */
    void options(FlowRecord record);

    /**
     * A data set whose template is not known: {@code set} is its octets behind the set header, a window on the datagram
     * that must be copied to be kept. {@link FlowDecoder#decodeWaiting} reads it once the template came.
     */
    void awaitingTemplate(long domain, int templateId, MemorySegment set);

    /** One sFlow flow sample, compact or expanded. */
    void sample(SflowSample sample);

    /** One sFlow counter sample, with generic interface counters or without. */
    void counters(SflowCounters counters);

    /** sFlow: a discarded packet was reported (sFlow drop notifications): not delivered traffic. */
    void discarded(SflowSample sample);

    /** From {@code offsetOctets} (from the start of the message) to the end of the damaged part nothing was read. */
    void malformed(Fault fault, long offsetOctets);

    /** The message ends; what was valid before any damage has been handed over. */
    void endOfMessage();
}
