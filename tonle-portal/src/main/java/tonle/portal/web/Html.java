// SPDX-License-Identifier: Apache-2.0
package tonle.portal.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tonle.portal.PortalServices;
import tonle.portal.PortalSettings;
import tonle.portal.view.Page;
import tonle.portal.view.Pages;
import tonle.portal.view.Trouble;
import tonle.portal.view.Visit;
import tonle.portal.words.Language;
import tonle.traffic.exporter.ExporterHealth;

/** Draws views as HTML with the templates that were compiled into this room. */
public final class Html {
    private static final int TOKEN_OCTETS = 16;

    private final TemplateEngine templates;
    private final PortalSettings settings;
    private final PortalServices services;
    private final String formToken;
    private final String assetVersion;

    public Html(PortalSettings settings, PortalServices services, String assetVersion) {
        this.settings = settings;
        this.services = services;
        this.assetVersion = assetVersion;
        this.templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Html.class.getClassLoader(), "tonle.portal.jte");
        byte[] token = new byte[TOKEN_OCTETS];
        new SecureRandom().nextBytes(token);
        this.formToken = HexFormat.of().formatHex(token);
    }

    /** What a form of this run carries; another site cannot know it. */
    String formToken() {
        return formToken;
    }

    public String page(Visit visit, Page page) {
        Shell shell = new Shell(visit, page, surroundings());
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
    Visit anywhere(Language language) {
        Pages.Opened opened = new Pages(settings, services).open("/go", language);
        return opened.visit().orElseThrow();
    }

    private Shell.Surroundings surroundings() {
        long heard = services.meter().exporters().stream()
                .mapToLong(ExporterHealth::lastHeardMillis)
                .max()
                .orElse(0);
        return new Shell.Surroundings(
                formToken, heard / 1000, services.status().get().demo(), assetVersion);
    }
}
