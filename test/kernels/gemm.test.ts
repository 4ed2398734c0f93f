import { expect, test } from 'vitest';
import { runtime } from '../../src/wasm/runtime.ts';

const SIZES = [
  [1, 1, 1],
  [1, 2100, 5000],
  [2100, 1, 5000],
  [3, 17, 5],
  [129, 1, 769],
  [130, 1041, 400],
  [2, 2100, 100],
  [100, 7, 4500],
  [2, 7, 0],
  [1500, 12, 400],
  [11, 900, 300],
  [48, 900, 300],
] as const;

test.each([0, 1])('gemm of compute type %i touches no scratch beyond gemmScratchBytes', (compute) => {
  const { kernels } = runtime();
  const width = compute === 0 ? 4 : 8;
  for (const [m, n, k] of SIZES) {
    const bytes = kernels.gemmScratchBytes(compute, m, n, k);
    const scratch = kernels.heapAllocate(bytes + 64) >>> 0;
    const matrices = [m * n, m * k, k * n].map((length) => kernels.heapAllocate(length * width + 1) >>> 0) as [
      number,
      number,
      number,
    ];
    for (const [at, length] of matrices.map((address, i) => [address, [m * n, m * k, k * n][i]] as const)) {
      kernels.fillBytes(at, 0, (length as number) * width);
    }
    kernels.fillBytes(scratch + bytes, 0x5a, 64);
    const [c, a, b] = matrices;
    // Every operand is laid out so that it has to be packed.
    for (const [aRow, aColumn, bRow, bColumn] of [
      [1, m, 1, k],
      [k, 1, n, 1],
      [k, 1, 1, k],
      [1, m, n, 1],
    ] as const) {
      for (const [cRow, cColumn] of [
        [n, 1],
        [1, m],
      ] as const) {
        kernels.gemm(compute, c, a, b, m, n, k, aRow, aColumn, bRow, bColumn, cRow, cColumn, 1, 0, scratch);
      }
    }
    const guard = runtime().memory.u8.slice(scratch + bytes, scratch + bytes + 64);
    expect(guard, `${m}×${n}×${k}`).toEqual(new Uint8Array(64).fill(0x5a));
    for (const address of [scratch, ...matrices]) kernels.heapFree(address);
  }
});
