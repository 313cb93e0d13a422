// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

/** What an address leads to. */
public sealed interface Answer {
    /** A page is there. */
    record Shown(Page page) implements Answer {}

    /** The same thing has another address. */
    record Moved(String location) implements Answer {}

    /** The address asks for something that is not there or cannot be read. */
    record Wrong(Trouble trouble) implements Answer {}
}
