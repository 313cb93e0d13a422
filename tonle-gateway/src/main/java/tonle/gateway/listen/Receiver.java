// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import tonle.gateway.config.ListenSocket;

/** Takes datagrams off one UDP socket, in batches, into the rings of {@link Workers}. Its own thread calls it. */
interface Receiver extends AutoCloseable {
    /** How long one call may wait where nothing comes: after so long a stop is noticed. */
    int WAIT_MILLIS = 200;

    /** Opens the socket of this machine's best kind and binds it. */
    static Receiver open(ListenSocket socket, int bufferOctets, Workers workers, Counts counts) throws IOException {
        return LinuxSocket.isSupported()
                ? new BatchReceiver(socket, bufferOctets, workers, counts)
                : new ChannelReceiver(socket, bufferOctets, workers, counts);
    }

    /** Datagrams that one call brings at most. */
    int BATCH_COUNT = 256;

    /** Receives once and answers how many datagrams came; 0 after {@link #WAIT_MILLIS} in which none did. */
    int receive(long arrivalMillis) throws IOException;

    int port();

    /** The receive buffer that the system gave, in octets of payload. */
    long bufferOctets();

    /** What the system dropped on this socket; -1 where it does not say. */
    long kernelDropped();

    @Override
    void close() throws IOException;

    /** What one socket has counted; written by its thread alone. */
    final class Counts {
        volatile long received;
        volatile long queueDropped;
    }
}
