// SPDX-License-Identifier: Apache-2.0
/** The files that pages are dressed with, as they are packed in the program: style sheet, scripts, icon and fonts. */
package tonle.portal.asset;
