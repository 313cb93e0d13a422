// SPDX-License-Identifier: Apache-2.0
package tonle.notary.log;

import java.nio.file.Path;

/**
 * Where a log has its files.
 * <pre>
 *   published/    checkpoint  policy  tile/…         for everybody
 *   secret/       keys  head  in-use  evidence/…     the owner's alone
 * </pre>
 *
 * @param published the folder that a web server may serve
 * @param secret the folder of keys and lock record; no backup holds it together with the published one
 */
public record LogPlaces(Path published, Path secret) {
    /** The two folders of a gateway's data directory. */
    public static LogPlaces in(Path dataDirectory) {
        return new LogPlaces(dataDirectory.resolve("log"), dataDirectory.resolve("notary"));
    }

    /** Checkpoints that contradict each other, where there are any. */
    public Path evidence() {
        return secret.resolve("evidence");
    }

    Path keys() {
        return secret.resolve("keys");
    }

    Path head() {
        return secret.resolve("head");
    }

    Path inUse() {
        return secret.resolve("in-use");
    }
}
