// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.meter;

/** What became of a batch that a {@link BatchSink} took: one of these is called, once, from any thread. */
public interface Delivery {
    /** It is durable. */
    void written();

    /** It will never be written: the store takes others and not this one. */
    void setAside();
}
