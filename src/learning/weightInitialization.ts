// Draws initial weights: with the same seed the numbers that DL4J draws. Values go into the flat parameter vector in memory order, whatever
// order the weights are viewed in.

import type { DescriptionClass } from '../core/description.ts';
import { DL4JInvalidConfigException, formatShape } from '../core/errors.ts';
import { denseGeometry, type Order } from '../core/geometry.ts';
import { writeElement } from '../memory/element.ts';
import type { ArrayView } from '../memory/view.ts';
import { fillOrthogonal } from '../ndarray/orthogonalMatrix.ts';
import { Binary } from '../ops/codes.ts';
import { binaryScalar } from '../ops/elementwise.ts';
import { fill } from '../ops/layout.ts';
import { type NativeRandom, realmRandom } from '../ops/random.ts';
import {
  BinomialDistribution,
  ConstantDistribution,
  type Distribution,
  GaussianDistribution,
  LogNormalDistribution,
  NormalDistribution,
  OrthogonalDistribution,
  TruncatedNormalDistribution,
  UniformDistribution,
} from './distributions.ts';
import {
  type IWeightInit,
  WeightInitConstant,
  WeightInitDistribution,
  WeightInitIdentity,
  WeightInitLecunUniform,
  WeightInitNormal,
  WeightInitRelu,
  WeightInitReluUniform,
  WeightInitSigmoidUniform,
  WeightInitUniform,
  WeightInitVarScalingNormalFanAvg,
  WeightInitVarScalingNormalFanIn,
  WeightInitVarScalingNormalFanOut,
  WeightInitVarScalingUniformFanAvg,
  WeightInitVarScalingUniformFanIn,
  WeightInitVarScalingUniformFanOut,
  WeightInitXavier,
  WeightInitXavierLegacy,
  WeightInitXavierUniform,
} from './weightInit.ts';

/** What a scheme needs to know of the weights. */
export interface WeightsToDraw {
  /** The weights' part of the parameter vector: a dense vector, FLOAT or DOUBLE. */
  readonly view: ArrayView;
  readonly shape: readonly number[];
  /** In which order the weights are viewed. */
  readonly order: Order;
  readonly fanIn: number;
  readonly fanOut: number;
}

type Drawing<T> = (scheme: T, weights: WeightsToDraw, random: NativeRandom) => void;

const drawings = new Map<unknown, Drawing<never>>();
function add<T extends IWeightInit>(type: DescriptionClass<T>, drawing: Drawing<T>): void {
  drawings.set(type, drawing as Drawing<never>);
}

/** Uniform within ±bound. */
function uniform(bound: (weights: WeightsToDraw) => number): Drawing<IWeightInit> {
  return (_, weights, random) => {
    const reach = bound(weights);
    random.fillUniform(weights.view, -reach, reach);
  };
}

/** Standard normal numbers, then multiplied or divided: DL4J rounds after each of the two. */
function normal(op: Binary, factor: (weights: WeightsToDraw) => number): Drawing<IWeightInit> {
  return (_, weights, random) => {
    random.fillGaussian(weights.view);
    binaryScalar(op, weights.view, weights.view, factor(weights));
  };
}

type Scaled = WeightInitVarScalingNormalFanIn;
/** Truncated normal of variance scale / fan. */
function truncated(fan: (weights: WeightsToDraw) => number): Drawing<Scaled> {
  return ({ scale }, weights, random) => {
    random.fillTruncatedNormal(weights.view, 0, Math.sqrt((scale ?? 1) / fan(weights)));
  };
}
/** Uniform within ±3·scale / √fan. */
function scaledUniform(fan: (weights: WeightsToDraw) => number): Drawing<Scaled> {
  return ({ scale }, weights, random) => {
    const reach = (3 / Math.sqrt(fan(weights))) * (scale ?? 1);
    random.fillUniform(weights.view, -reach, reach);
  };
}

const fanIn = (weights: WeightsToDraw): number => weights.fanIn;
const fanOut = (weights: WeightsToDraw): number => weights.fanOut;
const fanAverage = (weights: WeightsToDraw): number => (weights.fanIn + weights.fanOut) / 2;

