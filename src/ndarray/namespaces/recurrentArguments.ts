// What recurrent operations ask of their configurations, weights and sequences, and the sequences in time order.

import {
  describeValue,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import { denseGeometry, Geometry } from '../../core/geometry.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import type { Temporaries } from '../../ops/temporaries.ts';
import type { INDArray } from '../ndarray.ts';
import { arrayArgument, shapedArgument } from './arrayArguments.ts';

type Named = Readonly<Record<string, unknown>>;

/** @throws {TypeError} when it is no object, or a builder. */
export function optionsArgument(op: string, what: string, value: unknown): Named {
  if (typeof value === 'object' && value !== null && typeof (value as Named).build !== 'function')
    return value as Named;
  throw new TypeError(
    `Cannot ${op} with ${what} ${describeValue(value)}: needed is an object, or what a builder's build() returns`,
  );
}

/** One of the names. @throws {ND4JIllegalArgumentException} */
export function choiceArgument<T extends string>(
  op: string,
  options: Named,
  key: string,
  names: Readonly<Record<T, unknown>>,
  initial: T,
): T {
  const value = options[key] ?? initial;
  if (typeof value === 'string' && Object.hasOwn(names, value)) return value as T;
  throw new ND4JIllegalArgumentException(
    `Cannot ${op} with ${key} ${describeValue(value)}: needed is one of ${Object.keys(names).join(', ')}`,
  );
}

/** @throws {TypeError} when it is there and no boolean. */
export function flagArgument(op: string, options: Named, key: string, initial: boolean): boolean {
  const value = options[key] ?? initial;
  if (typeof value === 'boolean') return value;
  throw new TypeError(`Cannot ${op} with ${key} ${describeValue(value)}: needed is true or false`);
}

/** @throws {TypeError | RangeError} when it is there and no finite number of at least `least`. */
export function realArgument(op: string, options: Named, key: string, initial: number, least = -Infinity): number {
  const value = options[key] ?? initial;
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
  const ErrorClass = typeof value === 'number' ? RangeError : TypeError;
  const needed = least === -Infinity ? 'a finite number' : `a finite number of at least ${least}`;
  throw new ErrorClass(`Cannot ${op} with ${key} ${describeValue(value)}: needed is ${needed}`);
}

/** An array of weights by either of its names, of a shape (−1: any size) and x's type; null when it is left out and may be. */
export function weightArgument(
  op: string,
  weights: Named,
  names: readonly [string, string],
  shape: readonly number[],
  x: INDArray,
): INDArray;
export function weightArgument(
  op: string,
  weights: Named,
  names: readonly [string, string],
  shape: readonly number[],
  x: INDArray,
  isOptional: true,
): INDArray | null;
export function weightArgument(
  op: string,
  weights: Named,
  names: readonly [string, string],
  shape: readonly number[],
  x: INDArray,
  isOptional = false,
): INDArray | null {
  const value = weights[names[0]] ?? weights[names[1]] ?? null;
  if (value === null && isOptional) return null;
  return shapedArgument(op, names[0], value, shape, x);
}

/** An array that may be left out. @see shapedArgument */
export function optionalArgument(
  op: string,
  what: string,
  value: INDArray | null | undefined,
  shape: readonly number[],
  x: INDArray,
): INDArray | null {
  return value === null || value === undefined ? null : shapedArgument(op, what, value, shape, x);
}

/** Numbers of steps, one per example. @throws {ND4JIllegalStateException | RangeError} */
export function lengthsArgument(
  op: string,
  value: INDArray | null | undefined,
  batch: number,
  steps: number,
): readonly number[] | null {
  if (value === null || value === undefined) return null;
  const lengths = arrayArgument(op, 'maxTSLength', value);
  if (lengths.rank() !== 1 || lengths.length() !== batch) {
    throw new ND4JIllegalStateException(
      `Cannot ${op}: maxTSLength has shape ${formatShape(lengths.geometry.shape)}, needed is [${batch}], a number of steps per example`,
    );
  }
  const found = Array.from({ length: batch }, (_, n) => lengths.getDouble(n));
  const wrong = found.find((length) => !Number.isInteger(length) || length < 0 || length > steps);
  if (wrong === undefined) return found;
  throw new RangeError(`Cannot ${op} with a length of ${wrong} steps: needed are whole numbers from 0 to ${steps}`);
}

/** The dimensions time, examples, size of each format. */
const DIMENSIONS = { TNS: [0, 1, 2], NTS: [1, 0, 2], NST: [2, 0, 1], T2NS: [0, 1, 2] } as const;

/** A sequence of any format as [time, examples, size], a view. */
export function timeMajor(x: ArrayView, format: keyof typeof DIMENSIONS): ArrayView {
  const { shape, strides } = x.geometry;
  const order = DIMENSIONS[format];
  const take = (values: readonly number[]): number[] => order.map((dimension) => values[dimension] as number);
  return viewed(x, 0, new Geometry(take(shape), take(strides), 'c'));
}

/** The shape of a sequence in a format. */
export function sequenceShape(format: keyof typeof DIMENSIONS, steps: number, batch: number, size: number): number[] {
  const shape = [0, 0, 0];
  const sizes = [steps, batch, size];
  DIMENSIONS[format].forEach((dimension, index) => {
    shape[dimension] = sizes[index] as number;
  });
  return shape;
}

/** [time, examples, size] as a matrix [time·examples, size]: a view where the strides allow it, else a copy. */
export function asRows(memory: Temporaries, x: ArrayView): ArrayView {
  const [steps, batch, size] = x.geometry.shape as [number, number, number];
  const [time, example, step] = x.geometry.strides as [number, number, number];
  if (steps > 1 && time !== batch * example) return viewed(memory.copyOf(x), 0, denseGeometry([steps * batch, size]));
  return viewed(x, 0, new Geometry([steps * batch, size], [example, step], 'c'));
}

/** Elements from `begin` to `end` of a dimension, a view. */
export function part(x: ArrayView, dimension: number, begin: number, end: number): ArrayView {
  const { shape, strides, order } = x.geometry;
  const sizes = shape.map((size, d) => (d === dimension ? end - begin : size));
  return viewed(x, begin * (strides[dimension] as number), new Geometry(sizes, strides, order));
}

/** One element of a dimension, which goes away, a view. */
export function at(x: ArrayView, dimension: number, index: number): ArrayView {
  const { shape, strides, order } = x.geometry;
  const keep = (_: number, d: number): boolean => d !== dimension;
  return viewed(
    x,
    index * (strides[dimension] as number),
    new Geometry(shape.filter(keep), strides.filter(keep), order),
  );
}
