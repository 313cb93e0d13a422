// SPDX-License-Identifier: Apache-2.0
package tonle.wire;

/** What the first octets of a byte stream say about its next message: is it there, whole? */
public sealed interface Framed {
    /** The message is there and has so many octets. */
    record Whole(int sizeOctets) implements Framed {}

    /** Read on: nothing can be said, or the message is not whole, before so many octets are there. */
    record NeedMore(int sizeOctetsMin) implements Framed {}

    /** No message can begin like this: the stream is lost and its connection is to be closed. */
    record Broken(Fault fault) implements Framed {}
}
