// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tonle.portal.fixture.Fixture;
import tonle.portal.view.Answer;
import tonle.portal.view.Documents;
import tonle.portal.view.Page;
import tonle.portal.view.Pages;
import tonle.portal.words.Language;

/** Every page against its documents: what is on screen is what {@code .csv} and {@code .json} give. */
class CrawlerTest {
    private static final int PAGE_OCTETS_MAX = 100_000;

    @TempDir
    static Path folder;

    static Fixture fixture;
    static Html html;
    static Pages pages;
    static Documents documents;

    @BeforeAll
    static void open() throws Exception {
        fixture = Fixture.open(folder);
        html = new Html(Fixture.settings(), fixture.services(), "test", purpose -> purpose);
        pages = new Pages(Fixture.settings(), fixture.services());
        documents = new Documents(Fixture.settings(), fixture.services());
    }

    @AfterAll
    static void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?limit=0",
                "/traffic",
                "/traffic?by=member,remote-as&where=link+%3D+PPT-BKK-2&top=3&view=lines",
                "/traffic?by=none&direction=in&measure=percent-of-link",
                "/traffic?by=country,ip-version,protocol,site&measure=octets&order=octets&from=now-6h",
                "/traffic?by=hour&measure=packets-per-second&from=now-3d&view=table",
                "/traffic?by=member,remote-as&view=sankey&compare=previous&sort=change",
                "/traffic?by=country&view=heat&direction=in&sort=country:descending",
                "/traffic?view=grid&from=now-7d&compare=previous",
                "/traffic?view=grid&from=now-10d&direction=in&sort=percentile95BitsPerSecond",
                "/links?sort=capacityBitsPerSecond",
                "/exporters?sort=exporter:descending",
                "/exporters/pnh-r1?sort=templates.records",
                "/links",
                "/links/PNH-SGN-1?month=2026-11",
                "/links/PNH-SGN-1/samples?month=2026-11&day=2026-11-20",
                "/links/PNH-SHV-1",
                "/exporters",
                "/exporters/pnh-r1",
                "/exporters/shv-r1",
                "/exporters/add",
                "/status",
                "/go?q=bkk"
            })
    void aPageAndItsDocumentsHoldTheSameRows(String address) throws Exception {
        for (Language language : Language.values()) {
            Pages.Opened opened = pages.open(address, language);
            Page page = ((Answer.Shown) opened.answer()).page();
            String text = html.page(opened.visit().orElseThrow(), page);
            assertThat(text.getBytes(StandardCharsets.UTF_8).length)
                    .as("octets of the page")
                    .isLessThan(PAGE_OCTETS_MAX);
            Document dom = parsed(text);
            for (var table : page.tables()) {
                List<List<String>> onScreen = rows(dom, table.key());
                if (page.template().equals("add")) {
                    continue;
                }
                String csv = documents
                        .answer(ending(address, ".csv", table.key(), language))
                        .body();
                assertThat(onScreen).as(table.key() + " as CSV").isEqualTo(csvRows(csv));
                String json = documents
                        .answer(ending(address, ".json", table.key(), language))
                        .body();
                assertThat(json).contains("\"meta\"", "\"generated\"", "\"licence\": \"CC0-1.0\"", "\"zone\"");
                assertThat(json.lines().filter(l -> l.startsWith("  {")).count())
                        .as(table.key() + " as JSON")
                        .isEqualTo(onScreen.size() + table.totals().size());
            }
        }
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws Exception {
        Set<String> seen = new HashSet<>();
        Deque<String> toVisit = new ArrayDeque<>(List.of("/"));
        while (!toVisit.isEmpty() && seen.size() < 250) {
            String address = toVisit.pop();
            if (!seen.add(address) || address.contains("/static/")) {
                continue;
            }
            Pages.Opened opened = pages.open(address, Language.EN);
            switch (opened.answer()) {
                case Answer.Wrong wrong -> assertThat(wrong).as(address).isNull();
                case Answer.Moved moved -> toVisit.push(moved.location());
                case Answer.Shown shown -> {
                    if (address.contains(".csv") || address.contains(".json")) {
                        continue;
                    }
                    Document dom = parsed(html.page(opened.visit().orElseThrow(), shown.page()));
                    NodeList links = dom.getElementsByTagName("a");
                    for (int i = 0; i < links.getLength(); i++) {
                        String href = ((Element) links.item(i)).getAttribute("href");
                        if (href.startsWith("/")) {
                            toVisit.add(href);
                        }
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    @Test
    void aNameThatIsMarkupStaysText() {
        for (String address :
                List.of("/", "/traffic?by=member,remote-as", "/links", "/exporters/shv-r1", "/go?q=bol")) {
            Pages.Opened opened = pages.open(address, Language.EN);
            String text = html.page(opened.visit().orElseThrow(), ((Answer.Shown) opened.answer()).page());
            assertThat(text).doesNotContain("<b>").contains("&lt;b");
        }
    }

    private static String ending(String address, String ending, String table, Language language) {
        int question = address.indexOf('?');
        String path = question < 0 ? address : address.substring(0, question);
        String query = question < 0 ? "?" : address.substring(question) + "&";
        String named = path.equals("/") ? "/overview" : path;
        return named + ending + query + "table=" + table + "&lang=" + language.tag();
    }

    private static Document parsed(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<List<String>> rows(Document dom, String key) {
        List<List<String>> rows = new ArrayList<>();
        NodeList tables = dom.getElementsByTagName("table");
        for (int t = 0; t < tables.getLength(); t++) {
            Element table = (Element) tables.item(t);
            if (table.getAttribute("data-table").equals(key)) {
                Element body = (Element) table.getElementsByTagName("tbody").item(0);
                NodeList lines = body.getElementsByTagName("tr");
                for (int r = 0; r < lines.getLength(); r++) {
                    rows.add(cells((Element) lines.item(r)));
                }
            }
        }
        return rows;
    }

    private static List<String> cells(Element row) {
        List<String> cells = new ArrayList<>();
        NodeList all = row.getElementsByTagName("td");
        for (int c = 0; c < all.getLength(); c++) {
            cells.add(exact((Element) all.item(c)));
        }
        return cells;
    }

    /** The value that a cell carries: of its data or time element, else its text; a dash is nothing. */
    private static String exact(Element cell) {
        Node data = cell.getElementsByTagName("data").item(0);
        Node time = cell.getElementsByTagName("time").item(0);
        String text = data != null
                ? ((Element) data).getAttribute("value")
                : time != null ? ((Element) time).getAttribute("datetime") : cell.getTextContent();
        boolean unknown = data == null && time == null && text.equals("–");
        return unknown ? "" : text;
    }

    private static List<List<String>> csvRows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        boolean header = true;
        for (String line : csv.split("\r\n")) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!header) {
                rows.add(fields(line));
            }
            header = false;
        }
        return rows;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
