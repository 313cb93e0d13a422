// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tonle.base.power.Clock;
import tonle.database.DatabaseOutage;
import tonle.database.Scope;
import tonle.database.Work;
import tonle.notary.check.LogSource;
import tonle.notary.entry.Entry;
import tonle.notary.log.LogPlaces;
import tonle.notary.log.PublicLog;
import tonle.notary.witness.WitnessGroup;
import tonle.notary.witness.WitnessState;
import tonle.portal.proof.ActsOfLog;
import tonle.portal.proof.LogHealth;
import tonle.portal.proof.ProofScript;
import tonle.portal.proof.PublishedLog;
import tonle.registry.audit.ActsInLog;
import tonle.registry.audit.AuditDigest;
import tonle.registry.audit.Notary;
import tonle.registry.audit.Outbox;
import tonle.registry.rule.RuleVersion;
import tonle.registry.rule.RuleWitness;
import tonle.registry.rule.Rules;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.LogIdentity;
import tonle.tlog.note.NoteSignature;
import tonle.tlog.note.TrustedCheckpoint;
import tonle.tlog.tree.Hash;

/**
 * Keeps the public log of a gateway, on a thread of its own. Each second what waits in the audit's outbox is entered;
 * at each start the program and its configuration; every five minutes that the gateway runs. While the log cannot be
 * written nothing else stops: what is to be entered waits, and the status page says since when and why.
 */
