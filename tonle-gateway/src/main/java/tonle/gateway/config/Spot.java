// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.config;

/** A place in a configuration file; line and column count from 1, and 0 stands for the file as a whole. */
public record Spot(String file, int line, int column) {
    public String text() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
