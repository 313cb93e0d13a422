// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import tonle.wire.flow.Template;

/**
 * One template in force in a session, with what is known of its life. A redefinition changes the entry, not its place.
 */
public final class TemplateEntry {
    private static final long MINUTE_MILLIS = 60_000;

    /** {@code null} once it was withdrawn or given up. */
    Template template;

    RecordPlan plan;
    boolean remembered;
    boolean refused;
    long records;
    long seenMillis;
    long definedMillis;
    private long minute;
    private int redefinitionsInMinute;
    private int redefinitionsWorst;

    static TemplateEntry fixed(Template template) {
        TemplateEntry entry = new TemplateEntry();
        entry.define(template, 0);
        return entry;
    }

    /** @return whether the definition is another than before */
    boolean define(Template newTemplate, long nowMillis) {
        boolean changed = template == null || !template.sameDefinition(newTemplate);
        if (changed) {
            if (template != null) {
                noteRedefinition(nowMillis);
            }
            plan = RecordPlan.of(newTemplate);
            definedMillis = nowMillis;
            template = newTemplate;
        }
        seenMillis = nowMillis;
        return changed;
    }

    private void noteRedefinition(long nowMillis) {
        if (nowMillis / MINUTE_MILLIS != minute) {
            minute = nowMillis / MINUTE_MILLIS;
            redefinitionsInMinute = 0;
        }
        redefinitionsInMinute++;
        redefinitionsWorst = Math.max(redefinitionsWorst, redefinitionsInMinute);
    }

    /**
     * The most redefinitions within one minute; more than a few mean an exporter that flips between two definitions.
     */
    int redefinitionsWorst() {
        return redefinitionsWorst;
    }

    public Template template() {
        return template;
    }

    public RecordPlan plan() {
        return plan;
    }

    /** By policy nothing after this template is read: it has elements that name people. */
    public boolean isRefused() {
        return refused;
    }

    public void countRecord() {
        records++;
    }
}
