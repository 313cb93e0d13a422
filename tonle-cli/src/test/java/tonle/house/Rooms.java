// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Which room may import which: as docs/ARCHITECTURE.md draws it, as the poms say it, as the sources do it. */
final class Rooms {
    private static final Pattern ROW = Pattern.compile("\\| `tonle-([a-z]+)` \\|[^|]*\\|([^|]*)\\|.*");
    private static final Pattern NAME = Pattern.compile("[a-z]+");

    private Rooms() {}

    /** The table with the column "may import". */
    static Map<String, TreeSet<String>> ofTheDocument(SourceTree tree) {
        Map<String, TreeSet<String>> arrows = new TreeMap<>();
        for (String line : tree.lines("docs/ARCHITECTURE.md")) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                TreeSet<String> imported = new TreeSet<>();
                Matcher name = NAME.matcher(row.group(2).replace("the JDK alone", ""));
                while (name.find()) {
                    imported.add(name.group());
                }
                arrows.put(row.group(1), imported);
            }
        }
        return arrows;
    }

    /** Dependencies of each module on other modules, tests' left out. */
    static Map<String, TreeSet<String>> ofThePoms(SourceTree tree) throws Exception {
        Map<String, TreeSet<String>> arrows = new TreeMap<>();
        for (String path : tree.paths("/pom.xml")) {
            String room = path.substring("tonle-".length(), path.indexOf('/'));
            TreeSet<String> imported = new TreeSet<>();
            for (Element dependency : dependencies(tree.text(path))) {
                if (text(dependency, "groupId").equals("org.tonle")
                        && !text(dependency, "scope").equals("test")) {
                    imported.add(text(dependency, "artifactId").substring("tonle-".length()));
                }
            }
            arrows.put(room, imported);
        }
        return arrows;
    }

    /** Dependencies of others' making that {@code room} has outside its tests. */
    static List<String> foreignDependencies(SourceTree tree, String room) throws Exception {
        return dependencies(tree.text("tonle-" + room + "/pom.xml")).stream()
                .filter(dependency -> !text(dependency, "groupId").equals("org.tonle"))
                .filter(dependency -> !text(dependency, "scope").equals("test"))
                .map(dependency -> text(dependency, "artifactId"))
                .toList();
    }

    private static List<Element> dependencies(String pom) throws Exception {
        var found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("dependency");
        List<Element> dependencies = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            dependencies.add((Element) found.item(i));
        }
        return dependencies;
    }

    private static String text(Element parent, String child) {
        var found = parent.getElementsByTagName(child);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
