// SPDX-License-Identifier: Apache-2.0
/**
 * Charts as SVG 1.1 text, drawn by the server: figures come in, markup with classes goes out (colours are in the style
 * sheet, so that one drawing serves both themes and paper). Volumes start at zero, gaps stay gaps.
 */
package tonle.portal.chart;
