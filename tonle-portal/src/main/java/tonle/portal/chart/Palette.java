// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives names their colours: by a hash of the name, then the first free one, so that an entity keeps its colour. */
public final class Palette {
    private static final int COLOURS = 7;
    /** The class of everything beyond seven. */
    public static final String OTHER = "sx";

    private Palette() {}

    public static Map<String, String> of(List<String> names) {
        Map<String, String> classes = new LinkedHashMap<>();
        boolean[] taken = new boolean[COLOURS];
        for (String name : names) {
            if (classes.containsKey(name)) {
                continue;
            }
            int wish = Math.floorMod(name.hashCode(), COLOURS);
            int colour = -1;
            for (int i = 0; i < COLOURS && colour < 0; i++) {
                int candidate = (wish + i) % COLOURS;
                colour = taken[candidate] ? -1 : candidate;
            }
            if (colour >= 0) {
                taken[colour] = true;
            }
            classes.put(name, colour < 0 ? OTHER : "s" + (colour + 1));
        }
        return classes;
    }
}
