// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

/**
 * A place where links end.
 *
 * @param id a short code, such as {@code PNH}
 * @param mapX 0 to 1000 from the left, on the schematic map
 * @param mapY 0 to 1000 from the top
 */
public record Site(String id, String nameEnglish, String nameKhmer, int mapX, int mapY) {}
