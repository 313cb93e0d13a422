// SPDX-License-Identifier: Apache-2.0
package tonle.wire.dissect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tonle.base.Must;
import tonle.wire.flow.Slot;

/** An information element's name and how its value may be shown. Only what is listed is shown at all. */
record Element(String name, Kind kind) {
    /** How a value is shown; what has another size than its kind is hidden. */
    enum Kind {
        NUMBER,
        IPV4_NETWORK,
        IPV6_NETWORK,
        SECONDS,
        MILLISECONDS,
        HIDDEN
    }

    private static final Map<Integer, Element> IANA = load();

    static Element of(int enterprise, int element) {
        if (enterprise == 0) {
            return IANA.getOrDefault(element, new Element("element " + element, Kind.HIDDEN));
        }
        if (enterprise == Slot.REVERSE_ENTERPRISE && IANA.containsKey(element)) {
            Element forward = IANA.get(element);
            String name = forward.name;
            // RFC 5103 section 6.1 names the mirrored elements so.
            return new Element("reverse" + Character.toUpperCase(name.charAt(0)) + name.substring(1), forward.kind);
        }
        return new Element("element " + Integer.toUnsignedString(enterprise) + ":" + element, Kind.HIDDEN);
    }

    /** Scope fields of NetFlow version 9 have numbers of their own (RFC 3954 section 6.1). */
    static String scopeName(int number) {
        return switch (number) {
            case 1 -> "scope System";
            case 2 -> "scope Interface";
            case 3 -> "scope Line Card";
            case 4 -> "scope Cache";
            case 5 -> "scope Template";
            default -> "scope " + number;
        };
    }

    void show(Tree tree, Tree.Node parent, long at, int sizeOctets) {
        switch (kind) {
            case NUMBER -> {
                if (sizeOctets >= 1 && sizeOctets <= 8) {
                    tree.number(parent, name, at, sizeOctets);
                } else {
                    tree.hidden(parent, name, at, sizeOctets);
                }
            }
            case IPV4_NETWORK -> network(tree, parent, at, sizeOctets, 4);
            case IPV6_NETWORK -> network(tree, parent, at, sizeOctets, 6);
            case SECONDS -> {
                if (sizeOctets == 4) {
                    tree.seconds(parent, name, at);
                } else {
                    tree.hidden(parent, name, at, sizeOctets);
                }
            }
            case MILLISECONDS -> {
                if (sizeOctets == 8) {
                    tree.millis(parent, name, at);
                } else {
                    tree.hidden(parent, name, at, sizeOctets);
                }
            }
            case HIDDEN -> tree.hidden(parent, name, at, sizeOctets);
        }
    }

    private void network(Tree tree, Tree.Node parent, long at, int sizeOctets, int ipVersion) {
        if (sizeOctets == (ipVersion == 4 ? 4 : 16)) {
            tree.network(parent, name, at, ipVersion);
        } else {
            tree.hidden(parent, name, at, sizeOctets);
        }
    }

    private static Map<Integer, Element> load() {
        Map<Integer, Element> elements = new HashMap<>();
        try (InputStream in = Element.class.getResourceAsStream("elements.txt")) {
            Must.hold(in != null, "elements.txt lies beside the dissector");
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .forEach(part -> elements.put(Integer.valueOf(part[0]), new Element(part[2], kind(part[1]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(elements);
    }

    private static Kind kind(String letter) {
        return switch (letter) {
            case "n" -> Kind.NUMBER;
            case "4" -> Kind.IPV4_NETWORK;
            case "6" -> Kind.IPV6_NETWORK;
            case "s" -> Kind.SECONDS;
            case "m" -> Kind.MILLISECONDS;
            default -> Kind.HIDDEN;
        };
    }
}
