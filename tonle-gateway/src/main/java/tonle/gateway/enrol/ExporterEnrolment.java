// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.enrol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tonle.base.DeviceAddress;
import tonle.gateway.config.ConfigurationFile;
import tonle.gateway.config.ConfigurationText;
import tonle.gateway.config.ListenSocket;
import tonle.gateway.file.WholeFile;
import tonle.portal.Enrolment;
import tonle.registry.rights.Actor;
import tonle.traffic.exporter.MeterView;
import tonle.traffic.topology.Exporter;
import tonle.traffic.topology.Topology;

/**
 * Takes exporters in: into the book where it rules, else by writing {@code exporters.d/ID.yaml} beside the
 * configuration and reloading. The file appears whole or not at all, and goes again where the reload refuses it.
 */
public final class ExporterEnrolment implements Enrolment {
    private static final String ID_FORM = "[A-Za-z0-9][A-Za-z0-9-]{0,30}";
    private static final int ACTIVE_TIMEOUT_SECONDS_DEFAULT = 120;

    private final Path configurationFile;
    private final Supplier<Topology> topology;
    private final MeterView meter;
    private final Supplier<List<String>> sockets;
    private final Reload reload;
    private final Supplier<Optional<TakingIn>> book;

    /** Puts the changed configuration in force, or throws what is wrong with it. */
    public interface Reload {
        String now() throws IOException;
    }

    /**
     * @param sockets {@code address:port} of each UDP listener as it is bound
     * @param book takes it in where the book rules; empty where the configuration file does
     */
    public ExporterEnrolment(
            Path configurationFile,
            Supplier<Topology> topology,
            MeterView meter,
            Supplier<List<String>> sockets,
            Reload reload,
            Supplier<Optional<TakingIn>> book) {
        this.configurationFile = configurationFile;
        this.topology = topology;
        this.meter = meter;
        this.sockets = sockets;
        this.reload = reload;
        this.book = book;
    }

    @Override
    public synchronized Outcome accept(Acceptance acceptance, Actor actor) {
        Optional<DeviceAddress> address = DeviceAddress.parse(acceptance.address());
        if (!acceptance.id().matches(ID_FORM)) {
            return new Outcome.Refused(
                    Reason.ID_INVALID, "an id has 1 to 31 letters, digits and hyphens of ASCII, no hyphen first");
        }
        if (address.isEmpty()) {
            return new Outcome.Refused(
                    Reason.ADDRESS_UNKNOWN, "'" + acceptance.address() + "' is no address in digits");
        }
        Topology now = topology.get();
        for (Exporter exporter : now.exporters()) {
            boolean sameAddress = exporter.addresses().contains(address.get());
            boolean sameId = exporter.id().equalsIgnoreCase(acceptance.id());
            if (sameAddress && exporter.id().equals(acceptance.id())) {
                return new Outcome.Accepted(exporter.id());
            }
            if (sameAddress) {
                return new Outcome.Refused(
                        Reason.ADDRESS_TAKEN, address.get() + " is an address of exporter " + exporter.id());
            }
            if (sameId) {
                return new Outcome.Refused(Reason.ID_TAKEN, "there is an exporter " + exporter.id() + " already");
            }
        }
        if (!acceptance.site().isEmpty()
                && now.sites().stream().noneMatch(site -> site.id().equals(acceptance.site()))) {
            return new Outcome.Refused(Reason.SITE_UNKNOWN, "there is no site " + acceptance.site());
        }
        String text = address.get().text();
        if (meter.exporters().stream().noneMatch(heard -> heard.address().equals(text))) {
            return new Outcome.Refused(Reason.ADDRESS_UNKNOWN, "nothing has come from " + text);
        }
        Exporter exporter = exporter(acceptance, address.get());
        return book.get().map(each -> each.take(exporter, actor)).orElseGet(() -> write(exporter));
    }

    private static Exporter exporter(Acceptance acceptance, DeviceAddress address) {
        return new Exporter(
                acceptance.id(),
                acceptance.site(),
                List.of(address),
                List.of(),
                acceptance.kind(),
                0,
                List.of(),
                false,
                false,
                ACTIVE_TIMEOUT_SECONDS_DEFAULT,
                false,
                "");
    }

    private Outcome write(Exporter exporter) {
        Path folder = configurationFile.resolveSibling(ConfigurationFile.TAKEN_IN);
        Path file = folder.resolve(exporter.id() + ".yaml");
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                return new Outcome.Refused(
                        Reason.CONFIGURATION_NOT_WRITABLE, file + " is there already; reload, or move it away");
            }
            WholeFile.write(file, ConfigurationText.takenIn(exporter));
        } catch (IOException e) {
            return new Outcome.Refused(Reason.CONFIGURATION_NOT_WRITABLE, file + ": " + e.getMessage());
        }
        try {
            reload.now();
            return new Outcome.Accepted(exporter.id());
        } catch (IOException e) {
            String detail = "the configuration is refused and stays as it was: " + e.getMessage();
            try {
                Files.deleteIfExists(file);
            } catch (IOException left) {
                detail += "; " + file + " could not be removed again: " + left.getMessage();
            }
            return new Outcome.Refused(Reason.CONFIGURATION_NOT_WRITABLE, detail);
        }
    }

    @Override
    public List<Snippet> snippets() {
        return Arrays.stream(Equipment.values()).map(this::snippet).toList();
    }

    /** With the socket that this kind's protocol usually goes to, or else the first. */
    private Snippet snippet(Equipment equipment) {
        List<ListenSocket> bound = sockets.get().stream()
                .flatMap(text -> ListenSocket.parse(text).stream())
                .toList();
        ListenSocket socket = bound.stream()
                .filter(each -> each.port() == equipment.portDefault())
                .findFirst()
                .or(() -> bound.stream().findFirst())
                .orElse(null);
        if (socket == null) {
            return equipment.snippet("COLLECTOR-ADDRESS", equipment.portDefault());
        }
        boolean isReachable = !socket.isLoopback()
                && (socket.address().high() != 0 || socket.address().low() != 0);
        String address = isReachable ? socket.address().text() : "COLLECTOR-ADDRESS";
        return equipment.snippet(address, socket.port());
    }
}
