// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

/**
 * One key of the configuration file.
 *
 * @param path where it stands: {@code exporters[].site} is the key {@code site} of each entry of the list {@code
 * exporters}
 * @param fallback the value where the key is absent, as it would be written; {@code null} where the key must be given
 * @param min the least number, length or count
 * @param max the greatest
 * @param meaning one sentence for the documentation
 */
public record Key(String path, Kind kind, String fallback, long min, long max, String meaning) {
    /** What a value is. */
    public enum Kind {
        SECTION("keys"),
        SECTIONS("list"),
        TEXT("text"),
        ID("id"),
        NUMBER("number"),
        FLAG("true or false"),
        SPEED("bits a second"),
        TIME("UTC time"),
        CHOICE("one of"),
        TEXTS("list of texts"),
        FILES("list of files"),
        SOCKETS("list of address:port");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path of the section that the key stands in; empty at the top. */
    public String parent() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    public boolean isRequired() {
        return fallback == null;
    }
}
