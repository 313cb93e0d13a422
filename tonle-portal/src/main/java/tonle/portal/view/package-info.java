// SPDX-License-Identifier: Apache-2.0
/**
 * What pages show, worked out without any web framework: services and query parameters come in, view models go out. A
 * view holds its sentence in words and its rows in {@link tonle.portal.view.Table}s, which HTML, JSON, CSV and text all
 * render from, so that the four can never differ.
 */
package tonle.portal.view;
