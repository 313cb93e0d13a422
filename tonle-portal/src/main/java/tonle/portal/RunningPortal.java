// SPDX-License-Identifier: Apache-2.0
package tonle.portal;

/** A portal that answers requests, until it is closed. */
public interface RunningPortal extends AutoCloseable {
    /** The TCP port it listens on. */
    int port();

    /** Answers what has begun, takes nothing new, and returns when the socket is free. */
    @Override
    void close();
}
