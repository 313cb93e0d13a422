// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

/**
 * What an address answers, apart from any transport.
 *
 * @param status as in HTTP: 200, 303 (see {@code location}), 400, 404 or 503
 * @param contentType with its character set
 * @param location for a status of 303, else empty
 */
public record Document(int status, String contentType, String body, String location) {
    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";
    public static final String CSV = "text/csv; charset=utf-8";
    public static final String TEXT = "text/plain; charset=utf-8";

    public static Document of(String contentType, String body) {
        return new Document(200, contentType, body, "");
    }
}
