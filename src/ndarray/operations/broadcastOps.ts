// Operations of an array with a smaller one along named dimensions. Constructors: (x, y, z, ...dimensions); a new array for a null z.

import { Broadcast, type BroadcastOperation } from '../broadcast.ts';
import type { INDArray } from '../ndarray.ts';
import { type OpClass, type Optional, opClass } from './arrayOp.ts';

/** Arguments of an operation along dimensions: those of x that y has. */
export type BroadcastArguments = [x: INDArray, y: INDArray, z: Optional, ...dimensions: number[]];

function along(name: string, operation: BroadcastOperation): OpClass<BroadcastArguments> {
  return opClass(name, (x, y, z, ...dimensions) => ({
    x,
    y,
    z,
    compute: (a, b, out) => operation(a, b as INDArray, out, ...dimensions),
  }));
}

/** z = x + y. */
export const BroadcastAddOp = along('broadcastadd', Broadcast.add);
/** z = x − y. */
export const BroadcastSubOp = along('broadcastsub', Broadcast.sub);
/** z = x · y. */
export const BroadcastMulOp = along('broadcastmul', Broadcast.mul);
/** z = x / y. */
export const BroadcastDivOp = along('broadcastdiv', Broadcast.div);
/** z = y − x. */
export const BroadcastRSubOp = along('broadcastrsub', Broadcast.rsub);
/** z = y / x. */
export const BroadcastRDivOp = along('broadcastrdiv', Broadcast.rdiv);
/** z = y, repeated. */
export const BroadcastCopyOp = along('broadcastcopy', Broadcast.copy);
/** z = the larger of both. */
export const BroadcastMax = along('broadcast_max', Broadcast.max);
/** z = the smaller of both. */
export const BroadcastMin = along('broadcast_min', Broadcast.min);
/** z = (x = y) as BOOL. */
export const BroadcastEqualTo = along('broadcast_equalto', Broadcast.eq);
/** z = (x ≠ y) as BOOL. */
export const BroadcastNotEqual = along('broadcast_notequal', Broadcast.neq);
/** z = x > y as BOOL. */
export const BroadcastGreaterThan = along('broadcast_greaterthan', Broadcast.gt);
/** z = x ≥ y as BOOL. */
export const BroadcastGreaterThanOrEqual = along('broadcast_greaterthanorequal', Broadcast.gte);
/** z = x < y as BOOL. */
export const BroadcastLessThan = along('broadcast_lessthan', Broadcast.lt);
/** z = x ≤ y as BOOL. */
export const BroadcastLessThanOrEqual = along('broadcast_lessthanorequal', Broadcast.lte);
