// SPDX-License-Identifier: Apache-2.0
package tonle.house;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;
import tonle.house.SourceTree.Unit;

/**
 * What holds for every source file of Tonle. Each rule is one test; its failure names the file, the line and the way
 * out.
 */
final class HouseRulesTest {
    private static final int FILE_LINES_MAX = 600;
    private static final int METHOD_LINES_MAX = 70;
    private static final int LINE_COLUMNS_MAX = 120;
    /** Where the line is a text that the formatter does not break. */
    private static final int TEXT_COLUMNS_MAX = 140;

    private static final SourceTree TREE = SourceTree.ofThisBuild();

    /** Calls that reach for time or chance behind the back of {@code tonle.base.power}. */
    private static final Set<String> POWERS = Set.of(
            "System.currentTimeMillis",
            "System.nanoTime",
            "Instant.now",
            "LocalDate.now",
            "LocalDateTime.now",
            "OffsetDateTime.now",
            "ZonedDateTime.now",
            "Math.random",
            "ThreadLocalRandom.current",
            "UUID.randomUUID");

    /** Classes that may wait, each with its reason. */
    private static final Map<String, String> MAY_WAIT = Map.ofEntries(
            Map.entry("tonle.bench.DatagramSender", "a sender keeps to its rate"),
            Map.entry("tonle.bench.PortalLoad", "each request has its moment"),
            Map.entry(
                    "tonle.bench.LiveBench", "another program says nothing when it listens, or has drained its socket"),
            Map.entry("tonle.bench.LiveContestant", "figures of a receiver are of its last second"),
            Map.entry("tonle.cli.PageOptions", "a watched page is asked for anew after a while"),
            Map.entry(
                    "tonle.database.EmbeddedServer", "the sessions of a killed server end one by one, and say nothing"),
            Map.entry("tonle.gateway.StoreWriter", "a store that cannot be written is tried again after a while"),
            Map.entry("tonle.gateway.control.ControlServer", "where the system gives no connection: no busy loop"),
            Map.entry(
                    "tonle.gateway.listen.StreamListener",
                    "after trouble of the system: no busy loop; at a stop, for sessions"),
            Map.entry(
                    "tonle.gateway.listen.StreamSession", "a full ring holds the connection back, as TCP is meant to"),
            Map.entry("tonle.gateway.listen.UdpListener", "a nap after a short batch halves the cost of low rates"),
            Map.entry("tonle.gateway.listen.Worker", "an idle worker looks at its ring again after a nap"));

    /** Names that would betray a way to weaken a promise. Rooms that are built later keep to them too. */
    private static final Pattern WEAKENING = Pattern.compile(
            "wiretap|interception|lawfulintercept|eavesdrop|deeppacket|payloadinspect|keywordfilter|urlfilter|urlblock"
                    + "|subscriberid|subscribername|identifyuser|useridentity|flowspec|blackhole|killswitch|servicecut"
                    + "|disconnectmember|shutmember|blockvpn|blocktor|vpntraffic|tortraffic|tunnelclass|circumvent",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BANNED_TYPE =
            Pattern.compile("\\w*(Util|Utils|Helper|Helpers|Manager|Impl)|(Abstract|Base)[A-Z]\\w*");

    private static final Pattern QUANTITY =
            Pattern.compile("(.*_)?(LENGTH|SIZE|TIMEOUT|AGE|DELAY|INTERVAL|DURATION|CAPACITY|PERIOD|LIMIT|MAX|MIN)");

    /** A name that ends in a quantity says of what; these are the kinds and units that the trade has. */
    private static final Pattern KIND = Pattern.compile(
            "(.*_)?(OCTETS|BITS|NANOS|MICROS|MILLIS|SECONDS|MINUTES|HOURS|DAYS|COUNT|RATE|INDEX|PORT|ETHERTYPE|VERSION|ID)"
                    + "(_(MAX|MIN|FIRST|DEFAULT|INTERVAL|LIMIT))?");

    @Test
    void theDrawnArrowsAreThoseOfThePoms() throws Exception {
        assertThat(Rooms.ofTheDocument(TREE))
                .as("the table 'may import' in docs/ARCHITECTURE.md against the dependencies in the poms")
                .isEqualTo(Rooms.ofThePoms(TREE));
    }

    @Test
    void aRoomImportsOnlyWhatItsArrowsAllow() {
        Map<String, TreeSet<String>> arrows = Rooms.ofTheDocument(TREE);
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            for (ImportTree tree : unit.tree().getImports()) {
                String name = tree.getQualifiedIdentifier().toString();
                if (name.startsWith("tonle.")) {
                    String room = name.split("\\.")[1];
                    if (!room.equals(unit.room()) && !arrows.get(unit.room()).contains(room)) {
                        wrong.add(at(unit, tree, "imports the room " + room));
                    }
                }
            }
        }
        assertThat(wrong)
                .as("imports against docs/ARCHITECTURE.md: only downward")
                .isEmpty();
    }

