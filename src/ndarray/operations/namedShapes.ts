// Custom operations by name: joining, choosing, writing at places, other shapes. All results are copies.

import { dataTypeInfo } from '../../core/dataType.ts';
import { ND4JIllegalArgumentException } from '../../core/errors.ts';
import { normalizeDimension } from '../../core/geometry.ts';
import { dimensionsFrom } from '../namespaces/along.ts';
import { nd4jCombine } from '../nd4jCombine.ts';
import { nd4jCreation } from '../nd4jCreation.ts';
import { nd4jShape, UpdateOp } from '../nd4jShape.ts';
import { NDArrayIndex } from '../ndArrayIndex.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary } from '../operands.ts';
import { repeated } from './layerOps.ts';
import { type Call, type Row, type Rows, row } from './named.ts';

/** Numbers of a call: its integer arguments, or the elements of its second input. */
function numbersOf({ name, inputs: [, list], ints }: Call): number[] {
  return list === undefined ? [...ints] : dimensionsFrom(name, list.reshape(list.length()));
}

/** Slices along a dimension by number; the numbers' shape takes the dimension's place. */
function gather(x: INDArray, places: readonly number[], shape: readonly number[], axis: number): INDArray {
  const along = normalizeDimension(axis, x.rank());
  const before = Array.from({ length: along }, () => NDArrayIndex.all());
  const chosen = x.get(...before, NDArrayIndex.indices(...places));
  return chosen.reshape(...x.shape().slice(0, along), ...shape, ...x.shape().slice(along + 1));
}

/** A copy of x, or x itself for a call in place, with slices along dimension 0 changed. */
function scatter(op: UpdateOp): Row {
  return row('x places updates', '', ({ name, inputs: [x, places, updates], outputs: [z] }) => {
    const target = z === x ? (x as INDArray) : (x as INDArray).dup();
    const others = target.shape().flatMap((_, d) => (d > 0 ? [d] : []));
    const list = dimensionsFrom(name, (places as INDArray).reshape((places as INDArray).length()));
    return changed(target, x as INDArray, () =>
      nd4jShape.scatterUpdate(op, target, list, updates as INDArray, ...others),
    );
  });
}

/** Runs a change of a target, which is released when the change fails and the target is a copy. */
function changed(target: INDArray, source: INDArray, change: () => INDArray): INDArray {
  try {
    return change();
  } catch (error) {
    if (target !== source) releaseTemporary(target);
    throw error;
  }
}

const UPDATES = Object.keys(UpdateOp) as UpdateOp[];

