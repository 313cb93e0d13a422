// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.canary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import tonle.base.power.Seed;

/**
 * What is planted in every input and must never be seen again: hosts, MAC addresses, names, payload. All from a seed;
 * hosts that are never sent, of the same networks, show how often four octets occur by chance.
 */
final class Marks {
    private static final String SENT_ALONE = "ipv4 alone";
    private static final String CONTROL_ALONE = "control alone";
    private static final int NETWORKS = 8;
    private static final int HOSTS_PER_NETWORK = 8;
    private static final int COUNT = 32;

    private final String door;
    private final Seed seed;
    private final List<byte[]> addresses4 = new ArrayList<>();
    private final List<byte[]> addresses6 = new ArrayList<>();
    private final List<byte[]> macs = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<Pattern> weak = new ArrayList<>();

    /** @param door by which they go in: marks of different doors are told apart */
    Marks(long number, String door) {
        this.door = door;
        seed = new Seed(number).fork(door);
        for (int i = 0; i < NETWORKS; i++) {
            network4();
        }
        for (int i = 0; i < COUNT; i++) {
            address6();
            byte[] mac = octets(6);
            mac[0] = 0x02;
            macs.add(mac);
            add(Pattern.ofOctets(door + " mac", mac));
            add(Pattern.ofText(door + " mac", HexFormat.ofDelimiter(":").formatHex(mac)));
            byte[] payload = octets(16);
            payloads.add(payload);
            for (int at = 0; at < payload.length; at += 8) {
                byte[] part = java.util.Arrays.copyOfRange(payload, at, at + 8);
                add(Pattern.ofOctets(door + " payload", part));
                add(Pattern.ofText(door + " payload", HexFormat.of().formatHex(part)));
            }
            String suffix = HexFormat.of().formatHex(octets(7));
            names.add(suffix);
            add(Pattern.ofText(door + " name", suffix));
        }
        for (int i = 0; i < addresses4.size(); i++) {
            add(Pattern.ofOctets(door + " ipv4 pair", pair(i)));
        }
    }

    /** Octets from 100 up: their text has three digits each, and none is common in memory. */
    private void network4() {
        byte[] top = {(byte) (100 + seed.below(100)), (byte) (100 + seed.below(100)), (byte) (100 + seed.below(100))};
        List<Integer> hosts = new ArrayList<>();
        for (int host = 100; host < 255; host++) {
            hosts.add(host);
        }
        for (int i = hosts.size() - 1; i > 0; i--) {
            Collections.swap(hosts, i, seed.below(i + 1));
        }
        for (int i = 0; i < 2 * HOSTS_PER_NETWORK; i++) {
            boolean isSent = i < HOSTS_PER_NETWORK;
            byte[] address = {top[0], top[1], top[2], hosts.get(i).byteValue()};
            Collections.addAll(weak, Pattern.ofOctets(isSent ? sentAlone() : controlAlone(), address));
            if (isSent) {
                addresses4.add(address);
                String dotted = (address[0] & 0xFF) + "." + (address[1] & 0xFF) + "." + (address[2] & 0xFF) + "."
                        + (address[3] & 0xFF);
                add(Pattern.ofText(door + " ipv4", dotted));
            }
        }
    }

    private void address6() {
        byte[] address = octets(16);
        address[0] = 0x20;
        address[1] = 0x01;
        address[2] = 0x0d;
        address[3] = (byte) 0xb8;
        StringBuilder low = new StringBuilder();
        for (int at = 6; at < 16; at += 2) {
            address[at] |= 0x10; // No group loses a digit in the text.
            low.append(at < 8 ? "" : ":").append(at < 8 ? "" : HexFormat.of().formatHex(address, at, at + 2));
        }
        addresses6.add(address);
        add(Pattern.ofOctets(door + " ipv6 high half", java.util.Arrays.copyOf(address, 8)));
        add(Pattern.ofOctets(door + " ipv6 low half", java.util.Arrays.copyOfRange(address, 8, 16)));
        add(Pattern.ofText(door + " ipv6", low.substring(1)));
        add(Pattern.ofText(door + " ipv6 run", HexFormat.of().formatHex(address, 8, 16)));
    }

    private void add(Pattern... more) {
        Collections.addAll(patterns, more);
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) (1 + seed.below(255));
        }
        return octets;
    }

    String sentAlone() {
        return door + " " + SENT_ALONE;
    }

    String controlAlone() {
        return door + " " + CONTROL_ALONE;
    }

    String door() {
        return door;
    }

    byte[] address4(int i) {
        return addresses4.get(Math.floorMod(i, addresses4.size())).clone();
    }

    /** Source and destination of record {@code i}, as they lie in a record. */
    byte[] pair(int i) {
        return ByteBuffer.allocate(8).put(address4(i)).put(address4(i * 5 + 11)).array();
    }

    byte[] address6(int i) {
        return addresses6.get(Math.floorMod(i, COUNT)).clone();
    }

    byte[] mac(int i) {
        return macs.get(Math.floorMod(i, COUNT)).clone();
    }

    byte[] payload(int i) {
        return payloads.get(Math.floorMod(i, COUNT)).clone();
    }

    /** Fourteen letters that nothing else holds. */
    String name(int i) {
        return names.get(Math.floorMod(i, COUNT));
    }

    /** What never occurs by chance. */
    List<Pattern> patterns() {
        return List.copyOf(patterns);
    }

    /** Four octets alone, sent and never sent: these may occur by chance, the ones as often as the others. */
    List<Pattern> weakPatterns() {
        return List.copyOf(weak);
    }
}
