// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

/** From which elements a template's records tell when a flow began or ended: the most exact that it has. */
enum TimeSource {
    NONE,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS,
    DELTA_MICROSECONDS,
    SECONDS,
    UPTIME;

    static TimeSource ofStart(Template template) {
        return of(
                template,
                Slot.FLOW_START_MILLISECONDS,
                Slot.FLOW_START_MICROSECONDS,
                Slot.FLOW_START_NANOSECONDS,
                Slot.FLOW_START_DELTA_MICROSECONDS,
                Slot.FLOW_START_SECONDS,
                Slot.FLOW_START_SYS_UP_TIME);
    }

    static TimeSource ofEnd(Template template) {
        return of(
                template,
                Slot.FLOW_END_MILLISECONDS,
                Slot.FLOW_END_MICROSECONDS,
                Slot.FLOW_END_NANOSECONDS,
                Slot.FLOW_END_DELTA_MICROSECONDS,
                Slot.FLOW_END_SECONDS,
                Slot.FLOW_END_SYS_UP_TIME);
    }

    /** The first of {@code slots}, in the order of the constants, that the template has with a length above zero. */
    private static TimeSource of(Template template, Slot... slots) {
        for (int index = 0; index < slots.length; index++) {
            int place = template.place(slots[index]);
            if (place != Place.ABSENT && Place.kind(place) > 0) {
                return values()[index + 1];
            }
        }
        return NONE;
    }
}
