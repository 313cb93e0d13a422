// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/** How a decoder asks for a template; the caller knows which exporter and session the datagram came from. */
public interface TemplateLookup {
    /** The template now in force, or {@code null}: the set is then handed to {@link FlowSink#awaitingTemplate}. */
    Template template(FlowProtocol protocol, long domain, int templateId);
}
