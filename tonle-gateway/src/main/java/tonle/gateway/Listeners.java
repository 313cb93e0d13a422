// SPDX-License-Identifier: Apache-2.0
package tonle.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tonle.base.power.Clock;
import tonle.gateway.config.GatewayConfig;
import tonle.gateway.config.ListenSocket;
import tonle.gateway.listen.BusyPort;
import tonle.gateway.listen.StreamListener;
import tonle.gateway.listen.TlsDoor;
import tonle.gateway.listen.UdpListener;
import tonle.gateway.listen.Workers;
import tonle.portal.GatewayStatus;

/** All sockets of a gateway that take flow data in. */
final class Listeners implements AutoCloseable {
    private final Workers workers;
    private final GatewayConfig.Listen config;
    private final Clock clock;
    private final boolean mayMove;
    private final List<String> moved = new CopyOnWriteArrayList<>();
    private final List<UdpListener> udp = new CopyOnWriteArrayList<>();
    private final List<StreamListener> streams = new CopyOnWriteArrayList<>();
    private final Set<ListenSocket> tlsOpen = ConcurrentHashMap.newKeySet();
    private volatile String tlsTrouble = "";
    private volatile boolean isStarted;

    private Listeners(GatewayConfig.Listen config, Workers workers, Clock clock, boolean mayMove) {
        this.config = config;
        this.workers = workers;
        this.clock = clock;
        this.mayMove = mayMove;
    }

    /**
     * Opens and binds all that need no certificate, or none; nothing is received before {@link #start}.
     *
     * @param mayMove whether a free port does where the configured one is busy: for a demonstration, whose devices
     * learn the port; real exporters would send into the void
     */
    static Listeners open(GatewayConfig.Listen config, Workers workers, Clock clock, boolean mayMove)
            throws IOException {
        Listeners listeners = new Listeners(config, workers, clock, mayMove);
        try {
            for (ListenSocket socket : config.udp()) {
                listeners.udp.add(listeners.bound(
                        socket, free -> UdpListener.open(free, config.receiveBufferKib() << 10, workers, clock)));
            }
            for (ListenSocket socket : config.tcp()) {
                listeners.streams.add(listeners.stream(socket, Optional.empty()));
            }
        } catch (IOException e) {
            listeners.close();
            throw e;
        }
        return listeners;
    }

    /**
     * Opens the sockets for exporters that show a certificate, those that are not open yet. What fails leaves the
     * others open, and is tried again with the next call.
     */
    void openTls(TlsDoor door) throws IOException {
        for (ListenSocket socket : config.tls()) {
            if (tlsOpen.contains(socket)) {
                continue;
            }
            try {
                StreamListener listener = stream(socket, Optional.of(door));
                streams.add(listener);
                tlsOpen.add(socket);
                if (isStarted) {
                    listener.start();
                }
            } catch (IOException e) {
                tlsTrouble = String.valueOf(e.getMessage());
                throw e;
            }
        }
        tlsTrouble = "";
    }

    boolean isTlsClosed() {
        return !tlsOpen.containsAll(config.tls());
    }

    /** Why doors for exporters with a certificate stay closed though there is one. */
    void tlsTrouble(String words) {
        tlsTrouble = words;
    }

    String tlsTrouble() {
        return tlsTrouble;
    }

    void closeUnwelcome() {
        streams.forEach(StreamListener::closeUnwelcome);
    }

    private StreamListener stream(ListenSocket socket, Optional<TlsDoor> door) throws IOException {
        return bound(
                socket,
                free -> StreamListener.open(free, door, config.sessions(), config.idleSeconds(), workers, clock));
    }

    private interface Opening<T> {
        T open(ListenSocket socket) throws IOException;
    }

    private <T> T bound(ListenSocket socket, Opening<T> opening) throws IOException {
        try {
            return opening.open(socket);
        } catch (BusyPort e) {
            if (!mayMove) {
                throw e;
            }
            moved.add("  note: port " + socket.port() + " is busy; the demo takes a free one");
            return opening.open(new ListenSocket(socket.address(), 0));
        }
    }

