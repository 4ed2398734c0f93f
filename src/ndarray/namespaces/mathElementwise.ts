// NDMath: functions of one array, element by element.

import { Unary } from '../../ops/codes.ts';
import { map } from '../mapping.ts';
import type { INDArray } from '../ndarray.ts';

/** A function of the elements of x, in a new array of its shape. */
type Elementwise = (x: INDArray) => INDArray;

/** Keeps the type of x, whatever it is but BOOL. */
function anyType(name: string, op: Unary): Elementwise {
  return (x) => map(name, op, x);
}

/** The elementwise family of NDMath. */
export const mathElementwise = {
  /** |x|. */
  abs: anyType('abs', Unary.ABS),
  /** −x. */
  neg: anyType('neg', Unary.NEG),
  /** x². */
  square: anyType('square', Unary.SQUARE),
  /** x³. */
  cube: anyType('cube', Unary.CUBE),
} as const;
