// Arguments that come from outside, checked: shapes, orders, counts, indices.

import { describeValue, formatShape } from '../core/errors.ts';
import type { Order } from '../core/geometry.ts';

/** Sizes given one by one or as one array: `(2, 3)` and `([2, 3])`. The sizes themselves are for `checkShape`. @throws {TypeError} */
export function shapeArgument(args: readonly unknown[]): readonly number[] {
  const sizes = args.length === 1 && Array.isArray(args[0]) ? (args[0] as readonly unknown[]) : args;
  for (const size of sizes) {
    if (typeof size !== 'number') {
      throw new TypeError(
        `Invalid shape ${describeValue([...sizes])}: needed are whole numbers, or one array of them, found ${describeValue(size)}`,
      );
    }
  }
  return sizes as readonly number[];
}

/** @throws {TypeError} when it is not 'c' or 'f'. */
export function orderArgument(order: unknown): Order {
  if (order === 'c' || order === 'f') return order;
  throw new TypeError(`Invalid order ${describeValue(order)}: needed is 'c' or 'f'`);
}

/** @throws {TypeError | RangeError} when it is not a whole number of at least `least`. */
export function countArgument(count: unknown, what: string, least = 0): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= least) return count;
  const ErrorClass = typeof count === 'number' ? RangeError : TypeError;
  throw new ErrorClass(`Invalid ${what} ${describeValue(count)}: needed is a whole number of at least ${least}`);
}

/** An index below `size`; negative ones count from the end. @throws {RangeError} naming `what` and the shape. */
export function indexArgument(index: unknown, size: number, what: string, shape: readonly number[]): number {
  const normal = typeof index === 'number' && index < 0 ? index + size : index;
  if (typeof normal === 'number' && Number.isInteger(normal) && normal >= 0 && normal < size) return normal;
  throw new RangeError(
    `Cannot take ${what} ${describeValue(index)} of an array of shape ${formatShape(shape)}: needed is ${size === 0 ? 'an array with elements' : `0 to ${size - 1}`}`,
  );
}

/** @throws {TypeError} when it is not a number, bigint or boolean. */
export function scalarArgument(value: unknown, what: string): number | bigint | boolean {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  throw new TypeError(`Invalid ${what} ${describeValue(value)}: needed is a number`);
}
