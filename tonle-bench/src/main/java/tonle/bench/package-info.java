// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks. For flows: seeded captures are made, then whole processes - Tonle's and, where installed, the usual
 * tools' - answer the same question from the same file in turn, and what each cost is printed with its spread. Answers
 * are compared with the model's own sums first: a fast wrong answer has no time. Not part of a release.
 */
package tonle.bench;
