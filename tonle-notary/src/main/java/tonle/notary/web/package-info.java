// SPDX-License-Identifier: Apache-2.0
/** How logs and witnesses are asked over HTTP: strangers, of whom each may stall, flood or lead elsewhere. */
package tonle.notary.web;
