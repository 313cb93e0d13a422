// SPDX-License-Identifier: Apache-2.0
package tonle.registry.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tonle.database.Scope;

class RightsTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("tonle.root", ".."), "docs", "RIGHTS.md");

    @Test
    void everyRightIsHeldBySomeRole() {
        for (Right right : Right.values()) {
            assertThat(Role.holding(right)).as(right.key()).isNotEmpty();
        }
    }

    @Test
    void keysReadBack() {
        for (Right right : Right.values()) {
            assertThat(Right.ofKey(right.key())).hasValue(right);
        }
        for (Role role : Role.values()) {
            assertThat(Role.ofKey(role.key())).hasValue(role);
        }
        assertThat(Role.ofKey("root")).isEmpty();
    }

    @Test
    void noRoleHoldsTwoOfTheThreeHandsOfAnOrder() {
        Set<Right> hands = EnumSet.of(Right.MAY_DRAFT_ORDER, Right.MAY_REVIEW_ORDER, Right.MAY_APPROVE_ORDER);
        for (Role role : Role.values()) {
            assertThat(role.rights().stream().filter(hands::contains).count())
                    .as(role.key())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whoLooksAfterPeopleHoldsNeitherOrdersNorMoneyNorTheRegistry() {
        assertThat(Role.ADMINISTRATOR.rights())
                .doesNotContain(
                        Right.MAY_DRAFT_ORDER,
                        Right.MAY_REVIEW_ORDER,
                        Right.MAY_APPROVE_ORDER,
                        Right.MAY_CLOSE_MONTH,
                        Right.MAY_CONFIRM_CHANGE,
                        Right.MAY_CONFIRM_LICENCE);
    }

    @Test
    void rolesWithThePowerToGrantOrToApproveAreGuarded() {
        for (Role role : Role.values()) {
            boolean isPowerful = role.rights().stream()
                    .anyMatch(Set.of(
                            Right.MAY_GRANT_ROLE,
                            Right.MAY_CONFIRM_AS_SECOND,
                            Right.MAY_REVIEW_ORDER,
                            Right.MAY_APPROVE_ORDER)::contains);
            assertThat(role.isGuarded()).as(role.key()).isEqualTo(isPowerful);
        }
    }

    @Test
    void anOperatorsRoleHoldsNoRightOverOthers() {
        for (Role role : Role.values()) {
            if (role.side() == Role.Side.OPERATOR) {
                assertThat(role.rights())
                        .as(role.key())
                        .isSubsetOf(
                                Right.MAY_READ_OWN_OPERATOR,
                                Right.MAY_PROPOSE_OWN_CHANGE,
                                Right.MAY_FILE_OWN_DECLARATION,
                                Right.MAY_BRING_UP_LINK);
            }
        }
    }

    @Test
    void anActorHasTheRightsOfAllRolesAndATokenOnlySomeOfThem() {
        Actor actor =
                Actor.person("p-aaaa-2222", "A", List.of(Role.ENGINEER, Role.AUDITOR, Role.ENGINEER), Optional.empty());
        assertThat(actor.roles()).containsExactly(Role.ENGINEER, Role.AUDITOR);
        assertThat(actor.must(Right.MAY_READ_AUDIT).isHeld()).isTrue();
        Actor token = actor.limitedTo(Set.of(Right.MAY_READ_AUDIT, Right.MAY_APPROVE_ORDER));
        assertThat(token.rights()).containsExactly(Right.MAY_READ_AUDIT);
        assertThat(token.must(Right.MAY_APPROVE_ORDER))
                .isEqualTo(new Permission.Missing(Right.MAY_APPROVE_ORDER, List.of(Role.APPROVER)));
    }

    @Test
    void theScopeFollowsTheOperator() {
        assertThat(Actor.person("p-aaaa-2222", "A", List.of(), Optional.of("alpha"))
                        .scope())
                .isEqualTo(Scope.operator("alpha", "p-aaaa-2222"));
        assertThat(Actor.person("p-aaaa-2222", "A", List.of(), Optional.empty()).scope())
                .isEqualTo(Scope.staff("p-aaaa-2222"));
    }

    @Test
    void aNameIsNoPseudonym() {
        assertThatThrownBy(() -> Actor.person("Dara", "Dara", List.of(), Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
    }

    /** To write it anew: run this test with {@code -Dtonle.writeDocuments=true}. */
    @Test
    void theDocumentIsTheTable() throws Exception {
        String text = Files.readString(DOCUMENT);
        String begin = "<!-- made from Role and Right -->\n";
        int at = text.indexOf(begin) + begin.length();
        assertThat(at).isGreaterThanOrEqualTo(begin.length());
        String whole = text.substring(0, at) + table();
        if (Boolean.getBoolean("tonle.writeDocuments")) {
            Files.writeString(DOCUMENT, whole);
        }
        assertThat(text).isEqualTo(whole);
    }

    private static String table() {
        StringBuilder text = new StringBuilder("\n| Role | Of | Granted by | Rights |\n| --- | --- | --- | --- |\n");
        for (Role role : Role.values()) {
            text.append("| ").append(role.key());
            text.append(role.side() == Role.Side.GATEWAY ? " | the gateway" : " | an operator");
            text.append(role.isGuarded() ? " | two people | " : " | one administrator | ");
            text.append(role.rights().stream().map(Right::key).collect(Collectors.joining(", ")));
            text.append(" |\n");
        }
        text.append("\n| Right | Held by |\n| --- | --- |\n");
        for (Right right : Right.values()) {
            text.append("| ").append(right.key()).append(" | ");
            text.append(Arrays.stream(Role.values())
                    .filter(role -> role.rights().contains(right))
                    .map(Role::key)
                    .collect(Collectors.joining(", ")));
            text.append(" |\n");
        }
        return text.toString();
    }
}
