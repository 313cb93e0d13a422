// SPDX-License-Identifier: Apache-2.0
package tonle.notary.entry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import tonle.tlog.Octets;
import tonle.tlog.Outcome;
import tonle.tlog.note.VerifierKey;
import tonle.tlog.tree.Hash;

/** The values of an entry, each already looked at by its {@link FieldType}, taken one after the other. */
final class Values {
    private final List<String> texts;
    private int next;

    Values(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    String text() {
        return texts.get(next++);
    }

    long number() {
        return Long.parseLong(text());
    }

    Instant moment() {
        return Instant.parse(text());
    }

    LocalDate day() {
        return LocalDate.parse(text());
    }

    YearMonth month() {
        return YearMonth.parse(text());
    }

    Hash digest() {
        return Hash.ofHex(text());
    }

    boolean truth() {
        return text().equals("yes");
    }

    VerifierKey key() {
        return switch (VerifierKey.parse(text())) {
            case Outcome.Good<VerifierKey>(VerifierKey key) -> key;
            case Outcome.Refused<VerifierKey> refused ->
                throw new IllegalStateException("its type looked at it: " + refused);
        };
    }

    Octets octets() {
        return Octets.of(Base64.getDecoder().decode(text()));
    }
}