public final class GatewayLog implements PublishedLog, Notary, RuleWitness, AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;
    private static final long HEARTBEAT_MILLIS = 300_000;
    /** What a heartbeat promises: the next comes well before. */
    private static final long NEXT_WITHIN_SECONDS = 600;

    private static final long COSIGN_SECONDS_MAX = 60;
    private static final long COSIGN_LOOK_MILLIS = 20;
    private static final long STOP_MILLIS_MAX = 30_000;

    private final LogPlaces places;
    private final String version;
    private final Clock clock;
    private final Consumer<String> say;
    private final Supplier<Optional<Work>> server;
    private final Supplier<List<Path>> configurationFiles;
    private final Supplier<ZoneId> zone;
    private final ConfigurationCommitment configuration;
    private final LogWitnesses witnesses;
    private final PublicLog log;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("tonle-notary").unstarted(this::work);
    private final LogAlarms alarms;
    private volatile boolean isConfigurationEntered;
    private volatile long waitingEvents;
    /** What of the gateway's own cannot be read, in words, or empty. */
    private volatile String unread = "";

    private boolean isProgramEntered;
    private long heartbeatMillis = Long.MIN_VALUE;

    /**
     * @param gatewayName becomes part of the origin of a log that begins
     * @param server units under the gateway's own credentials; empty while there is no database
     * @param configurationFiles that are in force
     * @param zone in which the day of a rule begins
     */
    public GatewayLog(
            Path dataDirectory,
            String gatewayName,
            String version,
            Clock clock,
            Consumer<String> say,
            Supplier<Optional<Work>> server,
            Supplier<List<Path>> configurationFiles,
            Supplier<ZoneId> zone) {
        this.zone = zone;
        this.places = LogPlaces.in(dataDirectory);
        this.version = version;
        this.clock = clock;
        this.say = say;
        this.server = server;
        this.configurationFiles = configurationFiles;
        this.configuration = new ConfigurationCommitment(places.secret());
        this.witnesses = new LogWitnesses(places, clock, this::publish);
        this.log = new PublicLog(places, gatewayName, clock, witnesses);
        this.alarms = new LogAlarms(say);
    }

    public GatewayLog start() {
        thread.start();
        return this;
    }

    private boolean publish(long size, List<NoteSignature> lines) {
        return log.publishCosigned(size, lines);
    }

    /** Another configuration is in force: it is entered at the next look. */
    public void configured() {
        isConfigurationEntered = false;
    }

    private void work() {
        log.start();
        log.state()
                .identity()
                .ifPresent(identity -> say.accept("public log " + identity.origin() + ", "
                        + log.state().head().size() + " entries"));
        try {
            do {
                look();
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            look();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // Nobody interrupts this thread but a dying process.
        }
    }

    /** One thing to enter. */
    private interface Step {
        void run() throws IOException;
    }

    /** What cannot be entered now comes again at the next look, and keeps nothing else from being entered. */
    private void look() {
        boolean isBegun = isDone(this::begin);
        if (isBegun) {
            isDone(this::enterProgram);
            isDone(this::enterConfiguration);
            isDone(this::beat);
        }
        if (!isBegun || !isDone(this::drain)) {
            count();
        }
        alarms.look(health());
    }

    private static boolean isDone(Step step) {
        try {
            step.run();
            return true;
        } catch (DatabaseOutage _) {
            return true; // Said by whoever looks after the database; the acts wait there.
        } catch (IOException _) {
            return false; // The log says why, or the step has said what it could not read.
        }
    }

    /** The first entry of a log says who it is: nothing comes before it. */
    private void begin() throws IOException {
        LogIdentity identity = log.identity();
        if (log.state().head().size() == 0) {
            enter(Entry.LogOpened.by(now(), identity));
        }
    }

    private void enterProgram() throws IOException {
        if (isProgramEntered) {
            return;
        }
        Hash program = readOwn("the files of the program", ProgramDigest::ofThisProgram);
        enter(new Entry.Software(now(), "tonle " + version, program));
        enter(new Entry.Software(now(), ProofScript.NAME + " of tonle " + version, Hash.ofHex(ProofScript.sha256())));
        isProgramEntered = true;
    }

    private void enterConfiguration() throws IOException {
        if (isConfigurationEntered) {
            return;
        }
        isConfigurationEntered = true; // Before it is read: a change meanwhile is entered by the next look.
        try {
            Hash commitment = readOwn("the configuration", () -> configuration.of(configurationFiles.get()));
            enter(new Entry.Configuration(now(), commitment));
        } catch (IOException e) {
            isConfigurationEntered = false;
            throw e;
        }
    }

    private void beat() throws IOException {
        long millis = clock.monotonicNanos() / 1_000_000;
        if (heartbeatMillis == Long.MIN_VALUE || millis - heartbeatMillis >= HEARTBEAT_MILLIS) {
            enter(new Entry.Heartbeat(now(), NEXT_WITHIN_SECONDS));
            heartbeatMillis = millis;
        }
    }

    /** Reading what is no file of the log. */
    private interface Reading {
        Hash read() throws IOException;
    }

    private Hash readOwn(String what, Reading reading) throws IOException {
        try {
            Hash read = reading.read();
            unread = "";
            return read;
        } catch (IOException e) {
            unread = what + " cannot be read, so the public log does not hold what is at work: " + e;
            throw e;
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.unixMillis());
    }

    private void drain() throws IOException {
        Optional<Work> work = server.get();
        if (work.isPresent()) {
            Outbox outbox = new Outbox(work.get());
            while (outbox.drain(this) > 0) {
                // One submission after the other, until none waits.
            }
            enterRules(work.get());
            waitingEvents = 0;
        }
    }

    /** Each stage of a rule's version, with the digest of its words: everybody may compare. */
    private void enterRules(Work work) throws IOException {
        for (RuleVersion version : Rules.unentered(work)) {
            Entry entry = new Entry.Rule(
                    version.rule().word(),
                    version.version(),
                    version.stage().word(),
                    version.effectiveDay().atStartOfDay(zone.get()).toInstant(),
                    version.loosens(),
                    Hash.ofHex(version.digest()));
            Rules.entered(work, version, enter(entry));
        }
    }

    @Override
    public Optional<String> missing(long entry) {
        if (!witnesses.isWitnessed()) {
            return Optional.of("nobody witnesses the public log");
        }
        return witnesses.witnessedSize() > entry
                ? Optional.empty()
                : Optional.of(
                        "entry " + entry + " is not cosigned by a quorum: " + LogAlarms.words(witnesses.states()));
    }

    private void count() {
        try {
            server.get().ifPresent(work -> waitingEvents = work.read(Scope.system(), Outbox::waitingCount));
        } catch (DatabaseOutage _) {
            // The last count stands.
        }
    }

    @Override
    public void submit(List<AuditDigest> digests) throws IOException {
        log.enter(digests.stream()
                .map(digest -> new Entry.Acts(
                                digest.sequenceFirst(),
                                digest.sequenceFinal(),
                                digest.act(),
                                Hash.ofHex(digest.contentId()))
                        .octets())
                .toList());
    }

    /** Enters one; returns its number when it is durable and public. */
    private long enter(Entry entry) throws IOException {
        return log.enter(List.of(entry.octets())).getFirst().index();
    }

    /**
     * Puts a policy of witnesses in force: it is entered in the log; a quorum of the witnesses until now, where there
     * are such, must cosign that; a quorum of the new ones must cosign it too; then it is published and holds.
     *
     * @param text C2SP tlog-policy, with or without the lines of this log
     * @return what holds now, in words
     * @throws IOException in words, and the policy until now stays in force
     */
    public synchronized String use(byte[] text) throws IOException {
        LogIdentity identity = log.identity();
        LogWitnesses.Checked checked = LogWitnesses.checked(text, identity);
        WitnessGroup candidate = witnesses.candidate(checked.policy(), identity);
        boolean isTaken = false;
        try {
            long index = enter(new Entry.WitnessPolicy(now(), Octets.of(checked.octets())));
            if (witnesses.isWitnessed()) {
                await(index, witnesses::witnessedSize, witnesses::states, "the witnesses until now");
            }
            offer(candidate, identity);
            await(index, candidate::witnessedSize, candidate::states, "the new witnesses");
            log.publishPolicy(checked.octets());
            witnesses.use(candidate);
            isTaken = true;
            return "entry " + index + " is cosigned; the log is witnessed by "
                    + candidate.states().size() + " now";
        } finally {
            if (!isTaken) {
                candidate.close();
            }
        }
    }

    private void offer(WitnessGroup candidate, LogIdentity identity) throws IOException {
        byte[] note = files().read("checkpoint").orElseThrow(() -> new IOException("the log shows no checkpoint"));
        if (TrustedCheckpoint.open(note, identity, List.of())
                instanceof Outcome.Good<TrustedCheckpoint>(TrustedCheckpoint checkpoint)) {
            candidate.published(checkpoint.note());
        }
    }

    private void await(long index, Supplier<Long> witnessedSize, Supplier<List<WitnessState>> states, String who)
            throws IOException {
        long deadline = clock.monotonicNanos() + TimeUnit.SECONDS.toNanos(COSIGN_SECONDS_MAX);
        while (witnessedSize.get() <= index) {
            boolean isOver = clock.monotonicNanos() > deadline;
            boolean isRefused =
                    states.get().stream().allMatch(state -> state.trouble().isPresent());
            if (isOver || isRefused) {
                throw new IOException("entry " + index + " is in the log, and " + who
                        + " did not cosign it, so nothing has changed: " + LogAlarms.words(states.get()));
            }
            try {
                if (closing.await(COSIGN_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the gateway is stopping");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while witnesses were asked", e);
            }
        }
    }

    @Override
    public LogSource files() {
        return LogSource.folder(places.published());
    }

    @Override
    public ActsInLog acts() {
        return new ActsOfLog(files(), clock);
    }

    @Override
    public LogHealth health() {
        return new LogHealth(log.state(), witnesses.states(), witnesses.witnessedSize(), waitingEvents);
    }

    /** What is in the way of the log, in words, each once. */
    public List<String> troubles() {
        return Stream.concat(
                        LogAlarms.troubles(health()).stream(), Stream.of(unread).filter(words -> !words.isEmpty()))
                .toList();
    }

    /** Enters what waits, and lets go of the files. Before the database is closed, where the acts are. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive()) {
                thread.join(STOP_MILLIS_MAX);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        log.close();
        witnesses.close();
    }
}
