// The elementwise kernels on adjacent elements, called with plain arrays.

import { Binary, Unary } from '../../src/ops/codes.ts';
import { runtime } from '../../src/wasm/runtime.ts';

export type FloatType = 'FLOAT' | 'DOUBLE';
type Numbers = ArrayLike<number>;

const GUARD = 3;

/** Places a copy at an odd element (nothing may depend on alignment); gives its address. */
function place(type: FloatType, values: Numbers): { block: number; address: number } {
  const width = type === 'FLOAT' ? 4 : 8;
  const block = runtime().kernels.heapAllocate((values.length + 2 * GUARD) * width) >>> 0;
  const address = block + width;
  windowAt(type, address, values.length).set(values);
  return { block, address };
}

function windowAt(type: FloatType, address: number, length: number): Float32Array | Float64Array {
  const { buffer } = runtime().memory.memory;
  return type === 'FLOAT' ? new Float32Array(buffer, address, length) : new Float64Array(buffer, address, length);
}

const compute = (type: FloatType): number => (type === 'FLOAT' ? 0 : 1);

/** op(x) into a new place, or into x itself; throws when a byte behind the result changed. */
export function runUnary(
  op: keyof typeof Unary,
  type: FloatType,
  x: Numbers,
  p0 = 0,
  p1 = 0,
  inPlace = false,
): number[] {
  const { kernels } = runtime();
  const from = place(type, x);
  const to = inPlace ? from : place(type, new Array<number>(x.length).fill(-77));
  const behind = windowAt(type, to.address, x.length + 1);
  behind[x.length] = 123;
  kernels.unary(Unary[op], compute(type), to.address, from.address, x.length, p0, p1);
  const after = windowAt(type, to.address, x.length + 1);
  if (after[x.length] !== 123) throw new Error(`${op} of ${x.length} elements wrote behind its result`);
  const result = Array.from(after.subarray(0, x.length));
  kernels.heapFree(from.block);
  if (!inPlace) kernels.heapFree(to.block);
  return result;
}

/** op(x, y) into a new place, or into one of them; a single number stands for every element of its side. */
export function runBinary(
  op: keyof typeof Binary,
  type: FloatType,
  x: Numbers | number,
  y: Numbers | number,
  p0 = 0,
  into: 'new' | 'x' | 'y' = 'new',
): number[] {
  const { kernels } = runtime();
  const length = typeof x === 'number' ? (y as Numbers).length : x.length;
  const left = place(type, typeof x === 'number' ? [x] : x);
  const right = place(type, typeof y === 'number' ? [y] : y);
  const fresh = place(type, new Array<number>(length).fill(-77));
  const to = into === 'x' ? left : into === 'y' ? right : fresh;
  const mode = typeof y === 'number' ? 1 : typeof x === 'number' ? 2 : 0;
  windowAt(type, to.address, length + 1)[length] = 123;
  kernels.binary(Binary[op], compute(type), mode, to.address, left.address, right.address, length, p0);
  const after = windowAt(type, to.address, length + 1);
  if (after[length] !== 123) throw new Error(`${op} of ${length} elements wrote behind its result`);
  const result = Array.from(after.subarray(0, length));
  for (const { block } of [left, right, fresh]) kernels.heapFree(block);
  return result;
}
