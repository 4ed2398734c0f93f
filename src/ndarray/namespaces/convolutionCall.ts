// What convolutions and deconvolutions of NDCNN share: a checked call, its forward pass and its gradients. They differ in which of input
// and output the windows slide over.

import type { ArrayView } from '../../memory/view.ts';
import { biasGradient, convolutionWeights, type Sliding } from '../../ops/convolution.ts';
import type { INDArray } from '../ndarray.ts';
import type { ConvolutionSettings } from './convolutionConfig.ts';
import { channelsFirst, flat, freshPlaced, optionalBias, placed, requireOperand, requireShape } from './convolving.ts';

/** Checked operands, channels first. */
export interface ConvolutionCall {
  readonly input: INDArray;
  readonly weights: INDArray;
  readonly bias: INDArray | null;
  readonly settings: ConvolutionSettings;
  readonly x: INDArray;
  /** The weights with their dimensions in the order of `axes`: those of a convolution over the larger side. */
  readonly w: INDArray;
  readonly axes: readonly number[];
  /** Shape of the output, channels first. */
  readonly output: readonly number[];
  readonly sliding: Sliding;
}

/** Writes one side of a convolution from the other one, both channels first. */
type Pass = (out: ArrayView, x: ArrayView, w: ArrayView, bias: ArrayView | null, sliding: Sliding) => void;

/** A kind of convolution: how its arguments are checked, and how output and gradients come about. */
export interface ConvolutionKind {
  readonly prepare: (
    name: string,
    rank: number,
    x: unknown,
    w: unknown,
    b: unknown,
    config: unknown,
  ) => ConvolutionCall;
  /** Output from input, and gradient of the input from that of the output. */
  readonly toOutput: Pass;
  readonly toInput: Pass;
  /** Whether the windows slide over the input, not the output. */
  readonly slidesOverInput: boolean;
}

/** Overloads of an operation with and without a bias. */
export type Forward<C> = {
  (input: INDArray, weights: INDArray, config: C): INDArray;
  (input: INDArray, weights: INDArray, bias: INDArray | null, config: C): INDArray;
};

/** Overloads of its gradients. */
export type Backward<C> = {
  (input: INDArray, weights: INDArray, gradient: INDArray, config: C): INDArray[];
  (input: INDArray, weights: INDArray, bias: INDArray | null, gradient: INDArray, config: C): INDArray[];
};

/** The operation of a kind over images of `rank` dimensions. */
export function forwardOf<C>(kind: ConvolutionKind, name: string, rank: number): Forward<C> {
  return (...args: readonly unknown[]): INDArray => {
    const { bias: given, rest } = optionalBias(args.slice(2), 1);
    const { input, bias, settings, x, w, output, sliding } = kind.prepare(name, rank, args[0], args[1], given, rest[0]);
    const out = freshPlaced(input, output, settings.channelsLast);
    kind.toOutput(channelsFirst(out, settings.channelsLast), x, w, flat(bias), sliding);
    return out;
  };
}

/** Its gradients for input, weights and, when it was given, bias. */
export function backwardOf<C>(kind: ConvolutionKind, name: string, rank: number): Backward<C> {
  return (...args: readonly unknown[]): INDArray[] => {
    const { bias: given, rest } = optionalBias(args.slice(2), 2);
    const call = kind.prepare(name, rank, args[0], args[1], given, rest[1]);
    const { input, weights, bias, settings, x, w, axes, sliding } = call;
    const g = gradientOf(name, rest[0], call, rank);
    const dx = input.allocateDense(input.info, input.geometry.shape);
    const dw = weights.allocateDense(weights.info, weights.geometry.shape);
    kind.toInput(channelsFirst(dx, settings.channelsLast), g, w, null, sliding);
    const [larger, smaller] = kind.slidesOverInput ? [x, g] : [g, x];
    convolutionWeights(dw.permute(...axes), larger, smaller, sliding);
    return bias === null ? [dx, dw] : [dx, dw, biasGradientOf(bias, g)];
  };
}

/** The gradient of the output, checked, channels first. */
export function gradientOf(
  name: string,
  given: unknown,
  { input, settings, output }: Pick<ConvolutionCall, 'input' | 'settings' | 'output'>,
  rank: number,
): INDArray {
  const gradient = requireOperand(name, 'gradient', given, rank + 2, input);
  requireShape(name, 'gradient', gradient, placed(output, settings.channelsLast));
  return channelsFirst(gradient, settings.channelsLast);
}

/** The gradient of a bias from that of the output, channels first. */
export function biasGradientOf(bias: INDArray, g: INDArray): INDArray {
  const db = bias.allocateDense(bias.info, bias.geometry.shape);
  biasGradient(db.reshape(db.length()), g);
  return db;
}
