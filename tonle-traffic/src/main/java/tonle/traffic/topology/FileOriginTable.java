// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.topology;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An {@link OriginTable} read from plain files: prefix-to-origin lists and RIR statistics, gzip or not, in any mix.
 *
 * <pre>
 *   192.0.2.0/24 64496                       prefix, origin AS; blank, tab or comma between; AS64496 too
 *   192.0.2.0  24  64496                     address, length, origin (as collectors of routes publish it)
 *   192.0.2.0,192.0.2.255,64496,"A Company"  first, last, origin, name
 *   apnic|KH|asn|17726|1|20020801|allocated  RIR statistics: the country of AS numbers; other records are passed over
 *   # comment                                ';' too
 * </pre>
 *
 * Of several origins ({@code 64496_64497}, {@code {64496,64497}}) the first counts. A line that says none of these is
 * counted, the first {@value OriginFileReader#BAD_LINES_NAMED} are named, and the rest of the file is read.
 */
public final class FileOriginTable implements OriginTable {
    /** Stands for countries that no file tells (ISO 3166-1 user-assigned). */
    public static final String COUNTRY_UNKNOWN = "ZZ";

    private final PrefixTable prefixes;
    private final int[] countryAsns;
    private final String[] countries;
    private final Map<Integer, String> names;
    private final long badLineCount;
    private final List<BadLine> badLines;

    /** A line that could not be read: where, and why; never its text. */
    public record BadLine(String file, long line, Reason reason) {}

    /** Why a line was passed over. */
    public enum Reason {
        NO_PREFIX,
        RANGE_REVERSED,
        NO_ORIGIN,
        NO_COUNTRY,
        LINE_TOO_LONG,
        TABLE_FULL,
        FILE_DAMAGED
    }

    FileOriginTable(OriginFileReader reader) {
        prefixes = reader.prefixes.build();
        int[] asns =
                reader.countries.keySet().stream().mapToInt(Integer::intValue).toArray();
        Arrays.sort(asns);
        countryAsns = asns;
        countries = Arrays.stream(asns).mapToObj(reader.countries::get).toArray(String[]::new);
        names = new HashMap<>(reader.names);
        badLineCount = reader.badLineCount;
        badLines = List.copyOf(reader.badLines);
    }

    /** Reads {@code files} one after another; of two lines about the same prefix or AS the later one counts. */
    public static FileOriginTable read(List<Path> files) throws IOException {
        OriginFileReader reader = new OriginFileReader();
        for (Path file : files) {
            reader.read(file);
        }
        return new FileOriginTable(reader);
    }

    /** A table that knows nothing. */
    public static FileOriginTable empty() {
        return new FileOriginTable(new OriginFileReader());
    }

    @Override
    public long originAsn(long network) {
        int value = prefixes.value(network);
        return value == PrefixTable.NONE ? 0 : Integer.toUnsignedLong(value);
    }

    @Override
    public String country(long asn) {
        int index = Arrays.binarySearch(countryAsns, (int) asn);
        return index < 0 || asn <= 0 ? COUNTRY_UNKNOWN : countries[index];
    }

    @Override
    public String name(long asn) {
        return names.getOrDefault((int) asn, "");
    }

    @Override
    public int prefixCount() {
        return prefixes.prefixCount();
    }

    /** Prefixes finer than /24 or /48, which were left out. */
    public int tooFineCount() {
        return prefixes.tooFineCount();
    }

    /** AS numbers whose country is known. */
    public int countryCount() {
        return countries.length;
    }

    public long badLineCount() {
        return badLineCount;
    }

    /** The first bad lines of all files together. */
    public List<BadLine> badLines() {
        return badLines;
    }
}
