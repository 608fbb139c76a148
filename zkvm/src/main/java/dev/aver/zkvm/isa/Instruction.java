package dev.aver.zkvm.isa;

/**
 * One decoded instruction, compressed forms expanded.
 *
 * @param op the operation
 * @param rd destination register, 0–31; 0 where the format has none
 * @param rs1 first source register, 0–31; 0 where the format has none
 * @param rs2 second source register, 0–31; 0 where the format has none
 * @param imm the immediate, sign-extended. U: the value that lands in the register (bits 31–12 in place). B, J: byte
 *     offset from this instruction. SHIFT: the shift amount. AMO: aq·2 + rl. FENCE: bits 31–20 as an unsigned number.
 *     Else 0.
 * @param length 2 for a compressed encoding, else 4
 */
public record Instruction(Op op, int rd, int rs1, int rs2, long imm, int length) {}
