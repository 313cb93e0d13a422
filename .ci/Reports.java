// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Reads the test reports of all modules and fails where a test was skipped, where a module with tests reported none, or
 * where nothing ran: a green run must mean that everything was looked at.
 */
final class Reports {
    /** Tests that may be skipped in CI, "class#method", each with its reason. None is. */
    static final Map<String, String> MAY_SKIP = Map.of();

    private int run;
    private double seconds;
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final Map<String, Integer> byModule = new TreeMap<>();

    static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Reports reports = new Reports();
        List<String> silent = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).sorted().toList()) {
                int before = reports.run;
                reports.read(module);
                reports.byModule.put(module.getFileName().toString(), reports.run - before);
                if (reports.run == before && hasTests(module)) {
                    silent.add(module.getFileName().toString());
                }
            }
        }
        reports.byModule.forEach((module, count) -> System.out.printf("%-16s %6d tests%n", module, count));
        System.out.printf(
                "%-16s %6d tests, %d failed, %d skipped, %.0f s in tests%n",
                "all", reports.run, reports.failed.size(), reports.skipped.size(), reports.seconds);
        reports.failed.forEach(test -> System.out.println("failed:  " + test));
        reports.skipped.forEach(test -> System.out.println("skipped: " + test));
        silent.forEach(module -> System.out.println("no report from " + module + ", though it has tests"));
        boolean good = reports.run > 0 && reports.failed.isEmpty() && reports.skipped.isEmpty() && silent.isEmpty();
        System.exit(good ? 0 : 1);
    }

    private void read(Path module) throws Exception {
        Path folder = module.resolve("target/surefire-reports");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
                Element suite = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getDocumentElement();
                var cases = suite.getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    count((Element) cases.item(i));
                }
            }
        }
    }

    private void count(Element test) {
        run++;
        seconds += Double.parseDouble(test.getAttribute("time").replace(",", ""));
        String name = test.getAttribute("classname") + "#" + test.getAttribute("name");
        if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
            failed.add(name);
        }
        var marks = test.getElementsByTagName("skipped");
        if (marks.getLength() > 0 && !MAY_SKIP.containsKey(name)) {
            skipped.add(name + ": " + ((Element) marks.item(0)).getAttribute("message"));
        }
    }

    private static boolean hasTests(Path module) throws IOException {
        Path tests = module.resolve("src/test/java");
        if (!Files.isDirectory(tests)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(tests)) {
            return files.anyMatch(f -> f.toString().endsWith("Test.java"));
        }
    }
}
