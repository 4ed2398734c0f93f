// What the pooling kernels read of windows over an image: their numbers and, for float32, the layout of scratch with the addresses and
// counts that are the same for every row.

import { DOUBLE } from '../core/dataType.ts';
import type { ArrayView } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { scratch } from './scratch.ts';

/** Windows over an image: one number for each of its two or three dimensions, outermost first. */
export interface PoolWindow {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** Padding before the first element. What is behind the last one follows from the size of the output. */
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  /** The last dimension of the arrays is the channel, else the second one. */
  readonly isChannelsLast: boolean;
}

/** What a sum is divided by: nothing, the elements of the window that are not padding, or all of them. */
export const PoolDivisor = { NONE: 0, EXCLUDE_PADDING: 1, INCLUDE_PADDING: 2 } as const;
export type PoolDivisor = (typeof PoolDivisor)[keyof typeof PoolDivisor];

/** What the kernel does. */
export const PoolMode = { MAX: 0, AVERAGE: 1, AVERAGE_BACKWARD: 2, MAX_BACKWARD: 3, PLACES: 4 } as const;
export type PoolMode = (typeof PoolMode)[keyof typeof PoolMode];

/** The words that the kernel reads, in bytes. */
const BLOCK_BYTES = 176;
/** Addresses of a list come in threes. */
const LISTED = 3;

/** The kernels for windows of which there are many: two columns wide and two apart, or three by three. */
const BY_ROWS = 0;
const PAIRS = 1;
const THREE = 2;

type Triple = readonly [number, number, number];

/** The windows of an image in three dimensions. */
interface Windows {
  readonly kernel: Triple;
  readonly stride: Triple;
  readonly padding: Triple;
  readonly dilation: Triple;
  readonly size: Triple;
  readonly result: Triple;
  /** Elements of a column: channels, where these are adjacent, or 1. */
  readonly inner: number;
}

/** Which kernel takes windows, and from which to before which column its windows hold no padding. */
function wayOf({ kernel, stride, padding, dilation, size, result, inner }: Windows, mode: PoolMode): Triple {
  const [kD, kH, kW] = kernel;
  const [, sH, sW] = stride;
  const [pD, pH, pW] = padding;
  const [, height, width] = size;
  const [depth, rows, columns] = result;
  const isFlat = kD === 1 && size[0] === 1 && depth === 1 && pD === 0 && inner === 1;
  if (!isFlat || dilation[2] !== 1) return [BY_ROWS, 0, 0];
  const isPair = kH === 2 && kW === 2 && sH === 2 && sW === 2 && pH === 0 && pW === 0 && dilation[1] === 1;
  if (isPair && 2 * rows <= height && 2 * columns <= width && columns >= 4 && mode !== PoolMode.PLACES)
    return [PAIRS, 0, columns];
  if (mode > PoolMode.AVERAGE) return [BY_ROWS, 0, 0];
  const first = Math.ceil(pW / sW);
  const last = Math.min(columns, Math.floor((width + pW - 3) / sW) + 1);
  return kW === 3 && kH === 3 && sW <= 2 && last - first >= 4 ? [THREE, first, last] : [BY_ROWS, 0, 0];
}

/** Columns of each window that are not padding, or all, or 1 for no divisor. */
function countsOf({ kernel, stride, padding, dilation, size, result }: Windows, divisor: PoolDivisor): number[] {
  return Array.from({ length: result[2] }, (_, o) => {
    if (divisor !== PoolDivisor.EXCLUDE_PADDING) return divisor === PoolDivisor.NONE ? 1 : kernel[2];
    let count = 0;
    for (let k = 0; k < kernel[2]; k++) {
      const column = o * stride[2] - padding[2] + k * dilation[2];
      if (column >= 0 && column < size[2]) count++;
    }
    return count;
  });
}

/** The list filled up by `address` to a multiple of three that is not below `least`. */
function filled(list: readonly number[], address: number, least = LISTED): number[] {
  const length = Math.ceil(Math.max(list.length, least) / LISTED) * LISTED;
  return Array.from({ length }, (_, i) => list[i] ?? address);
}

