// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.table.CsvText;
import tonle.portal.table.Documented;
import tonle.portal.table.JsonText;
import tonle.portal.table.PlainText;
import tonle.portal.table.Table;
import tonle.portal.words.Language;

/** Answers addresses with the tables of their pages, as JSON, CSV or text, without HTTP: {@code /exporters.json}. */
public final class Documents {
    private final Pages pages;
    private final Visitor asker;

    public Documents(PortalSettings settings, PortalServices services) {
        this(settings, services, Visitor.NOBODY);
    }

    /** @param asker as whom everything is asked */
    public Documents(PortalSettings settings, PortalServices services, Visitor asker) {
        this.pages = new Pages(settings, services);
        this.asker = asker;
    }

    /**
     * The document at an address.
     *
     * @param pathAndQuery a page's path with {@code .json}, {@code .csv} or {@code .txt} at its end, and its
     * parameters;
     *     without any of these it is answered as text
     */
    public Document answer(String pathAndQuery) {
        Pages.Opened opened = pages.open(pathAndQuery, Language.EN, asker);
        Ask.Format format = opened.visit().map(v -> v.ask().format()).orElse(Ask.Format.TEXT);
        return switch (opened.answer()) {
            case Answer.Shown(Page page) -> document(opened.visit().orElseThrow(), page, format);
            case Answer.Moved(String location) -> new Document(303, Document.TEXT, location + "\n", location);
            case Answer.Wrong(Trouble trouble) -> trouble(trouble, format);
        };
    }

    /** A refusal in the form that was asked for: a problem document (RFC 9457) for JSON, else words. */
    public static Document trouble(Trouble trouble, Ask.Format format) {
        return format == Ask.Format.JSON
                ? new Document(trouble.status(), Document.PROBLEM, trouble.json(), "")
                : new Document(trouble.status(), Document.TEXT, trouble.text(), "");
    }

    /** The table of a page that the visit asks for, in the form that it asks for. */
    public static Document document(Visit visit, Page page, Ask.Format format) {
        String key = visit.ask()
                .get("table")
                .orElse(page.tables().isEmpty() ? "" : page.tables().getFirst().key());
        Table table;
        try {
            visit.oneOf("table", key, page.tables().stream().map(Table::key).toList());
            table = page.table(key).orElseThrow();
        } catch (TroubleException e) {
            return trouble(e.trouble(), format);
        }
        Documented documented = new Documented(meta(visit, page, table), table);
        return switch (format) {
            case JSON -> Document.of(Document.JSON, JsonText.of(documented));
            case CSV -> Document.of(Document.CSV, CsvText.of(documented));
            case TEXT, HTML -> Document.of(Document.TEXT, page.sentence() + "\n\n" + PlainText.of(table, visit::time));
        };
    }

    private static Map<String, Object> meta(Visit visit, Page page, Table table) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("query", page.sentence());
        meta.put("address", visit.ask().with(Ask.Format.HTML, Map.of()));
        if (page.body() instanceof Stating body) {
            meta.putAll(body.stated());
        }
        meta.put("table", table.key());
        meta.put("generated", Instant.ofEpochSecond(visit.nowSeconds()).toString());
        meta.put(
                "freshness",
                page.dataSeconds() == 0
                        ? null
                        : Instant.ofEpochSecond(page.dataSeconds()).toString());
        meta.put("zone", visit.zone().getId());
        meta.put("licence", visit.settings().dataLicence());
        meta.put("rows", (long) table.rows().size());
        meta.put("rowsInTruth", table.count());
        return meta;
    }
}
