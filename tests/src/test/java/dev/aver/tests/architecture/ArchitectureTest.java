package dev.aver.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String VECTORS = "jdk.incubator.vector";

    /** Written by protoc. */
    private static final String GENERATED = "dev.aver.proto..";

    private static final JavaClasses AVER =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.aver");

    @Test
    void seesTheModules() {
        assertThat(AVER.containPackage("dev.aver.zkvm")).isTrue();
        assertThat(AVER.containPackage("dev.aver.circuits.field")).isTrue();
        assertThat(AVER.containPackage("dev.aver.verifier.stark")).isTrue();
        assertThat(AVER.containPackage("dev.aver.prover.backend.simd")).isTrue();
        assertThat(AVER.containPackage("dev.aver.server.engine")).isTrue();
        assertThat(AVER.containPackage("dev.aver.proto.v1")).isTrue();
        assertThat(AVER.containPackage("dev.aver.client")).isTrue();
        assertThat(AVER.containPackage("dev.aver.server.gateway.grpc")).isTrue();
        assertThat(AVER.containPackage("dev.aver.cli")).isTrue();
    }

    /** The whole table of modules: one that appears without a line here fails. */
    @Test
    void everyModuleDependsOnlyOnWhatTheTableAllows() {
        mayDependOn("dev.aver.zkvm..").check(AVER);
        mayDependOn("dev.aver.circuits..", "dev.aver.zkvm.program", "dev.aver.zkvm.isa")
                .check(AVER);
        mayDependOn("dev.aver.verifier..", "dev.aver.circuits..").check(AVER);
        mayDependOn("dev.aver.prover..", "dev.aver.zkvm..", "dev.aver.circuits..", "dev.aver.verifier..", VECTORS)
                .check(AVER);
        mayDependOn(
                        "dev.aver.cli..",
                        "dev.aver.zkvm..",
                        "dev.aver.circuits..",
                        "dev.aver.verifier..",
                        "dev.aver.prover..",
                        "dev.aver.client..",
                        "dev.aver.proto..",
                        "dev.aver.server.app..",
                        "dev.aver.server.config..",
                        "dev.aver.server.ops..",
                        "com.google.protobuf",
                        "picocli..",
                        "com.fasterxml.jackson.core..")
                .check(AVER);
        for (String engine : List.of("blob", "engine", "keys", "storage", "store")) {
            mayDependOn(
                            "dev.aver.server." + engine,
                            "dev.aver.server.blob",
                            "dev.aver.server.keys",
                            "dev.aver.server.service",
                            "dev.aver.server.storage",
                            "dev.aver.server.store",
                            "dev.aver.zkvm..",
                            "dev.aver.circuits..",
                            "dev.aver.verifier..",
                            "dev.aver.prover..",
                            "javax.crypto..",
                            "javax.sql..",
                            "org.sqlite..",
                            "org.flywaydb.core..")
                    .check(AVER);
        }
        mayDependOn("dev.aver.proto..", "com.google..", "io.grpc..", "javax.annotation..")
                .check(AVER);
        mayDependOn("dev.aver.client..", "dev.aver.proto..", "com.google.protobuf..", "com.google.rpc..", "io.grpc..")
                .check(AVER);
        mayDependOn("dev.aver.server.service").check(AVER);
        mayDependOn(
                        "dev.aver.server.gateway..",
                        "dev.aver.server.service",
                        "dev.aver.proto..",
                        "com.google.protobuf..",
                        "com.google.rpc..",
                        "io.grpc..",
                        "io.vertx.core..",
                        // What Vert.x says a request could not be decoded for.
                        "io.netty.handler.codec..")
                .check(AVER);
        mayDependOn("dev.aver.server.config").check(AVER);
        mayDependOn("dev.aver.server.ops", "io.vertx.core.json..").check(AVER);
        mayDependOn(
                        "dev.aver.server.app",
                        "dev.aver.server.gateway..",
                        "dev.aver.server.engine",
                        "dev.aver.server.blob",
                        "dev.aver.server.keys",
                        "dev.aver.server.storage",
                        "dev.aver.server.store",
                        "dev.aver.server.service",
                        "dev.aver.server.config",
                        "dev.aver.server.ops",
                        "dev.aver.prover",
                        "dev.aver.zkvm",
                        "io.vertx.core..")
                .check(AVER);
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.aver.zkvm..",
                        "dev.aver.circuits..",
                        "dev.aver.verifier..",
                        "dev.aver.prover..",
                        "dev.aver.proto..",
                        "dev.aver.client..",
                        "dev.aver.server..",
                        "dev.aver.cli..")
                .check(AVER);
    }

    /** What anyone runs to check a receipt has to be readable to the end, and the same on every JVM. */
    @Test
    void theVerifierUsesNoReflectionLoggingOrNativeCode() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.aver.verifier..", "dev.aver.circuits..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang.reflect..",
                        "java.lang.invoke..",
                        "java.lang.foreign..",
                        "java.util.logging..",
                        "java.net..",
                        "jdk..",
                        "sun..")
                .orShould()
                .callMethod(System.class, "load", String.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .check(AVER);
    }

    @Test
    void theVerifierDeclaresNoOtherExceptionThanItsOwn() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.aver.verifier..")
                .and()
                .arePublic()
                .should(new ArchCondition<JavaMethod>("declare InvalidReceiptException or nothing") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        method.getExceptionTypes().stream()
                                .filter(thrown -> !thrown.getName().equals("dev.aver.verifier.InvalidReceiptException"))
                                .forEach(thrown -> events.add(SimpleConditionEvent.violated(
                                        method, method.getFullName() + " declares " + thrown.getName())));
                    }
                })
                .check(AVER);
    }

    @Test
    void onlyTheVectorBackendUsesTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.aver.prover.backend.simd")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTORS)
                .check(AVER);
    }

    private static ArchRule mayDependOn(String module, String... others) {
        List<String> allowed = new ArrayList<>(List.of(others));
        allowed.addAll(List.of(module, "java..", "org.jspecify.annotations.."));
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    @Test
    void theInstructionSetKnowsNothingElse() {
        mayDependOn("dev.aver.zkvm.isa").check(AVER);
    }

    @Test
    void aProgramKnowsOnlyTheInstructionSet() {
        mayDependOn("dev.aver.zkvm.program", "dev.aver.zkvm.isa").check(AVER);
    }

    @Test
    void theFieldKnowsNothingElse() {
        mayDependOn("dev.aver.circuits.field").check(AVER);
    }

    @Test
    void theHashesKnowOnlyTheField() {
        mayDependOn("dev.aver.circuits.hash", "dev.aver.circuits.field").check(AVER);
    }

    @Test
    void treesKnowOnlyTheHashesAndTheField() {
        mayDependOn("dev.aver.circuits.merkle", "dev.aver.circuits.hash", "dev.aver.circuits.field")
                .check(AVER);
    }

    @Test
    void packagesFormNoCycle() {
        // What every package throws or reports stands at the surface, which knows the packages.
        slices().matching("dev.aver.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), nameMatching("dev\\.aver\\.verifier\\.InvalidReceiptException.*"))
                .ignoreDependency(alwaysTrue(), nameMatching("dev\\.aver\\.prover\\.ProgressListener\\$Phase"))
                // Whoever chooses an implementation of an interface knows both.
                .ignoreDependency(
                        nameMatching("dev\\.aver\\.prover\\.backend\\.Backends"),
                        nameMatching("dev\\.aver\\.prover\\.backend\\.simd\\..*"))
                .check(AVER.that(resideOutsideOfPackage("dev.aver.cli..")).that(resideOutsideOfPackage(GENERATED)));
    }

    /** Enum constants and constants in general; what a class needs otherwise comes through its constructor. */
    @Test
    void noStaticFieldIsReassigned() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(GENERATED)
                .should()
                .beFinal()
                .check(AVER);
    }

    @Test
    void onlyTheCommandEndsTheProcessOrTouchesItsStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.aver.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(AVER);
    }

    @Test
    void everyPackageIntroducesItselfAndIsNullMarked() {
        List<String> packages = AVER.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .filter(found -> !found.getName().startsWith("dev.aver.proto"))
                .map(JavaPackage::getName)
                .toList();
        assertThat(packages)
                .as("packages without a @NullMarked package-info.java")
                .isEmpty();
    }
}
