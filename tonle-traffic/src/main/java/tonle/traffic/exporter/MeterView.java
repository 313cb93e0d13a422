// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import java.util.List;
import tonle.traffic.reconcile.Finding;

/** What pages and commands may see of the running metering: snapshots, safe from any thread. */
public interface MeterView {
    List<ExporterHealth> exporters();

    /** Damaged datagrams of one address, newest first, at most 32. */
    List<BadDatagram> badDatagrams(String address);

    /** Differences between flows and counters that still hold, worst first. */
    List<Finding> findings();

    Conservation conservation();
}
