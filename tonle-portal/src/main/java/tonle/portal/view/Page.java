// SPDX-License-Identifier: Apache-2.0
package tonle.portal.view;

import java.util.List;
import java.util.Optional;
import tonle.portal.table.Table;

/**
 * A page before it is drawn.
 *
 * @param template the template that draws it
 * @param nav which entry of the navigation it stands under
 * @param sentence the plain sentence that answers the page's question; also the {@code query} of its documents
 * @param tables its tables; the first is what {@code .json} and {@code .csv} give unless {@code table=} picks another
 * @param dataSeconds the newest bin the page rests on, 0 where it rests on none
 * @param command the same view on the command line, or empty
 * @param refreshSeconds how often a page that shows "now" is renewed by the script; 0 for never
 * @param body what the template needs beside
 */
public record Page(
        String template,
        String nav,
        String title,
        List<Crumb> crumbs,
        String sentence,
        List<Table> tables,
        long dataSeconds,
        String command,
        int refreshSeconds,
        String previousHref,
        String nextHref,
        Object body) {
    /** A page above this one. */
    public record Crumb(String title, String href) {}

    public Page {
        crumbs = List.copyOf(crumbs);
        tables = List.copyOf(tables);
    }

    /** What a page shows this once. */
    public record Once(String secret, String backHref) {}

    /** A page with a secret, which answers a form and has no address. */
    public static Page shownOnce(String title, String sentence, String secret, String backHref) {
        return of("once", title, sentence, List.of(), new Once(secret, backHref));
    }

    static Page of(String nav, String title, String sentence, List<Table> tables, Object body) {
        return new Page(nav, nav, title, List.of(), sentence, tables, 0, "", 0, "", "", body);
    }

    Page drawnBy(String other) {
        return new Page(
                other,
                nav,
                title,
                crumbs,
                sentence,
                tables,
                dataSeconds,
                command,
                refreshSeconds,
                previousHref,
                nextHref,
                body);
    }

    Page withTables(List<Table> others) {
        return new Page(
                template,
                nav,
                title,
                crumbs,
                sentence,
                others,
                dataSeconds,
                command,
                refreshSeconds,
                previousHref,
                nextHref,
                body);
    }

    Page under(String crumbTitle, String href) {
        return new Page(
                template,
                nav,
                title,
                List.of(new Crumb(crumbTitle, href)),
                sentence,
                tables,
                dataSeconds,
                command,
                refreshSeconds,
                previousHref,
                nextHref,
                body);
    }

    Page restingOn(long newestBinSeconds) {
        return new Page(
                template,
                nav,
                title,
                crumbs,
                sentence,
                tables,
                newestBinSeconds,
                command,
                refreshSeconds,
                previousHref,
                nextHref,
                body);
    }

    Page asCommand(String other) {
        return new Page(
                template,
                nav,
                title,
                crumbs,
                sentence,
                tables,
                dataSeconds,
                other,
                refreshSeconds,
                previousHref,
                nextHref,
                body);
    }

    Page renewedEvery(int seconds) {
        return new Page(
                template,
                nav,
                title,
                crumbs,
                sentence,
                tables,
                dataSeconds,
                command,
                seconds,
                previousHref,
                nextHref,
                body);
    }

    Page between(String previous, String next) {
        return new Page(
                template,
                nav,
                title,
                crumbs,
                sentence,
                tables,
                dataSeconds,
                command,
                refreshSeconds,
                previous,
                next,
                body);
    }

    /** The table of that key. */
    public Optional<Table> table(String key) {
        return tables.stream().filter(t -> t.key().equals(key)).findFirst();
    }
}
