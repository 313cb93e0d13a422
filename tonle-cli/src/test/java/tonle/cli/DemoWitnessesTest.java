// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tonle.base.power.Clock;
import tonle.base.power.SystemClock;
import tonle.gateway.Gateway;
import tonle.gateway.GatewayOptions;
import tonle.gateway.Parts;
import tonle.gateway.RunningGateway;
import tonle.notary.check.LogCheck;
import tonle.notary.check.LogSource;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.RunningPortal;
import tonle.tlog.Outcome;
import tonle.tlog.proof.TrustPolicy;
import tonle.traffic.store.TrafficStore;

/** A gateway's log and three witnesses in processes of their own: introduced, put in force, replaced, away. */
class DemoWitnessesTest {
    private static final long DEADLINE_NANOS = 90_000_000_000L;

    private static final Parts WITHOUT_DATABASE = new Parts() {
        @Override
        public TrafficStore store(Path directory, Clock clock) throws IOException {
            return Parts.REAL.store(directory, clock);
        }

        @Override
        public RunningPortal portal(PortalSettings settings, PortalServices services) throws IOException {
            return Parts.REAL.portal(settings, services);
        }
    };

    @TempDir
    Path data;

    private final SystemClock clock = new SystemClock();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private RunningGateway start() throws IOException {
        Files.writeString(
                data.resolve("tonle.yaml"),
                "gateway: {name: Test}\nlisten: {udp: ['127.0.0.1:0'], tcp: [], tls: [], queue-kib: 1024}\n");
        return Gateway.start(
                new GatewayOptions(data, Optional.empty(), false, "test", clock, said::add, OptionalInt.of(0)),
                WITHOUT_DATABASE);
    }

    private void await(BooleanSupplier done, RunningGateway gateway, String what) {
        long end = clock.monotonicNanos() + DEADLINE_NANOS;
        while (!done.getAsBoolean()) {
            assertThat(clock.monotonicNanos())
                    .as("%s: %s, %s", what, gateway.logHealth(), said)
                    .isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void threeWitnessesCosignWhatIsEnteredAndGoOnAfterARestart() throws Exception {
        long size;
        try (DemoWitnesses witnesses = DemoWitnesses.start(data, said::add);
                RunningGateway gateway = start()) {
            witnesses.introduce(gateway);
            await(() -> gateway.logHealth().witnesses().size() == 3, gateway, "three are in force");
            await(() -> gateway.logHealth().isWitnessed(), gateway, "a quorum has cosigned all");
            await(() -> isProven(0), gateway, "anybody proves it under the published policy");
            assertThat(policy().isQuorum(java.util.Set.of())).isFalse();
            assertThat(gateway.status().troubles()).isEmpty();
            refusals(gateway);
            size = gateway.logHealth().writer().head().size();
        }
        try (DemoWitnesses witnesses = DemoWitnesses.start(data, said::add);
                RunningGateway gateway = start()) {
            witnesses.introduce(gateway);
            await(() -> gateway.logHealth().writer().head().size() > size, gateway, "the log goes on");
            await(() -> gateway.logHealth().isWitnessed(), gateway, "and is witnessed");
            assertThat(said).noneMatch(line -> line.contains("does not run"));
            assertThat(witnesses.processes()).hasSize(3).allMatch(ProcessHandle::isAlive);
            witnesses.processes().getFirst().destroyForcibly();
            witnesses.processes().getFirst().onExit().join();
            gateway.reload();
            await(
                    () -> gateway.logHealth().witnesses().stream()
                            .anyMatch(witness -> witness.trouble().isPresent()),
                    gateway,
                    "one is away, and named");
            await(() -> gateway.logHealth().isWitnessed(), gateway, "two of three are a quorum");
        }
    }

    /** Policies that would leave the log with nobody, or with those who do not answer. */
    private void refusals(RunningGateway gateway) throws IOException {
        assertThat(refused(gateway, "quorum none\n")).contains("asks for no witness");
        assertThat(refused(gateway, "nonsense\n")).contains("no policy", "tlog-policy");
        String own = Files.readString(data.resolve("witnesses/policy"));
        String nowhere = own.replaceAll("http://127.0.0.1:[0-9]+/", "http://127.0.0.1:9/");
        assertThat(refused(gateway, nowhere)).contains("nothing has changed", "does not answer");
        assertThat(refused(gateway, own.replaceAll("http://\\S+", ""))).contains("no quorum");
        assertThat(refused(gateway, own.replace("http:", "gopher:"))).contains("http or https");
        assertThat(gateway.logHealth().witnesses()).hasSize(3);
        assertThat(gateway.logHealth().witnesses())
                .allMatch(witness -> !witness.address().contains(":9/"));
        assertThat(refused(gateway, "log other+2f6e1d0a+AXXX\n" + own)).contains("another log's key");
    }

    private String refused(RunningGateway gateway, String policy) throws IOException {
        Path file = Files.writeString(data.resolve("tried.policy"), policy);
        try {
            return "taken: " + gateway.useWitnesses(file);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private TrustPolicy policy() throws IOException {
        byte[] octets = Files.readAllBytes(data.resolve("log/policy"));
        assertThat(new String(octets, UTF_8)).contains("quorum demo");
        return ((Outcome.Good<TrustPolicy>) TrustPolicy.parse(octets)).value();
    }

    private boolean isProven(long index) {
        try {
            return new LogCheck(LogSource.folder(data.resolve("log")), policy(), clock.unixMillis() / 1_000 + 5)
                            .entry(index)
                    instanceof LogCheck.Result.Holds;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
