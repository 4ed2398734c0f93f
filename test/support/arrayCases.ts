// Recorded array operations: arguments built as the file describes them, results compared within the tolerance of their family.

import { expect } from 'vitest';
import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { EMPTY_SCALAR, type Order } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { readElement } from '../../src/memory/element.ts';
import { type INDArrayIndex, NDArrayIndex } from '../../src/ndarray/ndArrayIndex.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { arrayOf, type GoldenArray, isGoldenArray } from './goldenArray.ts';

export interface CaseArray extends GoldenArray {
  readonly layout?: Order;
  readonly view?: string;
}

export interface ArrayCase {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly result?: unknown;
  readonly throws?: { readonly class: string; readonly message: string | null };
  readonly resultOrder?: Order;
  readonly resultStrides?: readonly number[];
  readonly inPlace?: number;
  readonly same?: number;
  readonly changed?: Record<string, CaseArray>;
  readonly defaultType?: DataType;
}

/** Allowed distance of a floating element; the largest of the parts. Nothing given: exact, sign of zero included. */
export interface Tolerance {
  /** Units in the last place of the expected value. */
  readonly ulp?: Partial<Record<DataType, number>>;
  /** Of the largest element of result and arguments. */
  readonly rel?: Partial<Record<DataType, number>>;
  readonly abs?: Partial<Record<DataType, number>>;
}

/** Operations of one family: name in the files → what to call with the built arguments. */
export interface Family {
  readonly operations: Record<string, (...args: never[]) => unknown>;
  /** Arguments that the files leave out, found from the rest of the case; they come last. */
  readonly hidden?: Record<string, (each: ArrayCase) => unknown[]>;
  /** For all of them, or by name. */
  readonly tolerance?: Tolerance | ((op: string) => Tolerance);
}

/** The indices of a text such as `all;interval 1:2:6;point 0`. */
export function indicesOf(text: string): INDArrayIndex[] {
  return text.split(';').map((each) => {
    const [kind, rest = ''] = each.trim().split(' ');
    if (kind === 'all') return NDArrayIndex.all();
    if (kind === 'new') return NDArrayIndex.newAxis();
    if (kind === 'point') return NDArrayIndex.point(Number(rest));
    if (kind === 'indices') return NDArrayIndex.indices(...rest.split(',').map(Number));
    const [begin, second, third] = rest.replace(']', '').split(':').map(Number) as [number, number, number?];
    if (third !== undefined) return NDArrayIndex.interval(begin, second, third, rest.endsWith(']'));
    return NDArrayIndex.interval(begin, second, rest.endsWith(']'));
  });
}

/** An argument as the operation gets it: arrays built in their layout and viewed as told, all else as it is. */
export function build(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.map(build);
  if (!isGoldenArray(argument)) return isRecord(argument) ? built(argument) : special(argument);
  const { layout, view, empty, shape, type } = argument as CaseArray;
  if (empty === true && shape.length === 0)
    return new NDArray(DataBuffer.allocateDetached(dataTypeInfo(type), 0, false), 0, EMPTY_SCALAR);
  const plain = arrayOf(argument);
  const base = layout === 'f' ? plain.dup('f') : plain;
  if (view === undefined) return base;
  if (view === 'transpose') return base.transpose();
  if (view.startsWith('permute ')) return base.permute(...view.slice(8).split(',').map(Number));
  return (base as unknown as { get(...indices: INDArrayIndex[]): NDArray }).get(...indicesOf(view.slice(4)));
}

/** A configuration or a set of weights; other objects with a prototype stay as they are. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function built(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, build(value)]));
}

/** Numbers that JSON cannot write stand as texts. */
function special(value: unknown): unknown {
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  return value;
}

/** The elements in 'c' order, whatever the layout. */
export function elementsOf({ buffer, offset, geometry }: NDArray): (number | bigint)[] {
  const { shape, strides, length } = geometry;
  return Array.from({ length }, (_, index) => {
    let rest = index;
    let at = offset;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const size = shape[dimension] as number;
      at += (rest % size) * (strides[dimension] as number);
      rest = Math.floor(rest / size);
    }
    return readElement(buffer, at);
  });
}

const DIGITS: Partial<Record<DataType, [mantissa: number, smallest: number]>> = {
  FLOAT: [23, -149],
  DOUBLE: [52, -1074],
  HALF: [10, -24],
  BFLOAT16: [7, -133],
};

function ulpOf(value: number, type: DataType): number {
  const [mantissa, smallest] = DIGITS[type] ?? [0, 0];
  const exponent = value === 0 ? smallest : Math.floor(Math.log2(Math.abs(value))) - mantissa;
  return 2 ** Math.max(exponent, smallest);
}

function largest(values: readonly (number | bigint)[]): number {
  return values.reduce<number>((most, value) => {
    const size = Math.abs(Number(value));
    return Number.isFinite(size) ? Math.max(most, size) : most;
  }, 0);
}

/** Compares numbers of one type; `scale` is the size of the largest number that took part. */
export function expectNumber(
  actual: number | bigint,
  expected: number | bigint,
  type: DataType,
  tolerance: Tolerance,
  scale: number,
  what: string,
): void {
  const isExact = tolerance.ulp === undefined && tolerance.rel === undefined && tolerance.abs === undefined;
  if (Object.is(actual, expected) || (!isExact && Number(actual) === Number(expected))) return;
  const x = Number(actual);
  const y = Number(expected);
  const bound = Math.max(
    (tolerance.ulp?.[type] ?? 0) * ulpOf(y, type),
    (tolerance.rel?.[type] ?? 0) * Math.max(scale, Math.abs(y)),
    tolerance.abs?.[type] ?? 0,
  );
  if (isExact || !(Math.abs(x - y) <= bound)) {
    expect.fail(`${what}: ${x} should be ${y}${isExact ? '' : `, at most ${bound} away`}`);
  }
}

