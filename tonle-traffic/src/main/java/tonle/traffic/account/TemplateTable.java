// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.account;

import tonle.wire.flow.Template;

/** Templates by id, without boxing. Ids have 16 bits, so a table holds at most 65,536. */
final class TemplateTable {
    private int[] ids = new int[8];
    private Template[] templates = new Template[8];
    private int used;

    /** The template of {@code id}, or {@code null}. */
    Template get(int id) {
        for (int slot = slotOf(id, ids.length); ids[slot] != 0; slot = slot + 1 & ids.length - 1) {
            if (ids[slot] == id) {
                return templates[slot];
            }
        }
        return null;
    }

    /** Sets it; {@code null} takes it away. Id 0 names no template. */
    void put(int id, Template template) {
        if (used >= ids.length / 2) {
            grow();
        }
        int slot = slotOf(id, ids.length);
        while (ids[slot] != 0 && ids[slot] != id) {
            slot = slot + 1 & ids.length - 1;
        }
        if (ids[slot] == 0) {
            ids[slot] = id;
            used++;
        }
        templates[slot] = template;
    }

    /** Takes away all templates, or all options templates. */
    void clear(boolean ofOptions) {
        for (int slot = 0; slot < templates.length; slot++) {
            if (templates[slot] != null && templates[slot].isOptions() == ofOptions) {
                templates[slot] = null;
            }
        }
    }

    private static int slotOf(int id, int capacity) {
        return id * 0x9E3779B1 >>> 16 & capacity - 1;
    }

    private void grow() {
        int[] oldIds = ids;
        Template[] oldTemplates = templates;
        ids = new int[oldIds.length * 2];
        templates = new Template[oldIds.length * 2];
        used = 0;
        for (int slot = 0; slot < oldIds.length; slot++) {
            if (oldIds[slot] != 0) {
                put(oldIds[slot], oldTemplates[slot]);
            }
        }
    }
}
