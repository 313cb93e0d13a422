// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tonle.base.power.Seed;

class TemplateTest {
    private final Seed seed = new Seed(4_739);

    @Test
    void aSpecificationReadsBackAsTheSameDefinition() {
        for (int round = 0; round < 2_000; round++) {
            Template template = any();
            Template back = Template.ofSpecification(
                            template.protocol(), template.domain(), template.isOptions(), template.specification())
                    .orElseThrow();
            assertThat(back.sameDefinition(template)).isTrue();
            assertThat(back.domain()).isEqualTo(template.domain());
            assertThat(back.recordSizeOctetsMin()).isEqualTo(template.recordSizeOctetsMin());
            assertThat(back.personalFieldCount()).isEqualTo(template.personalFieldCount());
        }
    }

    @Test
    void octetsFromADiskThatAreNoSpecificationAreRefused() {
        for (int round = 0; round < 2_000; round++) {
            byte[] good = any().specification();
            byte[] cut = Arrays.copyOf(good, seed.below(good.length));
            assertThat(Template.ofSpecification(FlowProtocol.IPFIX, 1, false, cut))
                    .isEmpty();
        }
        byte[] empty = {1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
        assertThat(Template.ofSpecification(FlowProtocol.IPFIX, 1, false, empty))
                .isEmpty();
        byte[] moreScopesThanFields = {1, 0, 0, 1, 0, 2, 0, 1, 0, 4, 0, 0, 0, 0};
        assertThat(Template.ofSpecification(FlowProtocol.IPFIX, 1, true, moreScopesThanFields))
                .isEmpty();
    }

    @Test
    void aScopeFieldOfNetflow9IsNoInformationElement() {
        Template netflow9 =
                Template.of(FlowProtocol.NETFLOW9, 0, 256, true, 1, new int[] {1, 2}, new int[2], new int[] {4, 4});
        assertThat(netflow9.has(Slot.OCTET_DELTA_COUNT)).isFalse();
        assertThat(netflow9.has(Slot.PACKET_DELTA_COUNT)).isTrue();
        Template ipfix =
                Template.of(FlowProtocol.IPFIX, 0, 256, true, 1, new int[] {302, 305}, new int[2], new int[] {4, 4});
        assertThat(ipfix.has(Slot.SELECTOR_ID)).isTrue();
    }

    @Test
    void theSameFieldsUnderAnotherEnterpriseAreAnotherDefinition() {
        Template iana = Template.of(FlowProtocol.IPFIX, 0, 256, false, 0, new int[] {1}, new int[] {0}, new int[] {4});
        Template other = Template.of(FlowProtocol.IPFIX, 0, 256, false, 0, new int[] {1}, new int[] {9}, new int[] {4});
        assertThat(iana.sameDefinition(other)).isFalse();
        assertThat(other.has(Slot.OCTET_DELTA_COUNT)).isFalse();
    }

    @Test
    void namesOfPeopleAreCountedAndHaveNoSlot() {
        int[] elements = {371, 455, 456, 460, 314, 56_702, 57_652, 8};
        Template template = Template.of(
                FlowProtocol.NETFLOW9, 0, 256, false, 0, elements, new int[8], new int[] {8, 8, 8, 8, 8, 8, 8, 4});
        assertThat(template.personalFieldCount()).isEqualTo(7);
        assertThat(template.isPersonal(7)).isFalse();
        assertThat(Arrays.stream(Slot.values()).filter(template::has)).containsExactly(Slot.SOURCE_IPV4_ADDRESS);
    }

    @Test
    void aTemplateWhoseRecordsHaveNoOctetsCannotBeMade() {
        assertThatThrownBy(() ->
                        Template.of(FlowProtocol.IPFIX, 0, 256, false, 0, new int[] {1}, new int[] {0}, new int[] {0}))
                .isInstanceOf(IllegalStateException.class);
    }

    private Template any() {
        int count = 1 + seed.below(40);
        int[] elements = new int[count];
        int[] enterprises = new int[count];
        int[] lengths = new int[count];
        for (int index = 0; index < count; index++) {
            elements[index] = seed.below(500);
            enterprises[index] = seed.below(3) == 0 ? (int) seed.nextLong() : 0;
            lengths[index] = seed.below(5) == 0 ? Template.VARIABLE : 1 + seed.below(20);
        }
        boolean options = seed.below(4) == 0;
        return Template.of(
                FlowProtocol.IPFIX,
                seed.nextLong() >>> 32,
                256 + seed.below(1000),
                options,
                options ? 1 : 0,
                elements,
                enterprises,
                lengths);
    }
}
