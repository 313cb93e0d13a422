// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

import java.io.IOException;

/** A command of the program, its options already set. */
interface Command {
    /**
     * Does it.
     *
     * @throws CommandFailure where it ends with words for the user
     * @throws IOException where a file or the gateway cannot be read
     */
    ExitCode run(Console console) throws IOException;
}
