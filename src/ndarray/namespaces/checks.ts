// What the operation namespaces ask of their arguments beyond what src/ndarray/operands.ts asks of arrays.

import { describeValue } from '../../core/errors.ts';
import { checkArgument } from '../../memory/validity.ts';
import type { ArrayView } from '../../memory/view.ts';
import { requireNumeric } from '../operands.ts';

/** @throws {TypeError} when one of the values is no number. */
export function requireNumbers(name: string, ...values: unknown[]): void {
  for (const value of values) {
    if (typeof value !== 'number') {
      throw new TypeError(`Cannot ${name} with ${describeValue(value)}: needed is a number`);
    }
  }
}

/** Usable numeric arrays with elements. @throws {ND4JIllegalStateException} */
export function requireNumericArrays(name: string, ...arrays: readonly ArrayView[]): void {
  arrays.forEach((each, index) => {
    checkArgument(name, index === 0 ? 'X' : 'Y', each);
    requireNumeric(name, each);
  });
}
