// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tonle.portal.Enrolment;

class EquipmentTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasLinesWithAddressAndPortFilledIn(Equipment equipment) {
        Enrolment.Snippet snippet = equipment.snippet("192.0.2.10", 9_995);

        assertThat(snippet.text()).contains("192.0.2.10").contains("9995").doesNotContain("{address}", "{port}");
        assertThat(snippet.key()).isEqualTo(equipment.key()).matches("[a-z0-9-]+");
        assertThat(Equipment.of(snippet.key())).contains(equipment);
    }

    /** Tonle promises not to read such elements; then nobody is told to send them. */
    @ParameterizedTest
    @EnumSource
    void nobodyIsToldToSendMoreThanMeteringNeeds(Equipment equipment) {
        assertThat(equipment.snippet("192.0.2.10", 1).text().toLowerCase(java.util.Locale.ROOT))
                .doesNotContainPattern("\\b(mac|application|username|url|http|dns)\\b");
    }

    @Test
    void theUsualPortsAreThoseOfTheProtocols() {
        assertThat(Equipment.CISCO_IOS_XR.portDefault()).isEqualTo(2055);
        assertThat(Equipment.JUNIPER_MX.portDefault()).isEqualTo(4739);
        assertThat(Equipment.ARISTA_EOS.portDefault()).isEqualTo(6343);
    }
}
