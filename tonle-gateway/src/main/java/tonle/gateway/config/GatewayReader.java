// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tonle.base.NearestName;
import tonle.gateway.config.GatewayConfig.Database;
import tonle.gateway.config.GatewayConfig.Listen;
import tonle.gateway.config.GatewayConfig.Policies;
import tonle.gateway.config.GatewayConfig.Portal;
import tonle.gateway.config.GatewayConfig.Tables;
import tonle.traffic.store.Retention;

/** Reads what is not topology: tables, listeners, pages, retention, policies. */
final class GatewayReader {
    private final Problems problems;

    private static final List<String> RELOADS = List.of("ordered", "watch");

    GatewayReader(Problems problems) {
        this.problems = problems;
    }

    GatewayConfig read(Section root, Path folder) {
        Section tables = root.section("tables");
        Section listen = root.section("listen");
        Section policies = root.section("policies");
        return new GatewayConfig(
                new Tables(tables.files("origins", folder), tables.files("rir-statistics", folder)),
                new Listen(
                        sockets(listen, "udp"),
                        sockets(listen, "tcp"),
                        sockets(listen, "tls"),
                        (int) listen.number("workers"),
                        (int) listen.number("receive-buffer-kib"),
                        (int) listen.number("queue-kib"),
                        (int) listen.number("sessions"),
                        (int) listen.number("idle-seconds")),
                portal(root.section("portal")),
                database(root.section("database"), folder),
                retention(root.section("retention")),
                new Policies(policies.flag("refuse-personal"), policies.flag("nested-prefixes")),
                policies.choice("reload", RELOADS).equals("watch"));
    }

    private Database database(Section section, Path folder) {
        String url = section.text("url");
        String file = section.text("password-file");
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            problems.add(
                    section.spot("url"),
                    "'" + Section.cut(url)
                            + "' is no address of a PostgreSQL such as jdbc:postgresql://db.example:5432/tonle");
        }
        if (!url.isEmpty() && url.matches(".*[?&](user|password)=.*")) {
            problems.add(
                    section.spot("url"),
                    "credentials do not belong in the URL; name a file with database.password-file");
        }
        if (!url.isEmpty() && file.isEmpty()) {
            problems.add(section.spot("url"), "database.url needs database.password-file beside it");
        }
        Optional<Path> passwordFile = Optional.empty();
        try {
            passwordFile = file.isEmpty()
                    ? passwordFile
                    : Optional.of(folder.resolve(file).normalize());
        } catch (InvalidPathException _) {
            problems.add(section.spot("password-file"), "'" + Section.cut(file) + "' is not a path");
        }
        return new Database(url, passwordFile, (int) section.number("connections"));
    }

    private Portal portal(Section section) {
        String name = section.text("zone");
        ZoneId zone = ZoneOffset.UTC;
        try {
            zone = ZoneId.of(name);
        } catch (DateTimeException _) {
            problems.add(
                    section.spot("zone"),
                    "'" + Section.cut(name) + "' is no time zone"
                            + NearestName.asQuestion(name, ZoneId.getAvailableZoneIds()));
        }
        return new Portal(
                (int) section.number("port"), zone, section.text("data-licence"), section.flag("enrol-by-page"));
    }

    private List<ListenSocket> sockets(Section section, String name) {
        List<ListenSocket> sockets = new ArrayList<>();
        for (Section.Item item : section.texts(name)) {
            ListenSocket.parse(item.text())
                    .ifPresentOrElse(
                            socket -> add(socket, sockets, item.spot()),
                            () -> problems.add(
                                    item.spot(),
                                    "'" + Section.cut(item.text())
                                            + "' is not an own address and port such as 127.0.0.1:2055 or [::1]:4739"));
        }
        return sockets;
    }

    private void add(ListenSocket socket, List<ListenSocket> sockets, Spot spot) {
        if (socket.port() != 0 && sockets.contains(socket)) {
            problems.add(spot, socket.text() + " stands in this list twice; keep one");
        } else {
            sockets.add(socket);
        }
    }

    private Retention retention(Section section) {
        int bin = (int) section.number("bin-days");
        int hour = (int) section.number("hour-days");
        int day = (int) section.number("day-days");
        if (hour < bin || day < hour) {
            String steps = "bin-days " + bin + ", hour-days " + hour + ", day-days " + day;
            problems.add(section.spot(), "retention must not shrink from step to step: " + steps);
            return Retention.DEFAULT;
        }
        return new Retention(bin, hour, day);
    }
}
