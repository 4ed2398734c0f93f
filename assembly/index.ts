// Every export of the module, grouped by file, in the order of src/wasm/kernels.ts. Nothing else lives here.

/**
 * Stands for ASC_SHRINK_LEVEL in the standard library alone: its Math takes the algorithms without tables, which are 12 KB of data and
 * hardly smaller when compressed. The optimizer's own levels stay as asconfig.json sets them.
 */
// @ts-ignore: decorator
@inline
const MATH_WITHOUT_TABLES: i32 = 1;

/** Replaces AssemblyScript's abort, so that the module needs no import but its memory. */
function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  unreachable();
}

export { heapAllocate, heapFree, heapUsed, heapReclaim, fillBytes, copyBytes } from './memory/heap';
export { arenaSpillEverything } from './memory/learning';
export {
  arenaControlBytes,
  arenaConstruct,
  arenaBump,
  arenaAllocate,
  arenaEnter,
  arenaTag,
  arenaBorrow,
  arenaClose,
  arenaUnwind,
  arenaMakeBlock,
  arenaInitialize,
  arenaDestroy,
  arenaReset,
  arenaToggle,
  arenaAbandon,
  arenaRelease,
} from './memory/arena';
export { gemm, gemmScratchBytes } from './kernels/gemm';
export { convolution, convolutionScratchBytes } from './kernels/convolution';
export { unary, binary } from './kernels/elementwise';
export { unaryStrided, binaryStrided } from './kernels/strided';
export { copyStrided } from './kernels/copyStrided';
export { randomDraw, randomBinomial, randomChoose } from './kernels/random';
export { randomGaussian, randomTruncate } from './kernels/gaussian';
export { maskAssign, maskCompress, equalWithin } from './kernels/mask';
export { updaterStep } from './kernels/updater';
export { reduce } from './kernels/reduce';
export { reduceScratchBytes } from './kernels/reducePlan';
export { cumulativeSum } from './kernels/cumulative';
export { softmax, softmaxBackward } from './kernels/softmax';
export { pool } from './kernels/pooling';
export { lstmCell, lstmCellBackward } from './kernels/lstmCell';
export { channelSums, channelScale } from './kernels/normalization';
export { sortRows, sortScratchBytes } from './kernels/sort';
