// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.control;

/** @param status as in HTTP; @param contentType with its character set */
public record ControlReply(int status, String contentType, String body) {
    public static ControlReply json(int status, String body) {
        return new ControlReply(status, "application/json", body);
    }

    public boolean isGood() {
        return status >= 200 && status < 300;
    }
}
