// Which WebAssembly features the engine has, probed once with the smallest modules that use them.

/** A module with one function of the given body: `(func (result v128) …)` dropped at once. */
function probe(body: readonly number[]): boolean {
  const code = [0, ...body, 0x1a, 0x0b];
  return WebAssembly.validate(
    new Uint8Array([
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      1,
      4,
      1,
      0x60,
      0,
      0,
      3,
      2,
      1,
      0,
      10,
      code.length + 2,
      1,
      code.length,
      ...code,
    ]),
  );
}

const ZERO_V128 = [0xfd, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

export interface EngineFeatures {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
}

/** v128.const, and three of them through f32x4.relaxed_madd (opcode 0x105). */
export function probeFeatures(): EngineFeatures {
  return {
    simd: probe(ZERO_V128),
    relaxedSimd: probe([...ZERO_V128, ...ZERO_V128, ...ZERO_V128, 0xfd, 0x85, 0x02]),
  };
}
