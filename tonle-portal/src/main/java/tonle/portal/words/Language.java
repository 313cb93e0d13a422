// SPDX-License-Identifier: Apache-2.0
package tonle.portal.words;

import java.util.Locale;

/** The languages of the pages; the tag is the one of {@code lang=} and of HTML (BCP 47). */
public enum Language {
    EN("en", "English"),
    KM("km", "ខ្មែរ");

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    public String tag() {
        return tag;
    }

    /** The language's name in itself, as its switch is labelled. */
    public String ownName() {
        return ownName;
    }

    public Language other() {
        return this == EN ? KM : EN;
    }

    public Locale locale() {
        return Locale.of(tag, this == KM ? "KH" : "GB");
    }

    /** The first language of an {@code Accept-Language} header that is spoken here; English where none is. */
    public static Language accepted(String header) {
        for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
            String tag = part.strip();
            if (tag.startsWith("km")) {
                return KM;
            }
            if (tag.startsWith("en")) {
                return EN;
            }
        }
        return EN;
    }
}