    @Test
    void everyPackageBelongsToItsRoom() {
        assertThat(TREE.mainUnits())
                .as("a room holds the package of its name and those inside it")
                .allMatch(unit -> (unit.packageName() + ".").startsWith("tonle." + unit.room() + "."));
    }

    @Test
    void baseWireAndTlogStandOnTheJdkAlone() throws Exception {
        for (String room : List.of("base", "wire", "tlog")) {
            assertThat(Rooms.foreignDependencies(TREE, room))
                    .as("dependencies of " + room)
                    .isEmpty();
        }
    }

    @Test
    void packagesOfARoomHaveNoImportLoop() {
        Map<String, List<Unit>> byRoom = new TreeMap<>();
        TREE.mainUnits()
                .forEach(unit -> byRoom.computeIfAbsent(unit.room(), _ -> new ArrayList<>())
                        .add(unit));
        List<String> loops = new ArrayList<>();
        byRoom.values().forEach(units -> loops.addAll(PackageLoops.loops(units)));
        assertThat(loops).as("packages that import each other in a ring").isEmpty();
    }

    @Test
    void timeAndChanceAreHandedIn() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            if (unit.packageName().equals("tonle.base.power")) {
                continue;
            }
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
                    String[] parts = tree.toString().split("\\.");
                    String last = parts.length < 2 ? "" : parts[parts.length - 2] + "." + parts[parts.length - 1];
                    if (POWERS.contains(last)) {
                        wrong.add(at(unit, tree, last));
                    }
                    return super.visitMemberSelect(tree, nothing);
                }

                @Override
                public Void visitNewClass(NewClassTree tree, Void nothing) {
                    String type = tree.getIdentifier().toString();
                    if (type.equals("Random")
                            || type.equals("Date") && tree.getArguments().isEmpty()) {
                        wrong.add(at(unit, tree, "new " + type));
                    }
                    return super.visitNewClass(tree, nothing);
                }
            }.scan(unit.tree(), null);
        }
        assertThat(wrong).as("use tonle.base.power.Clock and Seed, handed in").isEmpty();
    }

    @Test
    void nothingSleepsUnlistedInMainCode() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            String type = unit.packageName() + "." + unit.fileName().replace(".java", "");
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
                    String text = tree.toString();
                    boolean waits = text.matches("(.*\\.)?(Thread\\.sleep|LockSupport\\.park\\w*)");
                    if (waits && !MAY_WAIT.containsKey(type)) {
                        wrong.add(at(unit, tree, text));
                    }
                    return super.visitMemberSelect(tree, nothing);
                }
            }.scan(unit.tree(), null);
        }
        assertThat(wrong)
                .as("wait for an event; or list the class in MAY_WAIT with its reason")
                .isEmpty();
    }

    @Test
    void typesAreNamedAfterTheTrade() {
        assertThat(declaredTypes().stream()
                        .filter(found -> BANNED_TYPE.matcher(found.name()).matches())
                        .map(Declared::where))
                .as("no Util, Helper, Manager, Impl, Abstract…, Base…: say what it is")
                .isEmpty();
    }

    @Test
    void noNameBetraysAWeakenedPromise() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree tree, Void nothing) {
                    note(tree, tree.getSimpleName().toString());
                    return super.visitClass(tree, nothing);
                }

                @Override
                public Void visitMethod(MethodTree tree, Void nothing) {
                    note(tree, tree.getName().toString());
                    return super.visitMethod(tree, nothing);
                }

                @Override
                public Void visitVariable(VariableTree tree, Void nothing) {
                    note(tree, tree.getName().toString());
                    return super.visitVariable(tree, nothing);
                }

                private void note(Tree tree, String name) {
                    if (WEAKENING.matcher(name.replace("_", "")).find()) {
                        wrong.add(at(unit, tree, name));
                    }
                }
            }.scan(unit.tree(), null);
        }
        assertThat(wrong)
                .as("architecture promises 1 to 4: there is no such act and no such data")
                .isEmpty();
    }

    @Test
    void filesMethodsAndLinesStayReadable() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.units()) {
            if (unit.lines().size() > FILE_LINES_MAX) {
                wrong.add(unit.path() + ": " + unit.lines().size() + " lines, at most " + FILE_LINES_MAX);
            }
            boolean isTextBlock = false;
            for (int i = 0; i < unit.lines().size(); i++) {
                String line = unit.lines().get(i);
                isTextBlock ^= line.contains("\"\"\"");
                int columns = line.codePointCount(0, line.length());
                int columnsMax = isTextBlock || line.contains("\"") ? TEXT_COLUMNS_MAX : LINE_COLUMNS_MAX;
                if (columns > columnsMax) {
                    wrong.add(unit.path() + ":" + (i + 1) + ": " + columns + " columns, at most " + columnsMax);
                }
            }
            forEachMethod(unit, (method, lines) -> {
                if (unit.isMain() && lines > METHOD_LINES_MAX) {
                    wrong.add(at(
                            unit, method, method.getName() + " has " + lines + " lines, at most " + METHOD_LINES_MAX));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void switchesOverOurOwnKindsNameEachCase() {
        Map<String, Set<String>> enums = new TreeMap<>();
        Set<String> sealedCases = new HashSet<>();
        for (Unit unit : TREE.units()) {
            collectKinds(unit, enums, sealedCases);
        }
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitSwitch(SwitchTree tree, Void nothing) {
                    check(tree, tree.getCases());
                    return super.visitSwitch(tree, nothing);
                }

                @Override
                public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
                    check(tree, tree.getCases());
                    return super.visitSwitchExpression(tree, nothing);
                }

                private void check(Tree tree, List<? extends CaseTree> cases) {
                    Set<String> labels = labels(cases);
                    boolean overEnum = enums.values().stream().anyMatch(names -> names.containsAll(labels));
                    boolean ours = !labels.isEmpty() && (overEnum || sealedCases.containsAll(labels));
                    if (ours && hasDefault(cases)) {
                        wrong.add(at(unit, tree, "default in a switch over " + labels));
                    }
                }
            }.scan(unit.tree(), null);
        }
        assertThat(wrong)
                .as("name every case, so that a new kind does not compile until each switch has answered it")
                .isEmpty();
    }

    @Test
    void constantsOfTheWireSayTheirUnit() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            if (!unit.room().equals("wire")) {
                continue;
            }
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitVariable(VariableTree tree, Void nothing) {
                    String name = tree.getName().toString();
                    boolean isNumber = tree.getType() != null
                            && Set.of("int", "long", "short", "double")
                                    .contains(tree.getType().toString());
                    boolean isConstant =
                            tree.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL));
                    if (isNumber
                            && isConstant
                            && QUANTITY.matcher(name).matches()
                            && !KIND.matcher(name).matches()) {
                        wrong.add(at(unit, tree, name));
                    }
                    return super.visitVariable(tree, nothing);
                }
            }.scan(unit.tree(), null);
        }
        assertThat(wrong)
                .as("_OCTETS, _BITS, _SECONDS, _COUNT_MAX …: a quantity names its unit")
                .isEmpty();
    }

    /** What was received never makes a decoder throw: RFC-breaking octets are events of the sink. */
    @Test
    void flowDecodersThrowNothing() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            if (!unit.packageName().equals("tonle.wire.flow")) {
                continue;
            }
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitThrow(ThrowTree tree, Void nothing) {
                    wrong.add(at(unit, tree, tree.toString()));
                    return null;
                }
            }.scan(unit.tree(), null);
        }
        assertThat(wrong)
                .as("tell the sink (malformed), or Must.hold where our own code is wrong")
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> described = TREE.mainUnits().stream()
                .filter(unit -> unit.fileName().equals("package-info.java"))
                .filter(unit -> String.join(" ", unit.lines()).matches("(?s).*/\\*\\*.{60,}\\*/.*"))
                .map(Unit::packageName)
                .collect(toSet());
        assertThat(TREE.mainUnits().stream().map(Unit::packageName).collect(toSet()))
                .as("packages without a paragraph in package-info.java: what comes in, what goes out")
                .isSubsetOf(described);
    }

    @Test
    void publicTypesSayWhatTheyAre() {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : TREE.mainUnits()) {
            for (Tree tree : unit.tree().getTypeDecls()) {
                if (tree instanceof ClassTree type
                        && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                        && !hasDocComment(unit, type)) {
                    wrong.add(at(unit, type, type.getSimpleName().toString()));
                }
            }
        }
        assertThat(wrong)
                .as("a doc comment whose first sentence says what it is")
                .isEmpty();
    }

    private record Declared(String name, String where) {}

    private interface MethodSink {
        void method(MethodTree method, int lines);
    }

    private static List<Declared> declaredTypes() {
        List<Declared> found = new ArrayList<>();
        for (Unit unit : TREE.units()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree tree, Void nothing) {
                    String name = tree.getSimpleName().toString();
                    found.add(new Declared(name, at(unit, tree, name)));
                    return super.visitClass(tree, nothing);
                }
            }.scan(unit.tree(), null);
        }
        return found;
    }

    private static void forEachMethod(Unit unit, MethodSink sink) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree tree, Void nothing) {
                if (tree.getBody() != null) {
                    sink.method(tree, unit.lastLine(tree.getBody()) - unit.firstLine(tree.getBody()) + 1);
                }
                return super.visitMethod(tree, nothing);
            }
        }.scan(unit.tree(), null);
    }

    private static void collectKinds(Unit unit, Map<String, Set<String>> enums, Set<String> sealedCases) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree tree, Void nothing) {
                String name = tree.getSimpleName().toString();
                if (tree.getKind() == Tree.Kind.ENUM) {
                    Set<String> constants = new TreeSet<>();
                    for (Tree member : tree.getMembers()) {
                        if (member instanceof VariableTree field
                                && field.getInitializer() instanceof NewClassTree
                                && field.getType().toString().equals(name)) {
                            constants.add(field.getName().toString());
                        }
                    }
                    enums.put(unit.packageName() + "." + name, constants);
                }
                if (tree.getModifiers().getFlags().contains(Modifier.SEALED)) {
                    tree.getPermitsClause().forEach(type -> sealedCases.add(simple(type.toString())));
                    for (Tree member : tree.getMembers()) {
                        if (member instanceof ClassTree inside) {
                            sealedCases.add(inside.getSimpleName().toString());
                        }
                    }
                }
                return super.visitClass(tree, nothing);
            }
        }.scan(unit.tree(), null);
    }

    private static Set<String> labels(List<? extends CaseTree> cases) {
        Set<String> labels = new TreeSet<>();
        for (CaseTree one : cases) {
            one.getLabels().forEach(label -> {
                if (label instanceof ConstantCaseLabelTree constant) {
                    labels.add(simple(constant.getConstantExpression().toString()));
                } else if (label instanceof PatternCaseLabelTree pattern) {
                    if (pattern.getPattern() instanceof BindingPatternTree binding) {
                        labels.add(simple(binding.getVariable().getType().toString()));
                    } else if (pattern.getPattern() instanceof DeconstructionPatternTree parts) {
                        labels.add(simple(parts.getDeconstructor().toString()));
                    }
                }
            });
        }
        return labels;
    }

    private static boolean hasDefault(List<? extends CaseTree> cases) {
        return cases.stream().flatMap(one -> one.getLabels().stream()).anyMatch(DefaultCaseLabelTree.class::isInstance);
    }

    private static boolean hasDocComment(Unit unit, ClassTree type) {
        int line = unit.firstLine(type) - 2;
        while (line >= 0 && unit.lines().get(line).strip().startsWith("@")) {
            line--;
        }
        return line >= 0 && unit.lines().get(line).strip().endsWith("*/");
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String at(Unit unit, Tree tree, String what) {
        return unit.path() + ":" + unit.firstLine(tree) + ": " + what;
    }
}
