// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import java.util.Optional;
import tonle.wire.flow.FlowProtocol;
import tonle.wire.flow.Slot;
import tonle.wire.flow.Template;

/** Trees of NetFlow version 5, NetFlow version 9 (RFC 3954) and IPFIX (RFC 7011): headers, sets, templates, records. */
final class SetTree {
    private static final int DATA_SET_ID_MIN = 256;
    private static final int IPFIX_HEADER_OCTETS = 16;
    private static final int ENTERPRISE_BIT = 0x8000;

    private final Tree tree;
    private final Findings findings;
    private final FlowProtocol protocol;
    private final boolean isForKeeping;
    private int dataSetCount;

    SetTree(Tree tree, Findings findings, FlowProtocol protocol, boolean isForKeeping) {
        this.tree = tree;
        this.findings = findings;
        this.protocol = protocol;
        this.isForKeeping = isForKeeping;
    }

    void grow() {
        switch (protocol) {
            case NETFLOW5 -> netflow5(tree.root());
            case NETFLOW9 -> netflow9(tree.root());
            case IPFIX -> ipfix(tree.root());
            case SFLOW5 -> {
                // Has no sets.
            }
        }
    }

    private void netflow5(Tree.Node root) {
        Tree.Node header = tree.group(root, "header", 0, 24);
        tree.number(header, "version", 0, 2);
        tree.number(header, "count", 2, 2);
        tree.number(header, "sysUpTime", 4, 4);
        tree.seconds(header, "unixSeconds", 8);
        tree.number(header, "unixNanoseconds", 12, 4);
        tree.number(header, "flowSequence", 16, 4);
        tree.number(header, "engineType", 20, 1);
        tree.number(header, "engineId", 21, 1);
        if (tree.has(22, 2)) {
            int sampling = tree.u16(22);
            tree.meaning(header, "sampling", 22, 2, "mode " + (sampling >>> 14) + ", interval " + (sampling & 0x3FFF));
        }
        if (tree.end() > 24) {
            data(root, "records", 24, tree.end(), nextTemplate());
        }
    }

    private void netflow9(Tree.Node root) {
        Tree.Node header = tree.group(root, "header", 0, 20);
        tree.number(header, "version", 0, 2);
        tree.number(header, "count", 2, 2);
        tree.number(header, "sysUpTime", 4, 4);
        tree.seconds(header, "unixSeconds", 8);
        tree.number(header, "sequenceNumber", 12, 4);
        tree.number(header, "sourceId", 16, 4);
        sets(root, 20, tree.end());
    }

    /** A datagram may hold several messages. */
    private void ipfix(Tree.Node root) {
        long start = 0;
        while (tree.has(start, IPFIX_HEADER_OCTETS) && tree.u16(start) == 10) {
            int length = tree.u16(start + 2);
            boolean isWhole = length >= IPFIX_HEADER_OCTETS && tree.has(start, length);
            Tree.Node message = tree.group(root, "message", start, isWhole ? length : tree.end() - start);
            Tree.Node header = tree.group(message, "header", start, IPFIX_HEADER_OCTETS);
            tree.number(header, "version", start, 2);
            tree.number(header, "length", start + 2, 2);
            tree.seconds(header, "exportTime", start + 4);
            tree.number(header, "sequenceNumber", start + 8, 4);
            tree.number(header, "observationDomainId", start + 12, 4);
            if (!isWhole) {
                tree.hidden(message, "dropped", start + IPFIX_HEADER_OCTETS, tree.end());
                return;
            }
            sets(message, start + IPFIX_HEADER_OCTETS, start + length);
            start += length;
        }
        tree.hidden(root, "not read", start, tree.end());
    }

