// SPDX-License-Identifier: Apache-2.0
package tonle.traffic.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The remembered file holds what the data dictionary says, word for word, and nothing else. */
class ExporterMemoryDictionaryTest {
    private static final Path DOCS =
            Path.of(System.getProperty("tonle.root", "..")).resolve("docs");
    private static final String WHERE = "exporter-memory";

    private static List<String> names() throws IOException {
        return Files.readAllLines(DOCS.resolve("data-dictionary.tsv")).stream()
                .filter(line -> line.startsWith(WHERE + "\t"))
                .map(line -> line.split("\t")[1])
                .toList();
    }

    @Test
    void everyWordOfALineHasItsEntry() throws IOException {
        // The words of each kind of line, in order; the fields of a template are the last and as many as it has.
        List<String> lines = List.of(
                "source address last_heard",
                "template protocol port domain id kind scope_fields fields",
                "rate protocol domain selector population sampled since",
                "interface-rate protocol domain direction interface population sampled since");
        List<String> written = lines.stream()
                .flatMap(line ->
                        java.util.Arrays.stream(line.split(" ")).skip(1).map(word -> line.split(" ")[0] + "." + word))
                .toList();
        assertThat(names()).containsExactlyElementsOf(written);

        WaitingRooms waiting = new WaitingRooms(65_536, 65_536, 1_000);
        ExporterMemory memory = ExporterMemory.none();
        Sources sources = new Sources(waiting, memory, 10, 10);
        sources.use(ExporterSamples.topology());
        Source source = sources.of(ExporterSamples.ROUTER);
        Session session = source.udpSession(tonle.wire.flow.FlowProtocol.IPFIX, 5, 4_739, sources, 1_000);
        session.define(ExporterSamples.template(), false, 10, 1_000);
        session.book.learn(3, Rate.of(100, 1, RateSource.SELECTOR), 1_000);
        session.book.learnInterface(true, 12, Rate.of(200, 1, RateSource.INTERFACE), 2_000);
        List<String> text = memory.text(sources.all()).lines().skip(1).toList();
        waiting.close();

        assertThat(text)
                .containsExactly(
                        "source 192.0.2.1 0",
                        "template ipfix 4739 5 300 data 0 8:4 29305/1:8",
                        "rate ipfix 5 3 100 1 1000",
                        "interface-rate ipfix 5 egress 12 200 1 2000");
        for (int i = 0; i < text.size(); i++) {
            int words = lines.get(i).split(" ").length;
            assertThat(text.get(i).split(" ").length).isGreaterThanOrEqualTo(words);
            assertThat(text.get(i).split(" ")[0]).isEqualTo(lines.get(i).split(" ")[0]);
        }
    }

    @Test
    void theDocumentSaysTheSame() throws IOException {
        List<String> documented = Files.readAllLines(DOCS.resolve("DATA.md")).stream()
                .filter(line -> line.startsWith("| " + WHERE + " |"))
                .map(line -> line.split("\\|")[2].strip())
                .toList();
        assertThat(documented).isEqualTo(names());
    }
}
