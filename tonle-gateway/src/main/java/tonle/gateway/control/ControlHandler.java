// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

/** Answers requests; many at a time. */
@FunctionalInterface
public interface ControlHandler {
    ControlReply answer(ControlRequest request);
}
