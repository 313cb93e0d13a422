// SPDX-License-Identifier: Apache-2.0
package tonle.portal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tonle.portal.table.Kind;

class ChartTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Phnom_Penh");

    private static Document drawn(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static TimeChart chart(boolean stacked, double... up) {
        long[] points = new long[up.length];
        for (int i = 0; i < up.length; i++) {
            points[i] = 1_795_392_000L + i * 300L;
        }
        return new TimeChart(
                Kind.BITS_PER_SECOND,
                stacked,
                points,
                300,
                List.of(new TimeChart.Series("<i>&", "s1", up, new double[0])),
                List.of(),
                ZONE,
                "a \"chart\"",
                "in",
                "out");
    }

    @Test
    void aGapIsNeverJoined() throws Exception {
        for (boolean stacked : new boolean[] {true, false}) {
            Document dom = drawn(chart(stacked, 5e9, 6e9, Double.NaN, 4e9, 5e9).svg());
            String data = ((Element) dom.getElementsByTagName("path").item(0)).getAttribute("d");
            assertThat(data.chars().filter(c -> c == 'M').count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "1, 40", "3, 1", "40, 1", "0, 5", "5, 0"})
    void bothHalvesHoldTheirFiguresWhateverTheirRatio(double in, double out) throws Exception {
        long[] points = {1_795_392_000L, 1_795_392_300L, 1_795_392_600L};
        double[] up = {in * 1e9, in * 9e8, in * 1e9};
        double[] down = {out * 1e9, out * 1e9, out * 7e8};
        for (boolean stacked : new boolean[] {true, false}) {
            Document dom = drawn(new TimeChart(
                            Kind.BITS_PER_SECOND,
                            stacked,
                            points,
                            300,
                            List.of(
                                    new TimeChart.Series("a", "s1", up, down),
                                    new TimeChart.Series("b", "s2", up, down)),
                            List.of(),
                            ZONE,
                            "a chart",
                            "in",
                            "out")
                    .svg());
            String[] plot = dom.getDocumentElement().getAttribute("data-x").split(" ");
            double top = Double.parseDouble(plot[2]);
            double bottom = Double.parseDouble(plot[3]);
            for (int i = 0; i < dom.getElementsByTagName("path").getLength(); i++) {
                String data = ((Element) dom.getElementsByTagName("path").item(i)).getAttribute("d");
                Matcher steps = Pattern.compile("([Ml])(-?[0-9]+) ?(-?[0-9]+)").matcher(data);
                double y = 0;
                while (steps.find()) {
                    double given = Double.parseDouble(steps.group(3));
                    y = steps.group(1).equals("M") ? given : y + given;
                    assertThat(y).as(data).isBetween(top - 1, bottom + 1);
                }
            }
        }
    }

    @Test
    void nothingAtAllIsStillAChart() throws Exception {
        drawn(chart(true).svg());
        drawn(chart(false, Double.NaN, Double.NaN).svg());
        drawn(chart(true, 0, 0, 0).svg());
    }

    @Test
    void namesAreTextAndTheAlternativeIsSaid() throws Exception {
        Document dom = drawn(chart(true, 1, 2, 3).svg());
        assertThat(dom.getDocumentElement().getAttribute("aria-label")).isEqualTo("a \"chart\"");
        assertThat(dom.getElementsByTagName("i").getLength()).isZero();
    }

    @Test
    void theAxisBeginsAtZeroAndEndsAtARoundValue() {
        assertThat(Ticks.upTo(61.2).values()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0);
        assertThat(Ticks.upTo(100).values()).containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
        assertThat(Ticks.upTo(1).top()).isEqualTo(1);
    }

    @Test
    void anEntityKeepsItsColourAndNoTwoOfSevenShareOne() {
        Map<String, String> few = Palette.of(List.of("alpha"));
        Map<String, String> more = Palette.of(List.of("alpha", "bravo", "c", "d", "e", "f", "g", "h"));
        assertThat(more.get("alpha")).isEqualTo(few.get("alpha"));
        assertThat(more.values().stream().filter(c -> !c.equals(Palette.OTHER)).distinct())
                .hasSize(7);
        assertThat(more.get("h")).isEqualTo(Palette.OTHER);
    }

    @Test
    void loadStepsAreThoseOfTheLegend() {
        assertThat(List.of(0.0, 0.1999, 0.2, 0.59, 0.75, 0.899, 0.9, 2.0).stream()
                        .map(MapChart::step)
                        .toList())
                .containsExactly(1, 1, 2, 3, 5, 5, 6, 6);
    }

    @Test
    void whatTheCrosshairReadsAreTheFiguresAndGapsOfTheSeries() throws Exception {
        Document dom = drawn(chart(false, 5e9, Double.NaN, 4.25e9).svg());
        Element readings = (Element) dom.getElementsByTagName("g").item(0);
        assertThat(readings.getAttribute("data-up")).isEqualTo("5 - 4.25");
        assertThat(dom.getDocumentElement().getAttribute("data-time")).isEqualTo("1795392000 300 3");
    }

    @Test
    void shadesRiseWithTheirFigureAndAGapHasNone() throws Exception {
        assertThat(List.of(0.0, 1.0, 16.6, 16.7, 50.0, 99.0, 100.0).stream()
                        .map(v -> HeatChart.step(v, 100))
                        .toList())
                .containsExactly(1, 1, 1, 2, 3, 6, 6);
        assertThat(HeatChart.step(Double.NaN, 100)).isZero();
        assertThat(HeatChart.step(0, 0)).isEqualTo(1);
        HeatChart chart = new HeatChart(
                "in",
                Kind.BITS_PER_SECOND,
                List.of(new HeatChart.Row("<b>", new double[] {1, Double.NaN, 3})),
                3,
                List.of(),
                "shades");
        Document dom = drawn(chart.svg());
        long cells = 0;
        for (int i = 0; i < dom.getElementsByTagName("path").getLength(); i++) {
            String data = ((Element) dom.getElementsByTagName("path").item(i)).getAttribute("d");
            cells += data.chars().filter(c -> c == 'z').count();
        }
        assertThat(cells).isEqualTo(2);
    }

    @Test
    void bandsAreAsThickAsTheirVolumesAndNamesAsTallAsTheirBands() throws Exception {
        List<SankeyChart.Path> paths = List.of(
                path(60, "alpha", "L-1"), path(20, "alpha", "L-2"), path(15, "bravo", "L-1"), path(5, "<i>", "L-3"));
        Document dom = drawn(new SankeyChart(Kind.BITS_PER_SECOND, List.of("member", "link"), paths, "paths").svg());
        assertThat(dom.getElementsByTagName("path").getLength()).isEqualTo(4);
        double left = 0;
        double right = 0;
        for (int i = 0; i < dom.getElementsByTagName("rect").getLength(); i++) {
            Element node = (Element) dom.getElementsByTagName("rect").item(i);
            double height = Double.parseDouble(node.getAttribute("height"));
            left += node.getAttribute("x").equals("0") ? height : 0;
            right += node.getAttribute("x").equals("0") ? 0 : height;
        }
        assertThat(left).isCloseTo(right, org.assertj.core.data.Offset.offset(0.5));
        Element first = (Element) dom.getElementsByTagName("rect").item(0);
        assertThat(Double.parseDouble(first.getAttribute("height")) / left)
                .isCloseTo(0.8, org.assertj.core.data.Offset.offset(0.01));
        drawn(new SankeyChart(Kind.OCTETS, List.of("a", "b"), List.of(), "nothing").svg());
    }

    private static SankeyChart.Path path(double value, String... keys) {
        return new SankeyChart.Path(
                java.util.Arrays.stream(keys)
                        .map(k -> new SankeyChart.Stop(k, k, "", false))
                        .toList(),
                value);
    }

    @Test
    void aSiteThatIsNotPlacedStillDraws() throws Exception {
        MapChart.Circuit lost = new MapChart.Circuit("L", "/links/L", "??", "", "far", Double.NaN, 0.95, "-", 4);
        drawn(new MapChart(List.of(new MapChart.Place("A", 0, 1000, "")), List.of(lost), "border", "map").svg());
    }
}
