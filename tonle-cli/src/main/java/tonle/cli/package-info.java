// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code tonle} program: arguments come in, data goes out on standard output and everything else on standard error.
 * Offline commands load nothing of the server; commands that need it speak over its owner-only socket in the data
 * directory. Exit codes are {@link tonle.cli.ExitCode}.
 */
package tonle.cli;