/** Operations on shapes and places by name. */
export const namedShapes: Rows = {
  concat: row('x ...', '[dimension]', ({ inputs, int: { dimension = 0 }, booleans: [isLast = false] }) =>
    isLast
      ? nd4jCombine.concat((inputs.at(-1) as INDArray).getInt(0), ...inputs.slice(0, -1))
      : nd4jCombine.concat(dimension, ...inputs),
  ),
  stack: row('x ...', '[dimension]', ({ inputs, int: { dimension = 0 } }) => nd4jCombine.stack(dimension, ...inputs)),
  unstack: row('x', '[dimension]', ({ inputs: [x], int: { dimension = 0 } }) =>
    Array.from({ length: (x as INDArray).size(dimension) }, (_, i) => (x as INDArray).slice(i, dimension).dup()),
  ),
  split: row('x', 'parts [dimension]', ({ name, inputs: [x], int: { parts = 1, dimension = 0 } }) => {
    const from = x as INDArray;
    const along = normalizeDimension(dimension, from.rank());
    const size = from.size(along) / parts;
    if (!Number.isInteger(size)) {
      throw new ND4JIllegalArgumentException(
        `Cannot execute ${name} of ${from.size(along)} places along dimension ${along} into ${parts} parts: needed is a divisor`,
      );
    }
    const before = Array.from({ length: along }, () => NDArrayIndex.all());
    return Array.from({ length: parts }, (_, i) =>
      from.get(...before, NDArrayIndex.interval(i * size, (i + 1) * size)).dup(),
    );
  }),
  gather: row('x [places]', '...', ({ name, inputs: [x, places], ints }) => {
    const [axis = 0, ...listed] = ints;
    if (places === undefined) return gather(x as INDArray, listed, [listed.length], axis);
    return gather(x as INDArray, dimensionsFrom(name, places.reshape(places.length())), places.shape(), axis);
  }),
  scatter_upd: scatter('ASSIGN'),
  scatter_add: scatter('ADD'),
  scatter_sub: scatter('SUBTRACT'),
  scatter_mul: scatter('MULTIPLY'),
  scatter_div: scatter('DIVIDE'),
  scatter_update: row('x updates', 'operation ...', ({ name, inputs: [x, updates], outputs: [z], ints }) => {
    const [operation, rank = 0, ...rest] = ints as [number, number, ...number[]];
    const op = UPDATES[operation];
    const [count, ...places] = rest.slice(rank);
    if (op === undefined || count !== places.length) {
      throw new ND4JIllegalArgumentException(
        `Cannot execute ${name} with integer arguments ${ints.join(', ')}: needed are the operation (0 to ${UPDATES.length - 1}: ${UPDATES.join(', ')}), how many dimensions, these, how many places, these`,
      );
    }
    const target = z === x ? (x as INDArray) : (x as INDArray).dup();
    return changed(target, x as INDArray, () =>
      nd4jShape.scatterUpdate(op, target, places, updates as INDArray, ...rest.slice(0, rank)),
    );
  }),
  broadcast_to: row('x shape', '', ({ inputs: [x, shape] }) => repeated(x as INDArray, shape as INDArray)),
  tile: row('x [repetitions]', '...', (call) => nd4jCombine.tile(call.inputs[0] as INDArray, numbersOf(call))),
  transpose: row('x', '', ({ inputs: [x] }) => (x as INDArray).transpose().dup()),
  permute: row('x [dimensions]', '...', (call) => (call.inputs[0] as INDArray).permute(...numbersOf(call)).dup()),
  reshape: row('x [shape]', '...', (call) => {
    // A negative number in front is the code of an order: −99 is c, −102 is f.
    const numbers = numbersOf(call);
    const [first = 0] = numbers;
    const isOrder = first === -99 || first === -102;
    const x = (call.inputs[0] as INDArray).dup();
    return changed(x, call.inputs[0] as INDArray, () =>
      x.reshape(first === -102 ? 'f' : 'c', ...numbers.slice(Number(isOrder))),
    );
  }),
  expand_dims: row('x', 'dimension', ({ inputs: [x], int: { dimension = 0 } }) =>
    nd4jShape.expandDims((x as INDArray).dup(), dimension),
  ),
  squeeze: row('x', '...', ({ inputs: [x], ints }) => {
    const { shape } = (x as INDArray).geometry;
    const gone =
      ints.length === 0
        ? shape.flatMap((size, d) => (size === 1 ? [d] : []))
        : ints.map((d) => normalizeDimension(d, shape.length));
    return (x as INDArray).dup().reshape(...shape.filter((size, d) => !(gone.includes(d) && size === 1)));
  }),
  slice: row('x', '...', ({ inputs: [x], ints }) => {
    const from = x as INDArray;
    const rank = from.rank();
    return from
      .get(
        ...from.shape().map((size, d) => {
          const begin = ints[d] ?? 0;
          const count = ints[rank + d] ?? -1;
          return NDArrayIndex.interval(begin, count < 0 ? size : begin + count);
        }),
      )
      .dup();
  }),
  assign: row('x y', '', ({ inputs: [x, y] }) => (x as INDArray).dup((x as INDArray).ordering()).assign(y as INDArray)),
  zeros_as: row('x', '', ({ inputs: [x] }) => nd4jCreation.zerosLike(x as INDArray)),
  ones_as: row('x', '', ({ inputs: [x] }) => nd4jCreation.onesLike(x as INDArray)),
  fill_as: row('x', '', ({ inputs: [x], floats: [value = 0] }) => (x as INDArray).ulike().assign(value)),
  shape_of: row('x', '', ({ inputs: [x] }) =>
    nd4jCreation.create((x as INDArray).shape()).castTo(dataTypeInfo('LONG').name),
  ),
};
