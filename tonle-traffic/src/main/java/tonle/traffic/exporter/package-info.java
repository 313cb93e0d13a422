// SPDX-License-Identifier: Apache-2.0
/**
 * Exporters and their sessions: templates, sampling rates, sequence numbers, clock skew, faults. What a worker knows
 * of each device; health snapshots go out.
 */
package tonle.traffic.exporter;