/** Compares type, shape and elements. */
function expectArray(actual: NDArray, golden: GoldenArray, tolerance: Tolerance, scale: number, what: string): void {
  expect([actual.dataType(), actual.shape()], `${what}: type and shape`).toEqual([golden.type, golden.shape]);
  expect(actual.isEmpty(), `${what}: is empty`).toBe(golden.empty === true);
  const expected = elementsOf(build({ ...golden, layout: undefined, view: undefined }) as NDArray);
  const most = Math.max(scale, largest(expected));
  elementsOf(actual).forEach((value, index) => {
    expectNumber(value, expected[index] as number, golden.type, tolerance, most, `${what} [${index}]`);
  });
}

function expectValue(actual: unknown, expected: unknown, tolerance: Tolerance, scale: number, what: string): void {
  if (isGoldenArray(expected)) {
    expect(actual, `${what} is an array`).toBeInstanceOf(NDArray);
    expectArray(actual as NDArray, expected, tolerance, scale, what);
  } else if (Array.isArray(expected)) {
    expect(actual, what).toHaveLength(expected.length);
    expected.forEach((each, index) => {
      expectValue((actual as unknown[])[index], each, tolerance, scale, `${what} (${index})`);
    });
  } else if (typeof special(expected) === 'number') {
    expect(['number', 'bigint'], `${what}: ${String(actual)}`).toContain(typeof actual);
    expectNumber(Number(actual), special(expected) as number, 'DOUBLE', tolerance, scale, what);
  } else expect(actual, what).toEqual(expected);
}

/** Texts that only an engine's own errors have: the operation did not refuse, it broke. */
const BREAKAGE = /undefined|is not a function|not iterable|is not a constructor|Cannot read|null \(/;

function expectRefusal(run: () => unknown, what: string): void {
  let error: unknown;
  try {
    run();
  } catch (thrown) {
    error = thrown;
  }
  expect(error, `${what} throws`).toBeInstanceOf(Error);
  expect((error as Error).message, `${what} refuses with a message of its own`).not.toMatch(BREAKAGE);
}

/** For cases that are meant to differ: they may end in any way but by an error of the engine. */
export function checkBreakage(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'AssertionError') return;
    expect(error.message).not.toMatch(BREAKAGE);
  }
}

function arraysOf(value: unknown): NDArray[] {
  if (value instanceof NDArray) return [value];
  return Array.isArray(value) ? value.flatMap(arraysOf) : [];
}

/** Runs a case and compares result, layout, identity and what became of the arguments. */
export function checkCase(each: ArrayCase, family: Family): void {
  const operation = family.operations[each.op] as (...args: unknown[]) => unknown;
  const tolerance =
    typeof family.tolerance === 'function' ? family.tolerance(each.op) : (family.tolerance ?? ({} as Tolerance));
  const args = [...each.args, ...hiddenOf(each, family)].map(build);
  const scale = Math.max(0, ...arraysOf(args).map((array) => largest(elementsOf(array))));
  const run = (): unknown => operation(...args);
  if (each.throws !== undefined) expectRefusal(run, each.op);
  else {
    const actual = run();
    expectValue(actual, each.result, tolerance, scale, 'result');
    if (actual instanceof NDArray) expectLayout(actual, each);
    if (each.same !== undefined) expect(actual, `the result is argument ${each.same}`).toBe(args[each.same]);
  }
  args.forEach((argument, index) => {
    if (!(argument instanceof NDArray)) return;
    const isResult = each.inPlace === index;
    const expected = isResult ? each.result : (each.changed?.[index] ?? each.args[index]);
    if ((expected as CaseArray).view === undefined)
      expectArray(argument, expected as CaseArray, isResult ? tolerance : {}, scale, `argument ${index}`);
  });
}

function expectLayout(actual: NDArray, { resultOrder, resultStrides }: ArrayCase): void {
  if (actual.isEmpty() || resultOrder === undefined) return;
  expect(actual.ordering(), 'order of the result').toBe(resultOrder);
  expect(actual.stride(), 'strides of the result').toEqual(resultStrides);
}

/** A case in words: `add(FLOAT[2, 3] f, 2)`; what differs in data only has the same words. */
export function describeCase(each: ArrayCase, family: Family | undefined): string {
  const { op, args, throws, defaultType } = each;
  const words = [...args, ...hiddenOf(each, family)].map(describeArgument).join(', ');
  const type = defaultType === undefined || defaultType === 'FLOAT' ? '' : ` with default ${defaultType}`;
  return `${op} of (${words})${type}${throws === undefined ? '' : ', which M2.1 refuses'}`;
}

function hiddenOf(each: ArrayCase, family: Family | undefined): unknown[] {
  return family?.hidden?.[each.op]?.(each) ?? [];
}

function describeArgument(argument: unknown): string {
  if (!isGoldenArray(argument)) {
    if (Array.isArray(argument)) return `[${argument.map(describeArgument).join(', ')}]`;
    if (isRecord(argument)) {
      return `{${Object.entries(argument)
        .map(([key, value]) => `${key}: ${describeArgument(value)}`)
        .join(', ')}}`;
    }
    return typeof argument === 'string' ? argument : JSON.stringify(argument);
  }
  const { type, shape, layout, view, empty } = argument as CaseArray;
  const extras = [layout, view, empty && 'empty'].filter(Boolean).join(' ');
  return `${type}[${shape.join(', ')}]${extras && ` ${extras}`}`;
}
