// Elementwise kernels above 2 GiB, where an address is negative as a signed number. Only the pages written are touched.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Binary, Unary } from '../../src/ops/codes.ts';
import { runtime } from '../../src/wasm/runtime.ts';

const SIZE = 2.25 * 2 ** 30;
const N = 67;
let block = 0;
let base = 0;

beforeAll(() => {
  block = runtime().kernels.heapAllocate(SIZE) >>> 0;
  base = block + SIZE - 2 ** 16;
});
afterAll(() => runtime().kernels.heapFree(block));

const floats = (address: number, length: number): Float32Array =>
  new Float32Array(runtime().memory.memory.buffer, address, length);

/** Writes rank 1, one length, and address, type and stride of every operand. */
function describeViews(
  address: number,
  length: number,
  operands: readonly (readonly [number, number, number])[],
): void {
  const words = new Uint32Array(runtime().memory.memory.buffer, address, 2 + 3 * operands.length + 1);
  words.set([1, length, ...operands.flat(), 0]);
}

test('unary, binary, unaryStrided, binaryStrided and copyStrided reach addresses above 2 GiB', () => {
  const { kernels } = runtime();
  const [x, y, out, words, scratch] = [base, base + 4096, base + 8192, base + 12288, base + 16384];
  expect(x).toBeGreaterThan(2 ** 31);
  const a = Array.from({ length: N }, (_, i) => i - 30);
  floats(x, N).set(a);
  floats(y, N).set(a.map((each) => 2 * each));
  const result = (): number[] => Array.from(floats(out, N));

  kernels.binary(Binary.ADD, 0, 0, out, x, y, N, 0);
  expect(result()).toEqual(a.map((each) => 3 * each));
  kernels.unary(Unary.SQUARE, 0, out, x, N, 0, 0);
  expect(result()).toEqual(a.map((each) => each * each));

  // Types: 0 FLOAT, 3 INT. The result is scattered to every second element of INT and read back by a strided copy.
  describeViews(words, N, [
    [out, 3, 2],
    [x, 0, 1],
    [y, 0, 1],
  ]);
  kernels.binaryStrided(Binary.MUL, 0, words, 0, scratch);
  describeViews(words, N, [
    [scratch, 3, 1],
    [out, 3, 2],
  ]);
  kernels.copyStrided(2, words);
  const copied = new Int32Array(runtime().memory.memory.buffer, scratch, N);
  expect(Array.from(copied)).toEqual(a.map((each) => 2 * each * each));

  describeViews(words, N, [
    [out, 0, 1],
    [x, 0, 1],
  ]);
  kernels.unaryStrided(Unary.NEG, 0, words, 0, 0, scratch);
  expect(result()).toEqual(a.map((each) => -each));
});

test('the last elements of memory are read and written without touching what is behind', () => {
  const { kernels, memory } = runtime();
  const end = memory.byteLength;
  const before = floats(end - 64, 16).slice();
  const x = end - 20;
  const values = [1, -2, 3, -4, 5];
  floats(x, 5).set(values);
  kernels.unary(Unary.ABS, 0, x, x, 5, 0, 0);
  kernels.binary(Binary.MUL, 0, 1, x, x, end - 4, 5, 0);
  expect(Array.from(floats(x, 5))).toEqual([5, 10, 15, 20, 25]);
  floats(end - 64, 16).set(before);
});

test('convolutions reach addresses above 2 GiB', () => {
  const { kernels, memory } = runtime();
  // 3 channels of 7×9, 5 outputs, kernel 3×3, padding 1.
  const words = [3, 1, 7, 9, 1, 3, 3, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 7, 9];
  const low = kernels.heapAllocate(2 ** 21) >>> 0;
  const run = (at: number): number[] => {
    const [out, x, w, geometry] = [at, at + 4096, at + 8192, at + 12288] as const;
    floats(out, 5 * 63).fill(1);
    floats(x, 3 * 63).set(Array.from({ length: 3 * 63 }, (_, i) => (i % 11) - 5));
    floats(w, 135).set(Array.from({ length: 135 }, (_, i) => (i % 7) - 3));
    memory.i32.set(words, geometry / 4);
    const scratch = at === low ? at + 16384 : block + 2 ** 20;
    for (const mode of [2, 1, 0]) kernels.convolution(mode, 0, out, x, w, 0, geometry, 5, 1, scratch);
    return [...floats(out, 5 * 63), ...floats(x, 3 * 63), ...floats(w, 135)];
  };
  expect(run(base)).toEqual(run(low));
  kernels.heapFree(low);
});