    private void sets(Tree.Node parent, long first, long end) {
        long at = first;
        while (end - at >= 4) {
            int id = tree.u16(at);
            int length = tree.u16(at + 2);
            if (length < 4 || length > end - at) {
                break;
            }
            Tree.Node set = tree.group(parent, setName(id), at, length);
            tree.number(set, "setId", at, 2);
            tree.number(set, "length", at + 2, 2);
            if (id >= DATA_SET_ID_MIN) {
                data(set, "records", at + 4, at + length, nextTemplate());
            } else if (id == templateSetId() || id == templateSetId() + 1) {
                templates(set, at + 4, at + length, id != templateSetId());
            } else {
                tree.hidden(set, "reserved", at + 4, length - 4);
            }
            at += length;
        }
        if (at < end) {
            tree.hidden(parent, "rest", at, end - at);
        }
    }

    /** Options templates have the next id: 0 and 1 in version 9 (RFC 3954 sections 5.2, 6.1), 2 and 3 in IPFIX. */
    private int templateSetId() {
        return protocol == FlowProtocol.IPFIX ? 2 : 0;
    }

    private String setName(int id) {
        if (id >= DATA_SET_ID_MIN) {
            return "data set";
        }
        if (id == templateSetId()) {
            return "template set";
        }
        return id == templateSetId() + 1 ? "options template set" : "reserved set";
    }

    private Optional<Template> nextTemplate() {
        return findings.templateOf(dataSetCount++);
    }

    private void templates(Tree.Node set, long first, long end, boolean isOptions) {
        boolean isIpfix = protocol == FlowProtocol.IPFIX;
        long at = first;
        while (end - at >= 4 && tree.u32(at) != 0) {
            boolean isWithdrawal = isIpfix && tree.u16(at + 2) == 0;
            if (!isWithdrawal && isOptions && end - at < 6) {
                break;
            }
            int headerOctets = isOptions && !isWithdrawal ? 6 : 4;
            int fieldCount = tree.u16(at + 2);
            int scopeCount = headerOctets == 6 ? tree.u16(at + 4) : 0;
            if (headerOctets == 6 && !isIpfix) {
                // RFC 3954 section 6.1: octets of scope fields, then octets of option fields.
                int optionsOctets = scopeCount;
                scopeCount = fieldCount / 4;
                fieldCount = scopeCount + optionsOctets / 4;
            }
            long next = specifiersEnd(at + headerOctets, end, fieldCount);
            Tree.Node template = tree.group(set, isOptions ? "options template" : "template", at, next - at);
            tree.number(template, "templateId", at, 2);
            tree.number(template, isIpfix || !isOptions ? "fieldCount" : "optionScopeLength", at + 2, 2);
            if (headerOctets == 6) {
                tree.number(template, isIpfix ? "scopeFieldCount" : "optionLength", at + 4, 2);
            }
            if (isWithdrawal) {
                template.say("withdrawn");
            }
            specifiers(template, at + headerOctets, end, fieldCount, isIpfix ? 0 : scopeCount);
            at = next;
        }
        tree.hidden(set, "padding", at, end - at);
    }

    /** Where the field specifiers end, or the set where it ends before. */
    private long specifiersEnd(long first, long end, int fieldCount) {
        long at = first;
        for (int index = 0; index < fieldCount && end - at >= 4; index++) {
            at += isEnterprise(at) ? 8 : 4;
        }
        return Math.min(at, end);
    }

    private boolean isEnterprise(long at) {
        return protocol == FlowProtocol.IPFIX && (tree.u16(at) & ENTERPRISE_BIT) != 0;
    }

    private void specifiers(Tree.Node template, long first, long end, int fieldCount, int v9ScopeCount) {
        long at = first;
        for (int index = 0; index < fieldCount && end - at >= 4; index++) {
            int size = isEnterprise(at) ? 8 : 4;
            if (end - at < size) {
                tree.hidden(template, "field", at, end - at);
                return;
            }
            int element = size == 8 ? tree.u16(at) & ~ENTERPRISE_BIT : tree.u16(at);
            int enterprise = size == 8 ? (int) tree.u32(at + 4) : 0;
            int length = tree.u16(at + 2);
            String name = index < v9ScopeCount
                    ? Element.scopeName(element)
                    : Element.of(enterprise, element).name();
            String words = length == Template.VARIABLE ? "variable length" : Tree.octets(length);
            tree.meaning(template, name, at, size, words);
            at += size;
        }
    }

