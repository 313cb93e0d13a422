// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tonle.testkit.SettableClock;

class RecentAnswersTest {
    private final SettableClock clock = new SettableClock(1_790_000_000_000L);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean fails;
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile boolean isSlow;

    /** A store that counts; each answer is another list. */
    private final TrafficStore store = (TrafficStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {TrafficStore.class}, (_, method, given) -> {
                asked.incrementAndGet();
                if (isSlow) {
                    mayAnswer.await();
                }
                if (fails) {
                    throw new IOException("the disk is away");
                }
                return switch (method.getName()) {
                    case "rates", "months" -> new ArrayList<>(List.of());
                    case "health" -> new StoreHealth(true, "", 0, 0, asked.get(), 0, 0, 0, 0, 0);
                    default -> null;
                };
            });

    private final RecentAnswers recent = new RecentAnswers(store, clock);

    @Test
    void theSameQuestionIsAskedOnceWithinItsTimeAndAnewAfterIt() throws IOException {
        List<LinkRate> first = recent.rates(100);
        assertThat(recent.rates(100)).isSameAs(first);
        assertThat(recent.rates(400)).as("another question").isNotSameAs(first);
        assertThat(recent.months(100, 400)).isNotSameAs(first);
        clock.advanceMillis(15_001);
        assertThat(recent.rates(100)).isNotSameAs(first);
        assertThat(asked).hasValue(4);
    }

    @Test
    void anOlderAnswerIsGivenWhileItIsAskedForAnewInTheBackground() throws Exception {
        List<LinkRate> first = recent.rates(100);
        clock.advanceMillis(5_001);
        isSlow = true;
        assertThat(recent.rates(100)).as("nobody waits").isSameAs(first);
        assertThat(recent.rates(100)).isSameAs(first);
        mayAnswer.countDown();
        long end = System.nanoTime() + 20_000_000_000L;
        while (recent.rates(100) == first) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        assertThat(asked).as("once for all who came meanwhile").hasValue(2);
        fails = true;
        clock.advanceMillis(5_001);
        recent.rates(100);
        while (asked.get() < 3) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        clock.advanceMillis(15_001);
        assertThatThrownBy(() -> recent.rates(100))
                .as("a failure is met by who asks next")
                .isInstanceOf(IOException.class);
    }

    @Test
    void healthIsToldSooner() {
        long rows = recent.health().volumeRows();
        assertThat(recent.health().volumeRows()).isEqualTo(rows);
        clock.advanceMillis(1_001);
        assertThat(recent.health().volumeRows()).isGreaterThan(rows);
    }

    @Test
    void aFailureIsToldAndNotKept() throws IOException {
        fails = true;
        assertThatThrownBy(() -> recent.rates(1))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is away");
        fails = false;
        assertThat(recent.rates(1)).isEmpty();
    }

    @Test
    void manyWhoAskTheSameAtOnceAskTheStoreOnce() throws Exception {
        isSlow = true;
        try (ExecutorService people = Executors.newFixedThreadPool(8)) {
            List<Future<List<LinkRate>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(people.submit(() -> recent.rates(7)));
            }
            mayAnswer.countDown();
            List<LinkRate> one = answers.getFirst().get();
            for (Future<List<LinkRate>> answer : answers) {
                assertThat(answer.get()).isSameAs(one);
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void theOldestGoesBeyondTheBound() throws IOException {
        List<LinkRate> first = recent.rates(0);
        for (int i = 1; i <= RecentAnswers.KEPT_MAX; i++) {
            recent.rates(i);
        }
        assertThat(recent.rates(0)).isNotSameAs(first);
    }
}
