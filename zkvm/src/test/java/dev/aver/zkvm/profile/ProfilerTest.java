package dev.aver.zkvm.profile;

import static dev.aver.zkvm.testing.Code.A0;
import static dev.aver.zkvm.testing.Code.A7;
import static dev.aver.zkvm.testing.Code.RA;
import static dev.aver.zkvm.testing.Code.T0;
import static dev.aver.zkvm.testing.Code.T1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.LimitException.Limit;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.testing.Code;
import dev.aver.zkvm.testing.ElfBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProfilerTest {
    private static final Limits LIMITS = Limits.standard().withCycles(100_000);

    private record Run(Execution execution, Profile profile) {}

    private static Run run(ElfBuilder elf, Limits limits) throws Exception {
        Program program = Program.fromElf(elf.build());
        Profiler profiler = new Profiler(program);
        Executor executor = new Executor(program, limits, SegmentRule.standard(), profiler.engines());
        Execution execution = executor.run(Input.empty(), Console.NONE);
        Profile profile = profiler.profile(execution.cycles());
        assertThat(LongStream.of(profile.self()).sum()).isEqualTo(execution.cycles());
        assertThat(profile.cycles()).isEqualTo(execution.cycles());
        assertThat(profile.self())
                .doesNotContain(LongStream.rangeClosed(-10, -1).toArray());
        return new Run(execution, profile);
    }

    private static Map<String, Long> paths(ElfBuilder elf) throws Exception {
        return paths(run(elf, LIMITS).profile());
    }

    /** Cycles by path, names joined by ';', paths without cycles left out. */
    private static Map<String, Long> paths(Profile profile) {
        Map<String, Long> paths = new TreeMap<>();
        String[] names = new String[profile.nodes()];
        names[0] = "";
        for (int node = 1; node < names.length; node++) {
            Profile.Frame frame = profile.frames().get(profile.frameOf()[node]);
            String name = frame.kind() == Profile.Kind.REGION ? "[" + frame.name() + "]" : frame.name();
            String parent = names[profile.parents()[node]];
            names[node] = parent.isEmpty() ? name : parent + ";" + name;
            if (profile.self()[node] > 0) {
                paths.merge(names[node], profile.self()[node], Long::sum);
            }
        }
        return paths;
    }

    /** A leaf's return address stays in ra; others keep it in t1. */
    private static Code save(Code code) {
        return code.addi(T1, RA, 0);
    }

    private static Code restore(Code code) {
        return code.addi(RA, T1, 0).ret();
    }

    @Test
    void callsAndReturnsMakePaths() throws Exception {
        Code code = new Code().at("_start").call("outer").call("leaf").exit(0).at("outer");
        restore(save(code).call("leaf").call("leaf")).at("leaf").nops(4).ret();
        assertThat(paths(code.elf()))
                .isEqualTo(Map.of("_start", 5L, "_start;outer", 5L, "_start;outer;leaf", 10L, "_start;leaf", 5L));
    }

    @Test
    void alternateLinkRegisterCallsToo() throws Exception {
        Code code = new Code().at("_start").call("f").exit(0);
        // As in gcc's -msave-restore: the helper is called with its link in t0 and returns through it.
        code.at("f").jal(T0, "save").nops(2).jal(0, "restore");
        code.at("save")
                .addi(T1, RA, 0)
                .op(Op.JALR, 0, T0, 0, 0)
                .at("restore")
                .addi(RA, T1, 0)
                .ret();
        assertThat(paths(code.elf()))
                .isEqualTo(Map.of("_start", 4L, "_start;f", 4L, "_start;f;save", 2L, "_start;restore", 2L));
    }

    @Test
    void anyRegisterMayHoldTheReturnAddress() throws Exception {
        Code code = new Code().at("_start").call("f").exit(0);
        save(code.at("f")).nops(2).op(Op.JALR, 0, T1, 0, 0);
        assertThat(paths(code.elf())).isEqualTo(Map.of("_start", 4L, "_start;f", 4L));
    }

    @Test
    void tailCallTakesThePlaceOfItsCaller() throws Exception {
        Code code = new Code().at("_start").call("f").nops(1).exit(0);
        code.at("f").nops(2).jal(0, "g").at("g").nops(1).ret();
        assertThat(paths(code.elf())).isEqualTo(Map.of("_start", 5L, "_start;f", 3L, "_start;g", 2L));
    }

    @Test
    void fallThroughAndBranchTakeThePlaceToo() throws Exception {
        Code code = new Code()
                .at("_start")
                .nops(1)
                .at("main")
                .branch(Op.BEQ, 0, 0, "end")
                .nops(5)
                .at("end")
                .exit(3);
        assertThat(paths(code.elf())).isEqualTo(Map.of("_start", 1L, "main", 1L, "end", 3L));
    }

    @Test
    void longJumpReturnsToTheFunctionItLandsIn() throws Exception {
        Code code = new Code().at("_start").call("catcher").exit(0);
        code.at("catcher")
                .addi(T1, RA, 0)
                .la(7, ".landing")
                .call("deep")
                .exit(1)
                .at(".landing")
                .nops(2);
        restore(code).at("deep").call("deeper").at("deeper").addi(RA, 7, 0).ret();
        assertThat(paths(code.elf()))
                .isEqualTo(Map.of(
                        "_start", 4L,
                        "_start;catcher", 4L + 4,
                        "_start;catcher;deep", 1L,
                        "_start;catcher;deep;deeper", 2L));
    }

    @Test
    void callsWithoutSymbolsAreNamedByAddress() throws Exception {
        Code code = new Code().at("_start").call("f").exit(0).at("f").nops(2).ret();
        assertThat(paths(code.stripped()))
                .isEqualTo(Map.of("0x10000", 4L, "0x10000;0x" + Long.toHexString(code.address("f")), 3L));
    }

    @Test
    void regionsNestBelowTheFunctionThatBeganThem() throws Exception {
        Code code =
                new Code().at("_start").la(A0, "outer").op(Op.SLTI, 0, A0, 0, 1).nops(1);
        code.la(A0, "inner")
                .op(Op.SLTI, 0, A0, 0, 1)
                .call("f")
                .op(Op.SLTI, 0, 0, 0, 2)
                .nops(2);
        code.op(Op.SLTI, 0, 0, 0, 2).exit(0).at("f").nops(3).ret();
        code.at("outer").string("a name that is as long as wanted").at("inner").string("in\u001bner é");
        assertThat(paths(code.elf()))
                .isEqualTo(Map.of(
                        "_start", 6L,
                        "_start;[a name that is as long as wanted]", 1L + 3 + 3,
                        "_start;[a name that is as long as wanted];[in\ufffdner é]", 2L,
                        "_start;[a name that is as long as wanted];[in\ufffdner é];f", 4L));
    }

    @Test
    void regionEndsWithTheCallThatBeganIt() throws Exception {
        Code code = new Code()
                .at("_start")
                .call("f")
                .nops(1)
                .op(Op.SLTI, 0, 0, 0, 2)
                .exit(0);
        code.at("f")
                .la(A0, "name")
                .op(Op.SLTI, 0, A0, 0, 1)
                .nops(1)
                .ret()
                .at("name")
                .string("r");
        assertThat(paths(code.elf())).isEqualTo(Map.of("_start", 6L, "_start;f", 3L, "_start;f;[r]", 2L));
    }

    @Test
    void regionNamesThatAreNotReadableGetAName() throws Exception {
        Code code = new Code().at("_start").li(A0, 8).op(Op.SLTI, 0, A0, 0, 1).nops(1);
        code.li(A0, -1).op(Op.SLTI, 0, A0, 0, 1).exit(0);
        assertThat(paths(code.elf()))
                .containsOnlyKeys(
                        "_start", "_start;[(unnamed region)]", "_start;[(unnamed region)];[(unnamed region)]");
    }

    @Test
    void hostileRegionsStayBounded() throws Exception {
        // A new name each time, never ended: x7 counts, its bytes on the stack are the name.
        Code code =
                new Code().at("_start").op(Op.LUI, 2, 0, 0, 0x20000).li(5, 2000).at(".loop");
        code.addi(7, 7, 1).op(Op.SLLI, 8, 7, 0, 20).op(Op.SRLI, 9, 8, 0, 26).op(Op.ANDI, 8, 7, 0, 63);
        code.addi(8, 8, 33).addi(9, 9, 33).op(Op.SB, 0, 2, 8, 0).op(Op.SB, 0, 2, 9, 1);
        code.op(Op.SLTI, 0, 2, 0, 1).branch(Op.BLT, 7, 5, ".loop").exit(0);
        Profile profile = run(code.elf(), LIMITS).profile();
        assertThat(profile.frames().stream().filter(f -> f.kind() == Profile.Kind.REGION))
                .hasSize(Profiler.MAX_REGIONS)
                .anyMatch(f -> f.name().equals("(other regions)"));
    }

    @Test
    void recursionBeyondTheDepthLimitKeepsEveryCycle() throws Exception {
        int depth = 3 * Profiler.MAX_DEPTH;
        Code code = new Code().at("_start").op(Op.LUI, 2, 0, 0, 0x80000).op(Op.LUI, A0, 0, 0, 0x2000);
        code.addi(A0, A0, depth - 0x2000).call("f").nops(1).exit(0).at("f");
        code.addi(2, 2, -8)
                .op(Op.SD, 0, 2, RA, 0)
                .addi(A0, A0, -1)
                .branch(Op.BEQ, A0, 0, ".unwind")
                .call("f");
        code.at(".unwind").op(Op.LD, RA, 2, 0, 0).addi(2, 2, 8).ret();
        Run run = run(code.elf(), LIMITS);
        assertThat(run.execution().outcome()).isEqualTo(new Outcome.Halted(0));
        assertThat(run.profile().nodes()).isLessThan(3 * Profiler.MAX_DEPTH);
        // Everything has returned when the last instructions run.
        assertThat(paths(run.profile())).containsEntry("_start", 8L);
    }

    @Test
    void callsThatNeverReturnStayBounded() throws Exception {
        Code code = new Code().at("_start").at("a").call("b").at("b").call("a");
        Run run = run(code.elf(), LIMITS);
        assertThat(run.execution().outcome()).isInstanceOf(Outcome.LimitReached.class);
        assertThat(run.profile().nodes()).isLessThan(2 * Profiler.MAX_DEPTH);
    }

    @Test
    void treeThatIsFullCountsNewPathsInKnownOnes() {
        CallTree tree = new CallTree();
        for (int i = 0; i < 2 * CallTree.MAX_NODES; i++) {
            tree.add(tree.child(0, i), 1);
        }
        assertThat(tree.truncated()).isTrue();
        assertThat(tree.count()).isEqualTo(CallTree.MAX_NODES);
        assertThat(LongStream.of(tree.weights()).sum()).isEqualTo(2L * CallTree.MAX_NODES);
        assertThat(tree.weights()[0]).isZero();
    }

    @Test
    void trapsAndLimitsKeepTheTotal() throws Exception {
        Code trap = new Code()
                .at("_start")
                .call("f")
                .exit(0)
                .at("f")
                .nops(2)
                .op(Op.LD, A0, 0, 0, 0)
                .ret();
        Run trapped = run(trap.elf(), LIMITS);
        assertThat(trapped.execution().outcome()).isInstanceOf(Outcome.Trapped.class);
        assertThat(paths(trapped.profile())).isEqualTo(Map.of("_start", 1L, "_start;f", 2L));

        Code journal = new Code().at("_start").write(3, "_start", 8).exit(0);
        Run limited = run(journal.elf(), LIMITS.withJournal(4));
        assertThat(limited.execution().outcome())
                .isInstanceOfSatisfying(
                        Outcome.LimitReached.class, o -> assertThat(o.limit()).isEqualTo(Limit.JOURNAL));
        assertThat(paths(limited.profile())).isEqualTo(Map.of("_start", 5L));

        Code jump = new Code().at("_start").li(A7, -2).op(Op.JALR, RA, A7, 0, 0);
        assertThat(run(jump.elf(), LIMITS).execution().outcome()).isInstanceOf(Outcome.Trapped.class);
    }

    @Test
    void profileCountsByFrameAndBelow() throws Exception {
        Code code = new Code().at("_start").call("f").exit(0).at("f").nops(2).ret();
        Profile profile = run(code.elf(), LIMITS).profile();
        assertThat(profile.selfByFrame()).containsExactly(4, 3);
        assertThat(profile.totals()).containsExactly(7, 7, 3);
    }
}
