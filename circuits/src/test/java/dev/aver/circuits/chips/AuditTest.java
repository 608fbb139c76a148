package dev.aver.circuits.chips;

import dev.aver.circuits.air.*;
import java.util.*;
public final class AuditTest {
    public static void main(String[] args) {
        List<Air> all = List.of(new ProgramChip().air, new BitsTable().air, new BytesTable().air, new HaltChip().air, new AddChip().air, new ConstChip().air, new BitwiseChip().air, new SltChip().air, new BranchChip().air, new JumpChip().air, new RefreshChip().air, new WriteChip().air, new ShiftChip().air, new LoadDoubleChip().air, new LoadChip().air, new LoadCrossChip().air, new StoreDoubleChip().air, new StoreChip().air, new StoreCrossChip().air, new MulChip().air, new DivChip().air, new BoundaryChip().air, new MerkleChip().air, new HashChip().air);
        for (Air air : all) {
            long t = System.nanoTime();
            Audit audit = Audit.of(List.of(air));
            System.out.println("== " + air.name() + " " + (System.nanoTime() - t) / 1000000 + " ms " + air.width() + " columns " + air.messages().size() + " messages " + air.cells());
            audit.complaints().forEach(System.out::println);
            audit.reasons().forEach(r -> System.out.println("    " + r));
        }
        System.out.println(Listing.of(new JumpChip().air));
    }
}
