// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP API under {@code /api/v1}, without HTTP: a request comes in as method, path, headers and octets, an answer
 * goes out as status, headers and octets. One table of operations is both the router and the served description
 * (OpenAPI 3.1); what is not in the table is not answered. Errors are problem documents (RFC 9457) with a closed set of
 * codes, entity tags follow RFC 9110 section 8.8.3, bearer tokens RFC 6750.
 */
package tonle.portal.api;