    private void data(Tree.Node parent, String name, long first, long end, Optional<Template> template) {
        if (isForKeeping) {
            tree.hidden(parent, name, first, end - first);
            return;
        }
        if (template.isEmpty()) {
            // Version 5 has one template for all: without it the decoder has rejected the datagram whole.
            boolean isRejected = protocol == FlowProtocol.NETFLOW5;
            tree.hidden(parent, isRejected ? "rejected" : "no template known", first, end - first);
            return;
        }
        Template plan = template.get();
        long at = first;
        while (end - at >= plan.recordSizeOctetsMin()) {
            long next = recordEnd(plan, at, end);
            if (next < 0) {
                break;
            }
            Tree.Node record = tree.group(parent, plan.isOptions() ? "options record" : "record", at, next - at);
            record(record, plan, at);
            at = next;
        }
        tree.hidden(parent, "rest", at, end - at);
    }

    /** Where the record ends, or -1 where a variable length runs past the set (RFC 7011 section 7). */
    private long recordEnd(Template plan, long first, long end) {
        long at = first;
        for (int index = 0; index < plan.fieldCount() && at <= end; index++) {
            at = fieldEnd(plan, index, at, end);
            if (at < 0) {
                return -1;
            }
        }
        return at <= end ? at : -1;
    }

    private long fieldEnd(Template plan, int index, long at, long end) {
        int length = plan.fieldLength(index);
        if (length != Template.VARIABLE) {
            return at + length;
        }
        int prefix = lengthPrefixOctets(at, end);
        return prefix == 0 ? -1 : at + prefix + variableLength(at, prefix);
    }

    /** RFC 7011 section 7: one octet, or 255 and two more; 0 where they are not there. */
    private int lengthPrefixOctets(long at, long end) {
        if (at >= end) {
            return 0;
        }
        int prefix = tree.u8(at) == 255 ? 3 : 1;
        return at + prefix <= end ? prefix : 0;
    }

    private long variableLength(long at, int prefix) {
        return prefix == 1 ? tree.u8(at) : tree.u16(at + 1);
    }

    private void record(Tree.Node record, Template plan, long first) {
        long at = first;
        for (int index = 0; index < plan.fieldCount(); index++) {
            int prefix = plan.fieldLength(index) == Template.VARIABLE ? lengthPrefixOctets(at, tree.end()) : 0;
            long length = prefix == 0 ? plan.fieldLength(index) : variableLength(at, prefix);
            field(record, plan, index, at + prefix, (int) length);
            at += prefix + length;
        }
    }

    private void field(Tree.Node record, Template plan, int index, long at, int length) {
        boolean isV9Scope = plan.protocol() == FlowProtocol.NETFLOW9 && index < plan.scopeFieldCount();
        if (isV9Scope) {
            String name = Element.scopeName(plan.fieldElement(index));
            if (length >= 1 && length <= 8) {
                tree.number(record, name, at, length);
            } else {
                tree.hidden(record, name, at, length);
            }
            return;
        }
        Element element = Element.of(plan.fieldEnterprise(index), plan.fieldElement(index));
        boolean isFrame =
                plan.fieldEnterprise(index) == 0 && plan.fieldElement(index) == Slot.DATA_LINK_FRAME_SECTION.element();
        if (isFrame) {
            Tree.Node frame = tree.group(record, element.name(), at, length);
            new HeaderTree(tree).ethernet(frame, at, at + length);
        } else if (plan.isPersonal(index)) {
            tree.hidden(record, element.name(), at, length);
        } else {
            element.show(tree, record, at, length);
        }
    }
}
