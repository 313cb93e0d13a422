// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes well-formed SVG; every text and attribute is escaped, so a name can never become markup. */
final class Svg {
    private final StringBuilder out = new StringBuilder(8_192);
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; {@code attributes} are names and values in turn. */
    Svg open(String element, Object... attributes) {
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    Svg close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Svg empty(String element, Object... attributes) {
        tag(element, attributes).append("/>");
        return this;
    }

    Svg text(String element, String text, Object... attributes) {
        tag(element, attributes)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(element)
                .append('>');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private StringBuilder tag(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1].toString()))
                    .append('"');
        }
        return out;
    }

    /** Whole numbers without a point, others with one decimal: short paths, and a tenth of a pixel is enough. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : tenths / 10 == 0 && tenths < 0 ? "-0." + -tenths : tenths / 10 + "." + Math.abs(tenths % 10);
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c < 0x20 && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return safe.toString();
    }
}
