// SPDX-License-Identifier: Apache-2.0
package tonle.wire.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tonle.wire.Fault;
import tonle.wire.Framed;
import tonle.wire.GoldenVectors;

class IpfixStreamTest {
    private final byte[] twoMessages = GoldenVectors.octets(Path.of("src/golden/ipfix/two-messages.hex"));
    private final MemorySegment stream = MemorySegment.ofArray(twoMessages);

    @Test
    void messagesAreFoundOneAfterTheOther() {
        List<Integer> sizes = new ArrayList<>();
        long at = 0;
        while (at < twoMessages.length
                && IpfixStream.frame(stream, at, twoMessages.length - at) instanceof Framed.Whole whole) {
            sizes.add(whole.sizeOctets());
            at += whole.sizeOctets();
        }
        assertThat(sizes).containsExactly(28, 24);
        assertThat(at).isEqualTo(twoMessages.length);
    }

    @Test
    void aMessageOfWhichAPartHasComeNeedsMore() {
        for (int size = 0; size < 28; size++) {
            assertThat(IpfixStream.frame(stream, 0, size)).isEqualTo(new Framed.NeedMore(size < 4 ? 4 : 28));
        }
        assertThat(IpfixStream.frame(stream, 0, 28)).isEqualTo(new Framed.Whole(28));
    }

    @Test
    void whatBeginsOtherwiseIsNoStreamOfIpfix() {
        assertThat(IpfixStream.frame(MemorySegment.ofArray("GET /".getBytes()), 0, 5))
                .isEqualTo(new Framed.Broken(Fault.UNKNOWN_VERSION));
        assertThat(IpfixStream.frame(MemorySegment.ofArray(new byte[] {0, 10, 0, 15}), 0, 4))
                .isEqualTo(new Framed.Broken(Fault.MESSAGE_LENGTH_MISMATCH));
    }
}
