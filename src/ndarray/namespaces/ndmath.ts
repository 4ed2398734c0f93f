// NDMath: all families of its functions in one object.

import { mathArithmetic } from './mathArithmetic.ts';
import { mathElementwise } from './mathElementwise.ts';
import { mathReductions } from './mathReductions.ts';

/**
 * Mathematical functions of arrays, what `Nd4j.math()` gives. Results are new arrays; arguments never change.
 * @see org.nd4j.linalg.factory.ops.NDMath
 */
export const NDMath = { ...mathElementwise, ...mathArithmetic, ...mathReductions } as const;