add(WeightInitConstant, ({ value }, { view }) => fill(view, value));
add(WeightInitDistribution, ({ distribution }, weights, random) => drawFrom(distribution, weights, random));
add(WeightInitIdentity, identity);
add(
  WeightInitXavier,
  normal(Binary.MUL, (weights) => Math.sqrt(2 / (weights.fanIn + weights.fanOut))),
);
add(
  WeightInitRelu,
  normal(Binary.MUL, (weights) => Math.sqrt(2 / weights.fanIn)),
);
add(
  WeightInitNormal,
  normal(Binary.DIV, (weights) => Math.sqrt(weights.fanIn)),
);
add(
  WeightInitXavierLegacy,
  normal(Binary.DIV, ({ shape }) => Math.sqrt((shape[0] as number) + (shape[1] ?? 0))),
);
add(
  WeightInitXavierUniform,
  uniform((weights) => Math.sqrt(6) / Math.sqrt(weights.fanIn + weights.fanOut)),
);
add(
  WeightInitReluUniform,
  uniform((weights) => Math.sqrt(6 / weights.fanIn)),
);
add(
  WeightInitSigmoidUniform,
  uniform((weights) => 4 * Math.sqrt(6 / (weights.fanIn + weights.fanOut))),
);
add(
  WeightInitUniform,
  uniform((weights) => 1 / Math.sqrt(weights.fanIn)),
);
add(
  WeightInitLecunUniform,
  uniform((weights) => 3 / Math.sqrt(weights.fanIn)),
);
add(WeightInitVarScalingNormalFanIn, truncated(fanIn));
add(WeightInitVarScalingNormalFanOut, truncated(fanOut));
add(WeightInitVarScalingNormalFanAvg, truncated(fanAverage));
add(WeightInitVarScalingUniformFanIn, scaledUniform(fanIn));
add(WeightInitVarScalingUniformFanOut, scaledUniform(fanOut));
add(WeightInitVarScalingUniformFanAvg, scaledUniform(fanAverage));

/**
 * Writes the initial values of weights, drawn from the realm's generator.
 * @throws {DL4JInvalidConfigException} when the scheme cannot make weights of this shape.
 * @see org.deeplearning4j.nn.weights.IWeightInit#init
 */
export function initializeWeights(
  scheme: IWeightInit,
  weights: WeightsToDraw,
  random: NativeRandom = realmRandom(),
): void {
  const drawing = drawings.get(scheme.constructor) as Drawing<IWeightInit> | undefined;
  if (drawing === undefined) {
    throw new DL4JInvalidConfigException(
      `Cannot initialize weights by ${scheme.simpleName}: needed is one of DL4J's schemes`,
    );
  }
  drawing(scheme, weights, random);
}

/** Fills a view from a distribution; an orthogonal one needs shape and order. */
function drawFrom(distribution: Distribution, weights: WeightsToDraw, random: NativeRandom): void {
  if (distribution instanceof OrthogonalDistribution) {
    const { view, shape, order } = weights;
    const { buffer, offset } = view;
    fillOrthogonal({ buffer, offset, geometry: denseGeometry(shape, order) }, distribution.gain, random);
  } else sampleDistribution(distribution, weights.view, random);
}

/**
 * Fills an array with draws from a distribution.
 * @throws {DL4JInvalidConfigException} for a distribution that DL4J does not have.
 * @see org.nd4j.linalg.api.rng.distribution.Distribution#sample(INDArray)
 */
export function sampleDistribution(
  distribution: Distribution,
  out: ArrayView,
  random: NativeRandom = realmRandom(),
): void {
  const d = distribution;
  if (d instanceof NormalDistribution || d instanceof GaussianDistribution) random.fillGaussian(out, d.mean, d.std);
  else if (d instanceof UniformDistribution) random.fillUniform(out, d.lower, d.upper);
  else if (d instanceof TruncatedNormalDistribution) random.fillTruncatedNormal(out, d.mean, d.std);
  else if (d instanceof LogNormalDistribution) random.fillLogNormal(out, d.mean, d.std);
  else if (d instanceof BinomialDistribution) random.fillBinomial(out, d.numberOfTrials, d.probabilityOfSuccess);
  else if (d instanceof ConstantDistribution) fill(out, d.value);
  else if (d instanceof OrthogonalDistribution) fillOrthogonal(out, d.gain, random);
  else throw new DL4JInvalidConfigException(`Cannot draw from ${d.simpleName}: needed is one of DL4J's distributions`);
}

/** Ones where both channels agree, at the centre of every kernel; zeros elsewhere. */
function identity({ scale }: WeightInitIdentity, { view, shape, order }: WeightsToDraw): void {
  const [rows, columns, ...kernel] = shape;
  if (rows !== columns || shape.length < 2 || shape.length > 5) {
    throw new DL4JInvalidConfigException(
      `Cannot use IDENTITY init with parameters of shape ${formatShape(shape)}: weights must be a square matrix for identity`,
    );
  }
  if (kernel.some((size) => size % 2 === 0)) {
    throw new DL4JInvalidConfigException(
      `Cannot use IDENTITY init with parameters of shape ${formatShape(shape)}! Must have odd sized kernels!`,
    );
  }
  const { strides } = denseGeometry(shape, order);
  const centre = kernel.reduce((at, size, index) => at + ((size - 1) / 2) * (strides[index + 2] as number), 0);
  const diagonal = (strides[0] as number) + (strides[1] as number);
  fill(view, 0);
  for (let i = 0; i < (rows as number); i++) {
    writeElement(view.buffer, view.offset + centre + i * diagonal, scale ?? 1);
  }
}
