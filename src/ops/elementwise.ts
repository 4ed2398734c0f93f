// Elementwise operations on views: adjacent elements in one kernel call, anything else through a planned walk.
// Callers have validated: out has the broadcast shape, x and y fit it. Out may be x or y, and may overlap them.

import { COMPUTE_F32, COMPUTE_F64, COMPUTE_I64, type DataTypeInfo, DOUBLE, FLOAT, LONG } from '../core/dataType.ts';
import type { Geometry } from '../core/geometry.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary, LAST_INTEGER_BINARY, LAST_INTEGER_UNARY, Unary } from './codes.ts';
import { rowsAddress, scalarAddress, scratch } from './scratch.ts';
import { clashes, plan } from './stridedPlan.ts';

/** Modes of the binary kernel. */
const BOTH = 0;
const ONE_Y = 1;
const ONE_X = 2;

/** True when both views of one length are walked by the same run of adjacent elements. */
function sameRun(a: Geometry, b: Geometry): boolean {
  return a === b ? a.isDense : a.length === b.length && ((a.isDenseC && b.isDenseC) || (a.isDenseF && b.isDenseF));
}

/** True when the kernel may run over both at once: other buffers, or the same place of one. */
function apart(out: ArrayView, x: ArrayView): boolean {
  return out.buffer !== x.buffer || out.offset === x.offset;
}

function computesInPlace(info: DataTypeInfo): boolean {
  return info === FLOAT || info === DOUBLE || info === LONG;
}

/** The type that an operation on x and y into `out` computes in. */
function computeOf(out: DataTypeInfo, x: DataTypeInfo, y: DataTypeInfo, hasIntegers: boolean): number {
  const floating = x.isFloating || y.isFloating;
  if (x === DOUBLE || y === DOUBLE || out === DOUBLE) return COMPUTE_F64;
  if (floating || out.isFloating) return COMPUTE_F32;
  return hasIntegers ? COMPUTE_I64 : COMPUTE_F64;
}

/** out = op(x, y). `p0` is the parameter of AXPY (the factor of y), LEAKY_RELU_BP, ELU_BP and THRESHOLDED_RELU_BP. */
export function binary(op: Binary, out: ArrayView, x: ArrayView, y: ArrayView, p0 = 0): void {
  const info = out.buffer.info;
  if (
    x.buffer.info === info &&
    y.buffer.info === info &&
    computesInPlace(info) &&
    (info !== LONG || (op <= LAST_INTEGER_BINARY && Number.isInteger(p0)))
  ) {
    const geometry = out.geometry;
    if (sameRun(geometry, x.geometry) && sameRun(geometry, y.geometry) && apart(out, x) && apart(out, y)) {
      const { kernels } = runtime();
      kernels.binary(op, info.compute, BOTH, addressOf(out), addressOf(x), addressOf(y), geometry.length, p0);
      return;
    }
  }
  if (out.geometry.length === 0) return;
  setOperands(out, x, y);
  const isInteger = op <= LAST_INTEGER_BINARY && Number.isInteger(p0);
  runBinary(op, computeOf(info, x.buffer.info, y.buffer.info, isInteger), p0);
}

/** out = op(x, scalar). A fraction beside integers computes in float64. */
export function binaryScalar(op: Binary, out: ArrayView, x: ArrayView, scalar: number | bigint, p0 = 0): void {
  const info = out.buffer.info;
  const { length } = out.geometry;
  if (length === 0) return;
  const one = scalarAddress();
  if (
    x.buffer.info === info &&
    (info === FLOAT || info === DOUBLE) &&
    sameRun(out.geometry, x.geometry) &&
    apart(out, x)
  ) {
    writeScalar(info.compute, scalar);
    runtime().kernels.binary(op, info.compute, ONE_Y, addressOf(out), addressOf(x), one, length, p0);
    return;
  }
  const isInteger = op <= LAST_INTEGER_BINARY && (typeof scalar === 'bigint' || Number.isInteger(scalar));
  const compute = computeOf(info, x.buffer.info, x.buffer.info, isInteger && Number.isInteger(p0));
  setOperands(out, x, null);
  writeScalar(compute, scalar);
  plan.y.scalar(one, compute === COMPUTE_F32 ? FLOAT : compute === COMPUTE_F64 ? DOUBLE : LONG);
  runBinary(op, compute, p0);
}

/** out = x + factor · y. */
export function axpy(out: ArrayView, x: ArrayView, y: ArrayView, factor: number): void {
  binary(Binary.AXPY, out, x, y, factor);
}

/** True when 64-bit integers can do it: the operator has such a row, and its parameters are whole. */
function hasIntegers(op: Unary, p0: number, p1: number): boolean {
  return op <= LAST_INTEGER_UNARY && Number.isInteger(p0) && Number.isInteger(p1);
}

