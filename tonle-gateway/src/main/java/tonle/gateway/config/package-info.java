// SPDX-License-Identifier: Apache-2.0
/**
 * The configuration of a gateway: one YAML file that people write, and beside it one small file for each exporter that
 * was taken in by a click or a command. Text comes in; a {@link tonle.gateway.config.Configuration} goes out, or all
 * that is wrong with the text, each with file, line, column and what to do. {@link tonle.gateway.config.Keys} holds
 * every key, limit and default, and nothing else does. YAML 1.2 is read; values are taken as text and judged by the key
 * that they stand under, so that a site named {@code NO} is no falsehood.
 */
package tonle.gateway.config;
