// SPDX-License-Identifier: Apache-2.0
package tonle.cli;

/** How the program ends; the numbers are a contract with scripts. */
public enum ExitCode {
    DONE(0, "done"),
    FOUND_NOTHING(1, "ran, found nothing; for conformance: a figure differs"),
    USAGE(2, "wrong usage, or a configuration that is refused"),
    REFUSED(3, "refused by a right or a rule"),
    PROOF_FAILED(4, "a proof failed"),
    NOT_REACHABLE(5, "not reachable: no gateway runs on this data directory, or a file cannot be read"),
    MALFORMED(6, "the input is malformed and nothing could be read from it"),
    INTERRUPTED(130, "interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
