// SPDX-License-Identifier: Apache-2.0
package tonle.registry.country;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tonle.base.Must;
import tonle.registry.book.Kind;
import tonle.registry.change.Item;

/**
 * The exchanges and sites of a country.
 *
 * @param id two letters, small: {@code kh}
 * @param sources where its facts are from
 * @param items additions in the order in which they refer to each other
 */
public record CountryPack(String id, String name, String nameKhmer, List<String> sources, List<Item> items) {
    private static final List<String> SHIPPED = List.of("kh");

    public CountryPack {
        sources = List.copyOf(sources);
        items = List.copyOf(items);
    }

    public static List<CountryPack> shipped() {
        return SHIPPED.stream().map(CountryPack::shipped).toList();
    }

    public static Optional<CountryPack> find(String id) {
        return SHIPPED.stream().filter(id::equals).findFirst().map(CountryPack::shipped);
    }

    /** The pack's files are our own: what is wrong with one is a defect, found by its test. */
    private static CountryPack shipped(String id) {
        try (InputStream in = CountryPack.class.getResourceAsStream(id + ".yaml")) {
            Must.hold(in != null, "the country pack " + id + " is packed");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<?, ?> pack = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
            List<Item> items = new ArrayList<>(items(Kind.EXCHANGE, pack.get("exchanges")));
            items.addAll(items(Kind.SITE, pack.get("sites")));
            List<String> sources = ((List<?>) pack.get("sources"))
                    .stream().map(String::valueOf).toList();
            return new CountryPack(
                    id, String.valueOf(pack.get("name")), String.valueOf(pack.get("name-khmer")), sources, items);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Item> items(Kind kind, Object listed) {
        List<Item> items = new ArrayList<>();
        for (Object each : (List<?>) listed) {
            Map<String, String> fields = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((name, value) -> fields.put(String.valueOf(name), String.valueOf(value)));
            items.add(Item.add(kind, fields.remove("id"), fields));
        }
        return items;
    }
}
