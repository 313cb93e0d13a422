// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;
import java.util.List;

/** Reference answers of one kind, and how what Tonle makes of the same input differs from them. */
interface ConformanceCases {
    /**
     * One figure that is not what it should be.
     *
     * @param figure its path in the reference answers
     */
    record Difference(String name, String figure, String expected, String got) {
        String text() {
            return name + "\t" + figure + "\texpected " + expected + "\tgot " + got;
        }
    }

    /** The cases by name, in the order of their file. */
    List<String> cases();

    /** Where one case differs from its reference answers. */
    List<Difference> differences(String name) throws IOException;
}
