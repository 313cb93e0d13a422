// SPDX-License-Identifier: Apache-2.0
package tonle.wire.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file's octets from front to end through one off-heap buffer of fixed size, read in large pieces: as fast as a
 * mapping, and steadier. gzip is unpacked on the way. What {@link #has} made available lies together in
 * {@link #buffer} from {@link #position} on and may be handed out as a window until the next call of {@code has}.
 */
final class OctetStream implements AutoCloseable {
    /** The most that {@link #has} can make available: libpcap's largest packet of 262,144 octets and its header fit. */
    static final int WINDOW_OCTETS_MAX = 320 * 1024;

    private static final int READ_OCTETS = 256 * 1024;
    private static final int CAPACITY_OCTETS = WINDOW_OCTETS_MAX + READ_OCTETS;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(CAPACITY_OCTETS, 64);
    private final ByteBuffer view = buffer.asByteBuffer();
    private final FileChannel channel;
    private final InputStream unpacked;
    private final byte[] piece;
    private final LongConsumer progress;

    private int position;
    private int limit;
    private int limitHighest;
    private long bufferOffset;
    private boolean ended;
    private boolean damaged;

    OctetStream(Path file, LongConsumer progress) throws IOException {
        this.progress = progress;
        this.channel = FileChannel.open(file);
        try {
            this.unpacked = isGzip(channel) ? new GZIPInputStream(Channels.newInputStream(channel), 64 * 1024) : null;
        } catch (IOException e) {
            channel.close();
            arena.close();
            throw e;
        }
        this.piece = unpacked == null ? null : new byte[64 * 1024];
    }

    /** RFC 1952 section 2.3.1: the first two octets of a gzip member, then its only method. */
    private static boolean isGzip(FileChannel channel) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(3);
        boolean whole = channel.read(magic, 0) == 3;
        return whole && magic.get(0) == 0x1F && magic.get(1) == (byte) 0x8B && magic.get(2) == 8;
    }

    /** Whether so many octets lie ahead; reads until they do, or the file ends. */
    boolean has(int sizeOctets) throws IOException {
        return limit - position >= sizeOctets || fill(sizeOctets);
    }

    private boolean fill(int sizeOctets) throws IOException {
        if (sizeOctets > WINDOW_OCTETS_MAX) {
            return false;
        }
        MemorySegment.copy(buffer, position, buffer, 0, limit - position);
        bufferOffset += position;
        limit -= position;
        position = 0;
        while (limit < sizeOctets && !ended) {
            int count = unpacked == null ? readPlain() : readUnpacked();
            ended = count < 0;
            limit += Math.max(count, 0);
            limitHighest = Math.max(limitHighest, limit);
            progress.accept(channel.position());
        }
        return limit >= sizeOctets;
    }

    private int readPlain() throws IOException {
        view.limit(Math.min(CAPACITY_OCTETS, limit + READ_OCTETS)).position(limit);
        return channel.read(view);
    }

    /** A gzip file that breaks off or is damaged ends here: what was unpacked before is kept. */
    private int readUnpacked() throws IOException {
        try {
            int count = unpacked.read(piece, 0, Math.min(piece.length, CAPACITY_OCTETS - limit));
            if (count > 0) {
                MemorySegment.copy(piece, 0, buffer, ValueLayout.JAVA_BYTE, limit, count);
            }
            return count;
        } catch (EOFException | ZipException e) {
            damaged = true;
            return -1;
        }
    }

    /** Whether the gzip container broke off or was damaged, so that its end is missing. */
    boolean isDamaged() {
        return damaged;
    }

    /** How many octets lie ahead, read already. */
    int available() {
        return limit - position;
    }

    /** Octets of the (unpacked) file before {@link #position}. */
    long fileOffset() {
        return bufferOffset + position;
    }

    MemorySegment buffer() {
        return buffer;
    }

    /** Where in {@link #buffer} the next octet lies. */
    int position() {
        return position;
    }

    /** Steps over octets that {@link #has} made available. */
    void advance(int sizeOctets) {
        position += sizeOctets;
    }

    /** Steps over any number of octets; false where the file ends before. */
    boolean skip(long sizeOctets) throws IOException {
        long left = sizeOctets;
        while (left > 0) {
            if (!has(1)) {
                return false;
            }
            int step = (int) Math.min(left, available());
            advance(step);
            left -= step;
        }
        return true;
    }

    /** The 32 bits at {@code offset} octets ahead, the first octet highest. */
    int intAt(int offset) {
        return buffer.get(U32, position + offset);
    }

    int shortAt(int offset) {
        return Short.toUnsignedInt(buffer.get(U16, position + offset));
    }

    /** Octets that held addresses of datagrams do not outlive the reading. */
    @Override
    public void close() throws IOException {
        buffer.asSlice(0, limitHighest).fill((byte) 0);
        if (piece != null) {
            Arrays.fill(piece, (byte) 0);
        }
        arena.close();
        if (unpacked != null) {
            unpacked.close();
        }
        channel.close();
    }
}
