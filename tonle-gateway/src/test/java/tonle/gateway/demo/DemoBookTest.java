// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import tonle.database.Scope;
import tonle.gateway.registry.BookKeeper;
import tonle.registry.book.Book;
import tonle.registry.book.Kind;
import tonle.testdatabase.TestDatabase;
import tonle.testkit.SettableClock;

/** The demo's book: what a newcomer finds there, and that its file goes on ruling. */
class DemoBookTest {
    @Test
    void theBookTellsAHistoryAndTheFileGoesOnRuling() {
        SettableClock clock =
                new SettableClock(Instant.parse("2026-11-24T05:00:00Z").toEpochMilli());
        LocalDate today = LocalDate.of(2026, 11, 24);
        Scope staff = Scope.staff("p-aaaa-aaaa");
        try (TestDatabase database = TestDatabase.fresh(clock)) {
            BookKeeper keeper = new BookKeeper(database.server(), clock, ZoneId.of("Asia/Phnom_Penh"), () -> false);
            DemoBook.fill(keeper);
            DemoBook.fill(keeper);
            Book book = new Book(database.web());
            assertThat(book.asOn(staff, Kind.LICENCE, today)).hasSize(DemoMember.values().length);
            assertThat(book.asOn(staff, Kind.EXCHANGE, today)).hasSize(4);
            assertThat(book.find(staff, Kind.LICENCE, "LIC-BELL", today)
                            .orElseThrow()
                            .text("standing"))
                    .isEqualTo("suspended");
            String port = DemoMember.RUMDUOL.port();
            assertThat(book.find(staff, Kind.LINK, port, LocalDate.of(2025, 6, 1))
                            .orElseThrow()
                            .text("capacity"))
                    .isEqualTo("40G");
            assertThat(book.find(staff, Kind.LINK, port, today).orElseThrow().text("capacity"))
                    .isEqualTo("100G");
            assertThat(keeper.changes().list(staff, true, "", 10)).hasSize(1);
            assertThat(keeper.rule(DemoCountry.topology(), 1)).isEqualTo(new BookKeeper.Ruling.File("", ""));
        }
    }
}
