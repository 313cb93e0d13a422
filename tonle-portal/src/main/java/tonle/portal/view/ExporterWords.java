// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import tonle.base.EnumWord;
import tonle.portal.table.Cell;
import tonle.portal.table.Tone;
import tonle.traffic.exporter.ExporterHealth;
import tonle.wire.Fault;

/** How pages speak of exporters: states, alarms, faults. */
final class ExporterWords {
    private ExporterWords() {}

    /** An alarm in words; one that no catalogue knows is shown by its key rather than hidden. */
    static String alarm(Visit visit, ExporterHealth.Alarm alarm) {
        Object[] arguments = alarm.arguments().toArray();
        String key = alarm.key().startsWith("alarm.") ? alarm.key() : "alarm." + alarm.key();
        return visit.canSay(key)
                ? visit.say(key, arguments)
                : visit.say("alarm.other", alarm.key(), String.join(", ", alarm.arguments()));
    }

    static String fault(Visit visit, Fault fault) {
        return visit.say("fault." + fault.name());
    }

    /** The word of a fault in addresses and documents. */
    static String key(Fault fault) {
        return EnumWord.of(fault);
    }

    static long faults(ExporterHealth health) {
        return health.faults().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Lost of what should have come; NaN where nothing came. */
    static double lossShare(ExporterHealth health) {
        long came = health.datagrams();
        long records = health.records() + health.samples();
        long base = Math.max(came, records);
        return base + health.lost() == 0 ? Double.NaN : (double) health.lost() / (base + health.lost());
    }

    static Cell state(Visit visit, ExporterHealth health) {
        if (health.id().isEmpty()) {
            return new Cell("unknown", visit.say("exporter.unknown"), "", Tone.CAUTION);
        }
        if (health.lastHeardMillis() == 0) {
            return new Cell("never", visit.say("exporter.never"), "", Tone.CAUTION);
        }
        if (visit.nowSeconds() - health.lastHeardMillis() / 1000 > Attention.SILENT_SECONDS) {
            return new Cell("silent", visit.say("exporter.silent"), "", Tone.BAD);
        }
        return health.alarms().isEmpty()
                ? new Cell("heard", visit.say("exporter.heard"), "", Tone.GOOD)
                : new Cell("alarm", visit.say("exporter.alarm"), "", Tone.CAUTION);
    }
}
