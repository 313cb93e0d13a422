// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.view.Page;
import tonle.portal.view.Pages;
import tonle.portal.view.Trouble;
import tonle.portal.view.Visit;
import tonle.portal.view.Visitor;
import tonle.portal.words.Language;
import tonle.traffic.exporter.ExporterHealth;

/** Draws views as HTML with the templates that were compiled into this room. */
public final class Html {
    private final TemplateEngine templates;
    private final PortalSettings settings;
    private final PortalServices services;
    private final String assetVersion;
    private final UnaryOperator<String> challenges;

    /** @param challenges makes a fresh challenge for a purpose; pages without people ask for none */
    public Html(
            PortalSettings settings, PortalServices services, String assetVersion, UnaryOperator<String> challenges) {
        this.challenges = challenges;
        this.settings = settings;
        this.services = services;
        this.assetVersion = assetVersion;
        this.templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Html.class.getClassLoader(), "tonle.portal.jte");
    }

    public String page(Visit visit, Page page) {
        Shell shell = new Shell(visit, page, surroundings(), services.people().isPresent(), challenges);
        StringOutput output = new StringOutput(32_768);
        Object body = page.body();
        templates.render(
                page.template() + ".jte",
                body instanceof String ? Map.of("shell", shell) : Map.of("shell", shell, "body", body),
                output);
        return output.toString();
    }

    /** A refusal as a page of its own, with the shell where the address could be read at all. */
    public String trouble(Visit visit, Trouble trouble) {
        Page page = new Page(
                "trouble", "", trouble.title(), List.of(), trouble.detail(), List.of(), 0, "", 0, "", "", trouble);
        return page(visit, page);
    }

    /** A visit that leads nowhere in particular, to draw refusals of addresses that cannot be read. */
    Visit anywhere(Language language, Visitor visitor) {
        Pages.Opened opened = new Pages(settings, services).open("/go", language, visitor);
        return opened.visit().orElseThrow();
    }

    private Shell.Surroundings surroundings() {
        long heard = services.meter().exporters().stream()
                .mapToLong(ExporterHealth::lastHeardMillis)
                .max()
                .orElse(0);
        return new Shell.Surroundings(heard / 1000, services.status().get().demo(), assetVersion);
    }
}