/** Writes the block with scratch for float32, as assembly/kernels/pooling.ts describes it. */
function writeRows(words: readonly number[], windows: Windows, divisor: PoolDivisor, mode: PoolMode): number {
  const { kernel, stride, padding, dilation, size, result, inner } = windows;
  const [taps, step, before, far, width, outputs] = [kernel, stride, padding, dilation, size, result].map(
    (each) => each[2],
  ) as [number, number, number, number, number, number];
  const unit = 4 * inner;
  const span = taps * far;
  const reach = Math.max((outputs + 3) * step + span, before + width + step) + span;
  // Rows of whole vectors, and what a vector at their end touches; split rows the same for every part.
  const row = 16 * Math.ceil((reach * unit) / 16) + 64;
  const pitch = 16 * Math.ceil(row / (16 * step)) + 48;
  const overlap = Math.floor(((taps - 1) * far) / step) + 1;
  const front = 16 * Math.ceil((overlap * unit) / 16);
  const half = 3 * row + step * pitch + front + 64;
  const rows = kernel[0] * kernel[1] + LISTED;
  const lists = 4 * ((taps + 4) * (step + 1) + LISTED);
  const block = scratch(BLOCK_BYTES + 2 * half + row + 16 * (outputs + 8) + lists + 36 * rows + 64);
  const first = block + BLOCK_BYTES;
  const gradients = first + row;
  const parts = gradients + row;
  const results = parts + step * pitch + front;
  const counts = first + 2 * half;
  const columns = counts + 16 * (outputs + 8);
  const part = inner !== 1 || step === 1 ? 0 : Math.max(outputs + overlap, Math.floor((before + width) / step) + 1);
  const nothing = gradients + half;
  const shifts = Array.from({ length: taps }, (_, k) => k * far);
  const list = shifts.map((shift) =>
    part === 0 ? first + shift * unit : parts + (shift % step) * pitch + Math.floor(shift / step) * unit,
  );
  const ofColumns = filled(
    list,
    mode !== PoolMode.AVERAGE && mode !== PoolMode.AVERAGE_BACKWARD ? (list[0] as number) : nothing,
  );
  const returns = columns + 4 * ofColumns.length;
  const held = Array.from({ length: step }, (_, rest) =>
    shifts.filter((shift) => shift % step === rest).map((shift) => results - Math.floor(shift / step) * unit),
  );
  const most = Math.max(...held.map((each) => each.length));
  const ofWindows = held.map((each) => filled(each, nothing, most));
  const single = returns + 4 * ofWindows.flat().length;
  const { memory } = runtime();
  memory.u32.set(ofColumns, columns >>> 2);
  memory.u32.set(ofWindows.flat(), returns >>> 2);
  memory.u32.set(filled([gradients], nothing), single >>> 2);
  const copies = inner === 1 ? 1 : 4;
  countsOf(windows, divisor).forEach((count, o) => {
    memory.f32.fill(count, (counts >>> 2) + o * copies, (counts >>> 2) + (o + 1) * copies);
  });
  const addresses = [first, gradients, parts, results, half, counts, columns, returns, single, single + 4 * LISTED];
  const lengths = [unit, width * unit, before * unit, pitch, part, (single - returns) / step];
  memory.u32.set([...words, ...wayOf(windows, mode), ...addresses, ...lengths], block >>> 2);
  return block;
}

/**
 * Address of the block that describes the windows over `x`, whose results are `out`, to the kernel. Both arrays are
 * dense in 'c' order and of one type, FLOAT or DOUBLE.
 */
export function describePooling(
  mode: PoolMode,
  out: ArrayView,
  x: ArrayView,
  windows: PoolWindow,
  divisor: PoolDivisor,
): number {
  const rank = windows.kernel.length;
  const from = x.geometry.shape;
  const begin = windows.isChannelsLast ? 1 : 2;
  const channels = from[windows.isChannelsLast ? rank + 1 : 1] as number;
  const three = (values: readonly number[], at: number, missing: number): Triple => {
    const [a, b, c] = values.slice(at, at + rank) as [number, number, number];
    return rank === 3 ? [a, b, c] : [missing, a, b];
  };
  const all: Windows = {
    kernel: three(windows.kernel, 0, 1),
    stride: three(windows.stride, 0, 1),
    padding: three(windows.padding, 0, 0),
    dilation: three(windows.dilation, 0, 1),
    size: three(from, begin, 1),
    result: three(out.geometry.shape, begin, 1),
    inner: windows.isChannelsLast ? channels : 1,
  };
  const planes = (from[0] as number) * (windows.isChannelsLast ? 1 : channels);
  const { kernel, stride, padding, dilation, size, result, inner } = all;
  const words = [planes, ...size, inner, ...result, ...kernel, ...stride, ...padding, ...dilation, divisor];
  if (x.buffer.info !== DOUBLE) return writeRows(words, all, divisor, mode);
  const block = scratch(BLOCK_BYTES);
  runtime().memory.u32.set([...words, ...wayOf(all, mode)], block >>> 2);
  return block;
}
