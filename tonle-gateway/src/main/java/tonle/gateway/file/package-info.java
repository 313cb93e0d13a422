// SPDX-License-Identifier: Apache-2.0
/**
 * How small files of the data directory come to be. In comes a text; out comes a file that readers find whole or not at
 * all, also after the machine stopped in between.
 */
package tonle.gateway.file;