/** out = op(x) with the parameters of the operator. */
export function unary(op: Unary, out: ArrayView, x: ArrayView, p0 = 0, p1 = 0): void {
  const info = out.buffer.info;
  if (
    x.buffer.info === info &&
    computesInPlace(info) &&
    (info !== LONG || hasIntegers(op, p0, p1)) &&
    sameRun(out.geometry, x.geometry) &&
    apart(out, x)
  ) {
    runtime().kernels.unary(op, info.compute, addressOf(out), addressOf(x), out.geometry.length, p0, p1);
    return;
  }
  if (out.geometry.length === 0) return;
  setOperands(out, x, null);
  runUnary(op, computeOf(info, x.buffer.info, x.buffer.info, hasIntegers(op, p0, p1)), p0, p1);
}

/** Puts the views into the plan; one that writing `out` would change comes as a copy in scratch memory. */
function setOperands(out: ArrayView, x: ArrayView, y: ArrayView | null): void {
  const copiesX = clashes(out, x);
  const copiesY = y !== null && clashes(out, y);
  if (copiesX || copiesY) {
    const xBytes = copiesX ? paddedBytes(x) : 0;
    const copies = scratch(xBytes + (copiesY ? paddedBytes(y) : 0));
    if (copiesX) copyTo(copies, x);
    if (copiesY) copyTo(copies + xBytes, y);
    plan.x.view(x);
    if (y !== null) plan.y.view(y);
    if (copiesX) plan.x.dense(copies);
    if (copiesY) plan.y.dense(copies + xBytes);
  } else {
    plan.x.view(x);
    if (y !== null) plan.y.view(y);
  }
  plan.out.view(out);
}

function paddedBytes(x: ArrayView): number {
  return Math.ceil((x.geometry.length * x.buffer.info.width) / 16) * 16;
}

/** The elements of x, adjacent in 'c' order, at `address`. */
function copyTo(address: number, x: ArrayView): void {
  plan.x.view(x);
  plan.out.view(x);
  plan.out.dense(address);
  const { info } = x.buffer;
  runUnary(Unary.COPY, computeOf(info, info, info, true), 0, 0);
}

function isNative(info: DataTypeInfo, compute: number): boolean {
  return info.compute === compute && info.width === (compute === COMPUTE_F32 ? 4 : 8);
}

/** The kernel over the views in the plan. */
function runUnary(op: Unary, compute: number, p0: number, p1: number): void {
  const { out, x, sizes } = plan;
  plan.collapse(false);
  const { kernels } = runtime();
  if (
    plan.rank === 1 &&
    out.strides[0] === 1 &&
    x.strides[0] === 1 &&
    isNative(out.info, compute) &&
    isNative(x.info, compute)
  ) {
    kernels.unary(op, compute, out.address, x.address, sizes[0] as number, p0, p1);
  } else {
    kernels.unaryStrided(op, compute, plan.write(false), p0, p1, rowsAddress());
  }
}

/** The kernel over the views in the plan. */
function runBinary(op: Binary, compute: number, p0: number): void {
  const { out, x, y, sizes } = plan;
  plan.collapse(true);
  const { kernels } = runtime();
  if (
    plan.rank === 1 &&
    out.strides[0] === 1 &&
    (x.strides[0] as number) + (y.strides[0] as number) !== 0 &&
    (x.strides[0] as number) <= 1 &&
    (y.strides[0] as number) <= 1 &&
    isNative(out.info, compute) &&
    isNative(x.info, compute) &&
    isNative(y.info, compute)
  ) {
    const mode = y.strides[0] === 0 ? ONE_Y : x.strides[0] === 0 ? ONE_X : BOTH;
    kernels.binary(op, compute, mode, out.address, x.address, y.address, sizes[0] as number, p0);
  } else {
    kernels.binaryStrided(op, compute, plan.write(true), p0, rowsAddress());
  }
}

/** Writes a number as one element of a compute type, where the kernels expect a scalar operand. */
function writeScalar(compute: number, value: number | bigint): void {
  const { memory } = runtime();
  const address = scalarAddress();
  if (compute === COMPUTE_F32) memory.f32[address >>> 2] = Number(value);
  else if (compute === COMPUTE_F64) memory.f64[address / 8] = Number(value);
  else if (typeof value === 'bigint') {
    memory.u32[address >>> 2] = Number(BigInt.asUintN(32, value));
    memory.u32[(address >>> 2) + 1] = Number(BigInt.asUintN(32, value >> 32n));
  } else {
    // A store into a Uint32Array takes the value modulo 2³², exactly.
    memory.u32[address >>> 2] = value;
    memory.u32[(address >>> 2) + 1] = Math.floor(value / 4294967296);
  }
}
