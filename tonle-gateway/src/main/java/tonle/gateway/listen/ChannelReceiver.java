// SPDX-License-Identifier: Apache-2.0
package tonle.gateway.listen;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import tonle.base.DeviceAddress;
import tonle.gateway.config.ListenSocket;

/** Receives by the JDK alone, one datagram a call: where Linux's own calls are absent or not allowed. */
final class ChannelReceiver implements Receiver {
    private final DatagramChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_535);
    private final MemorySegment octets = MemorySegment.ofBuffer(buffer);
    private final Workers workers;
    private final Counts counts;

    ChannelReceiver(ListenSocket at, int bufferOctets, Workers workers, Counts counts) throws IOException {
        this.workers = workers;
        this.counts = counts;
        channel = DatagramChannel.open(
                at.address().ipVersion() == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferOctets);
            channel.bind(
                    new InetSocketAddress(InetAddress.getByAddress(at.address().octets()), at.port()));
            channel.configureBlocking(false);
            channel.register(selector, java.nio.channels.SelectionKey.OP_READ);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public int receive(long arrivalMillis) throws IOException {
        selector.select(WAIT_MILLIS);
        selector.selectedKeys().clear();
        int count = 0;
        while (count < BATCH_COUNT) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            if (from == null) {
                break;
            }
            count++;
            DeviceAddress source = DeviceAddress.ofOctets(from.getAddress().getAddress());
            int sizeOctets = buffer.position();
            boolean taken = workers.datagram(
                    octets,
                    0,
                    sizeOctets,
                    source.ipVersion(),
                    source.high(),
                    source.low(),
                    from.getPort(),
                    arrivalMillis);
            octets.asSlice(0, sizeOctets).fill((byte) 0);
            counts.received = counts.received + 1;
            counts.queueDropped = counts.queueDropped + (taken ? 0 : 1);
        }
        workers.nudge();
        return count;
    }

    @Override
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public long bufferOctets() {
        try {
            return channel.getOption(StandardSocketOptions.SO_RCVBUF);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public long kernelDropped() {
        return -1;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
