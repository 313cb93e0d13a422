// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/** The project's files as they lie on disk, build results and version control left out. */
final class SourceTree {
    private static final Set<String> FOLDERS_LEFT_OUT = Set.of("target", ".git", ".idea", ".vscode", "data");

    private final Path root;
    private final TreeMap<String, Path> files = new TreeMap<>();
    private final List<Unit> units;

    /** One Java file. {@code room} is the module's name without {@code tonle-}. */
    record Unit(
            String path,
            String room,
            boolean isMain,
            List<String> lines,
            CompilationUnitTree tree,
            SourcePositions positions) {
        String packageName() {
            return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
        }

        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The line, from 1, where {@code part} begins. */
        int firstLine(Tree part) {
            return (int) tree.getLineMap().getLineNumber(positions.getStartPosition(tree, part));
        }

        int lastLine(Tree part) {
            return (int) tree.getLineMap().getLineNumber(positions.getEndPosition(tree, part));
        }
    }

    SourceTree(Path root) throws IOException {
        this.root = root;
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean isLeftOut = !folder.equals(root)
                        && FOLDERS_LEFT_OUT.contains(folder.getFileName().toString());
                return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.put(root.relativize(file).toString().replace('\\', '/'), file);
                return FileVisitResult.CONTINUE;
            }
        });
        units = parse();
    }

    /** The tree that this build stands in. */
    static SourceTree ofThisBuild() {
        Path root =
                Path.of(System.getProperty("tonle.root", "..")).toAbsolutePath().normalize();
        try {
            return new SourceTree(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Unit> units() {
        return units;
    }

    List<Unit> mainUnits() {
        return units.stream().filter(Unit::isMain).toList();
    }

    /** Paths from the root, sorted. */
    List<String> paths() {
        return List.copyOf(files.keySet());
    }

    /** Those that end in one of {@code endings}. */
    List<String> paths(String... endings) {
        return files.keySet().stream()
                .filter(path -> Arrays.stream(endings).anyMatch(path::endsWith))
                .toList();
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The file's text; empty for a file that is not text in UTF-8, such as a font. */
    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (MalformedInputException _) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines(String path) {
        return text(path).lines().toList();
    }

    private List<Unit> parse() throws IOException {
        List<String> paths = paths(".java").stream()
                .filter(path -> path.startsWith("tonle-"))
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<Unit> parsed = new ArrayList<>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjectsFromPaths(
                    paths.stream().map(root::resolve).toList());
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree tree : task.parse()) {
                String path = root.relativize(Path.of(tree.getSourceFile().toUri()))
                        .toString()
                        .replace('\\', '/');
                String room = path.substring("tonle-".length(), path.indexOf('/'));
                parsed.add(new Unit(path, room, path.contains("/src/main/"), lines(path), tree, positions));
            }
        }
        return List.copyOf(parsed);
    }
}
