// SPDX-License-Identifier: Apache-2.0
/**
 * The pages over HTTP: requests come in from the embedded Tomcat, views are drawn by templates and go out with a strict
 * content security policy (CSP level 3). Loopback only, no cookies, no access log, no client address kept.
 */
package tonle.portal.web;