    private List<ListenSocket> closedDoors() {
        return config.tls().stream().filter(socket -> !tlsOpen.contains(socket)).toList();
    }

    void start() {
        udp.forEach(UdpListener::start);
        streams.forEach(StreamListener::start);
        isStarted = true;
    }

    List<UdpListener> udp() {
        return List.copyOf(udp);
    }

    List<StreamListener> streams() {
        return List.copyOf(streams);
    }

    /** What each one is, for the first lines of a gateway. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(moved);
        for (UdpListener listener : udp) {
            String at = at(listener.socket(), listener.port());
            lines.add("listening  NetFlow, IPFIX, sFlow  udp " + at + ", receive buffer " + kib(listener.gotOctets()));
            if (listener.gotOctets() < listener.askedOctets()) {
                lines.add("  warning: asked the system for a receive buffer of " + kib(listener.askedOctets())
                        + " and got " + kib(listener.gotOctets())
                        + ", so that bursts may be lost; raise it with 'sysctl -w"
                        + " net.core.rmem_max=" + listener.askedOctets() + "', or give Tonle CAP_NET_ADMIN");
            }
        }
        for (StreamListener listener : streams) {
            String kind = listener.transport().equals("tls") ? "IPFIX over TLS  " : "IPFIX over TCP  ";
            lines.add("listening  " + kind + "tcp " + at(listener.socket(), listener.port()));
        }
        for (ListenSocket socket : closedDoors()) {
            String why = tlsTrouble.isEmpty()
                    ? "no certificate yet; 'tonle certificate new exporter NAME' makes the first"
                    : tlsTrouble;
            lines.add("not open   IPFIX over TLS  tcp " + socket + ": " + why);
        }
        return lines;
    }

    List<GatewayStatus.Listener> status() {
        List<GatewayStatus.Listener> all = new ArrayList<>();
        int length = workers.queueLength();
        int capacity = workers.queueCapacity();
        for (UdpListener each : udp) {
            all.add(new GatewayStatus.Listener(
                    at(each.socket(), each.port()),
                    "udp",
                    each.socket().address().text(),
                    each.port(),
                    each.askedOctets(),
                    each.gotOctets(),
                    each.received(),
                    each.kernelDropped(),
                    each.queueDropped(),
                    length,
                    capacity,
                    0,
                    false,
                    each.trouble()));
        }
        for (StreamListener each : streams) {
            all.add(stream(
                    new ListenSocket(each.socket().address(), each.port()),
                    each.transport(),
                    each.port(),
                    each.received(),
                    each.connections(),
                    false,
                    each.trouble()));
        }
        for (ListenSocket socket : closedDoors()) {
            all.add(stream(socket, "tls", socket.port(), 0, 0, tlsTrouble.isEmpty(), tlsTrouble));
        }
        return all;
    }

    private GatewayStatus.Listener stream(
            ListenSocket socket,
            String transport,
            int port,
            long received,
            int connections,
            boolean awaitsCertificate,
            String trouble) {
        String address = socket.address().text();
        return new GatewayStatus.Listener(
                socket.text(),
                transport,
                address,
                port,
                0,
                0,
                received,
                0,
                0,
                0,
                0,
                connections,
                awaitsCertificate,
                trouble);
    }

    void closeSilent(long nowMillis) {
        streams.forEach(listener -> listener.closeSilent(nowMillis));
    }

    private static String at(ListenSocket socket, int port) {
        return new ListenSocket(socket.address(), port).text();
    }

    private static String kib(long octets) {
        return octets >= 1 << 20 ? (octets >> 20) + " MiB" : (octets >> 10) + " KiB";
    }

    /** Takes in what the system holds, then closes; the first failure is thrown when all are closed. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        List<AutoCloseable> all = new ArrayList<>(udp);
        all.addAll(streams);
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (IOException e) {
                failure = e;
            } catch (Exception e) {
                throw new IllegalStateException("a listener closes with IOException only", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
