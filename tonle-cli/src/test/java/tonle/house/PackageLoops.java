// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tonle.house.SourceTree.Unit;

/** What imports what, by package, and the loops in it. */
final class PackageLoops {
    private PackageLoops() {}

    /** Packages of Tonle that {@code unit} uses by import or by full name, its own left out. */
    static Set<String> uses(Unit unit, Set<String> packages) {
        Set<String> used = new TreeSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitPackage(PackageTree tree, Void nothing) {
                return null;
            }

            @Override
            public Void visitImport(ImportTree tree, Void nothing) {
                note(tree.getQualifiedIdentifier().toString());
                return null;
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
                if (tree.toString().startsWith("tonle.")) {
                    note(tree.toString());
                    return null;
                }
                return super.visitMemberSelect(tree, nothing);
            }

            /** The longest leading part of {@code name} that is a package of ours. */
            private void note(String name) {
                String part = name;
                while (!packages.contains(part) && part.indexOf('.') >= 0) {
                    part = part.substring(0, part.lastIndexOf('.'));
                }
                if (packages.contains(part) && !part.equals(unit.packageName())) {
                    used.add(part);
                }
            }
        }.scan(unit.tree(), null);
        return used;
    }

    /** Each loop as {@code a -> b -> a}, one for each package that can reach itself. */
    static List<String> loops(List<Unit> units) {
        Set<String> packages = new TreeSet<>();
        units.forEach(unit -> packages.add(unit.packageName()));
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (Unit unit : units) {
            if (isDoor(unit, units)) {
                continue;
            }
            arrows.computeIfAbsent(unit.packageName(), _ -> new TreeSet<>()).addAll(uses(unit, packages));
        }
        List<String> loops = new ArrayList<>();
        for (String start : packages) {
            List<String> way = new ArrayList<>(List.of(start));
            if (reaches(start, start, arrows, new TreeSet<>(), way)) {
                loops.add(String.join(" -> ", way));
            }
        }
        return loops;
    }

    /**
     * Whether a class is the room's door: it stands in the room's outermost package, opens what lies inside, and
     * nothing inside imports it. What it imports closes no loop.
     */
    private static boolean isDoor(Unit unit, List<Unit> units) {
        String outermost = "tonle." + unit.room();
        String name = outermost + "." + unit.fileName().replace(".java", "");
        return unit.packageName().equals(outermost)
                && units.stream()
                        .flatMap(other -> other.tree().getImports().stream())
                        .noneMatch(
                                tree -> tree.getQualifiedIdentifier().toString().equals(name));
    }

    private static boolean reaches(
            String from, String goal, Map<String, Set<String>> arrows, Set<String> seen, List<String> way) {
        for (String next : arrows.getOrDefault(from, Set.of())) {
            way.add(next);
            if (next.equals(goal) || seen.add(next) && reaches(next, goal, arrows, seen, way)) {
                return true;
            }
            way.removeLast();
        }
        return false;
    }
}
