// Custom operations by name: arithmetic, comparisons, activations and their gradients.

import { Binary, Unary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { combine } from '../arithmetic.ts';
import { compare } from '../comparing.ts';
import { map } from '../mapping.ts';
import { floatingArgument, shapedArgument } from '../namespaces/arrayArguments.ts';
import { NDMath } from '../namespaces/ndmath.ts';
import { NDNN } from '../namespaces/ndnn.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry, requireSameType } from '../operands.ts';
import { Transforms } from '../transforms.ts';
import { type Row, type Rows, row } from './named.ts';

const pair = (run: (x: INDArray, y: INDArray) => INDArray): Row =>
  row('x y', '', ({ inputs: [x, y] }) => run(x as INDArray, y as INDArray));
const pairBp = (run: (x: INDArray, y: INDArray, gradient: INDArray) => INDArray[]): Row =>
  row('x y gradient', '', ({ inputs: [x, y, g] }) => run(x as INDArray, y as INDArray, g as INDArray));

/** Writes into the first output when there is one. */
const arithmetic = (op: Binary): Row =>
  row('x y', '', ({ name, inputs: [x, y], outputs: [z] }) =>
    combine(name, op, x as INDArray, y as INDArray, z ?? undefined),
  );
const comparison = (op: Binary): Row =>
  row('x y', '', ({ name, inputs: [x, y] }) => compare(name, op, x as INDArray, y as INDArray));

const one = (run: (x: INDArray, ...floats: number[]) => INDArray): Row =>
  row('x', '', ({ inputs: [x], floats }) => run(x as INDArray, ...floats));
const floating = (op: Unary): Row =>
  row('x', '', ({ name, inputs: [x] }) => map(name, op, floatingArgument(name, 'x', x)));

/** The gradient of x from that of f(x). `initial` is the parameter of f unless the call has one. */
const backward = (op: Binary, initial = 0): Row =>
  row('x gradient', '', ({ name, inputs: [x, gradient], floats }) => {
    const from = floatingArgument(name, 'x', x);
    const g = shapedArgument(name, 'gradient', gradient, from.geometry.shape, from);
    requireSameType(name, from, g);
    const result = from.allocate(from.info, freshGeometry(from.geometry));
    binary(op, result, from, g, floats[0] ?? initial);
    return result;
  });

/** Elementwise operations by name. */
export const namedElementwise: Rows = {
  add: arithmetic(Binary.ADD),
  subtract: arithmetic(Binary.SUB),
  multiply: arithmetic(Binary.MUL),
  divide: arithmetic(Binary.DIV),
  reversesubtract: arithmetic(Binary.RSUB),
  reversedivide: arithmetic(Binary.RDIV),
  floordiv: arithmetic(Binary.FLOOR_DIV),
  floormod: arithmetic(Binary.FLOOR_MOD),
  squaredsubtract: arithmetic(Binary.SQUARED_DIFFERENCE),
  maximum: arithmetic(Binary.MAX),
  minimum: arithmetic(Binary.MIN),
  Pow: pair((x, y) => Transforms.pow(x, y)),
  add_bp: pairBp(NDMath.addBp),
  subtract_bp: pairBp(NDMath.subBp),
  multiply_bp: pairBp(NDMath.mulBp),
  divide_bp: pairBp(NDMath.divBp),
  squaredsubtract_bp: pairBp(NDMath.squaredDifferenceBp),
  greater: comparison(Binary.GT),
  greater_equal: comparison(Binary.GTE),
  less: comparison(Binary.LT),
  less_equal: comparison(Binary.LTE),
  equals: comparison(Binary.EQ),
  not_equals: comparison(Binary.NEQ),
  identity: one((x) => x.dup(x.ordering())),
  Floor: one((x) => NDMath.floor(x)),
  Log1p: floating(Unary.LOG1P),
  square: one((x) => NDMath.square(x)),
  cube: one((x) => NDMath.cube(x)),
  clipbyvalue: row('x', '', ({ inputs: [x], floats: [min = -Infinity, max = Infinity] }) =>
    NDMath.clipByValue(x as INDArray, min, max),
  ),
  relu: one((x, cutoff = 0) => NDNN.relu(x, cutoff)),
  relu6: one((x, cutoff = 0) => NDNN.relu6(x, cutoff)),
  lrelu: one((x, alpha = 0.01) => NDNN.leakyRelu(x, alpha)),
  elu: row('x', '', ({ name, inputs: [x], floats: [alpha = 1] }) =>
    map(name, Unary.ELU, floatingArgument(name, 'x', x), alpha),
  ),
  selu: floating(Unary.SELU),
  tanh: floating(Unary.TANH),
  sigmoid: floating(Unary.SIGMOID),
  hardtanh: floating(Unary.HARD_TANH),
  hardsigmoid: floating(Unary.HARD_SIGMOID),
  softplus: floating(Unary.SOFTPLUS),
  softsign: floating(Unary.SOFTSIGN),
  rationaltanh: floating(Unary.RATIONAL_TANH),
  rectifiedtanh: floating(Unary.RECTIFIED_TANH),
  crelu: one((x) => NDNN.cReLU(x)),
  relu_bp: backward(Binary.RELU_BP),
  relu6_bp: backward(Binary.RELU6_BP),
  lrelu_bp: backward(Binary.LEAKY_RELU_BP, 0.01),
  elu_bp: backward(Binary.ELU_BP, 1),
  selu_bp: backward(Binary.SELU_BP),
  tanh_bp: backward(Binary.TANH_BP),
  sigmoid_bp: backward(Binary.SIGMOID_BP),
  hardtanh_bp: backward(Binary.HARD_TANH_BP),
  hardsigmoid_bp: backward(Binary.HARD_SIGMOID_BP),
  softplus_bp: backward(Binary.SOFTPLUS_BP),
  softsign_bp: backward(Binary.SOFTSIGN_BP),
  rationaltanh_bp: backward(Binary.RATIONAL_TANH_BP),
  rectifiedtanh_bp: backward(Binary.RECTIFIED_TANH_BP),
  cube_bp: backward(Binary.CUBE_BP),
};
