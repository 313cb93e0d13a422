// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

/** @param isPost whether it shall change something; @param target path and query; @param body empty for a question */
public record ControlRequest(boolean isPost, String target, String body) {}
