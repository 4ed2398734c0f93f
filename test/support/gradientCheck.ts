// Gradients against central differences, in float64: every parameter of a network (a sample of them when there are many), and its features.

import { DataSet } from '../../src/data/dataSet.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import type { MultiLayerNetwork } from '../../src/nn/network/multiLayerNetwork.ts';
import { realmRandom } from '../../src/ops/random.ts';

export interface GradientCheck {
  readonly features: INDArray;
  readonly labels: INDArray;
  readonly featuresMask?: INDArray | null;
  readonly labelsMask?: INDArray | null;
  /** Score as in training, with the generator started from this seed before every pass: for dropout and noise. */
  readonly trainingSeed?: number;
  /** Relative error allowed. Default 1e-6. */
  readonly tolerance?: number;
  /** Half of the distance of the difference. Default 1e-5. */
  readonly step?: number;
  /** Check the gradient of the features. Default true. */
  readonly ofFeatures?: boolean;
  /** Check the gradients of the parameters. Default true. */
  readonly ofParameters?: boolean;
}

const MOST = 120;

/** Errors below this are no errors: what differences of scores around 1 can resolve. */
const RESOLUTION = 1e-8;

/** @throws {Error} naming the parameter whose gradient is off, both values and the bound */
export function checkGradients(network: MultiLayerNetwork, check: GradientCheck): void {
  const { features, labels, featuresMask = null, labelsMask = null, trainingSeed } = check;
  const dataSet = new DataSet(features, labels, featuresMask, labelsMask);
  const start = (): void => {
    if (trainingSeed !== undefined) realmRandom().setSeed(trainingSeed);
  };
  const score = (): number => {
    start();
    return network.score(dataSet, trainingSeed !== undefined) * features.size(0);
  };
  const penalty = (): number =>
    network.getLayers().reduce((sum, layer) => sum + layer.calcRegularizationScore(), 0) * features.size(0);
  const loss = (): number => score() - penalty();
  start();
  const { gradient, inputGradient } = network.calculateGradients(features, labels, featuresMask, labelsMask);
  const own = Array.from(gradient.gradient().toDoubleVector());
  if (check.ofParameters !== false) compare('parameter', network.params(), own, loss, check);
  if (check.ofFeatures === false || inputGradient === null) return;
  compare(
    'feature',
    features,
    Array.from(inputGradient.dup('c').reshape(features.length()).toDoubleVector()),
    loss,
    check,
  );
}

function compare(
  what: string,
  variables: INDArray,
  gradient: readonly number[],
  loss: () => number,
  { tolerance = 1e-6, step = 1e-5 }: GradientCheck,
): void {
  const length = variables.length();
  const stride = Math.max(1, Math.floor(length / MOST));
  for (let index = 0; index < length; index += stride) {
    const value = variables.getDouble(index);
    variables.putScalar(index, value + step);
    const above = loss();
    variables.putScalar(index, value - step);
    const below = loss();
    variables.putScalar(index, value);
    const numeric = (above - below) / (2 * step);
    const exact = gradient[index] as number;
    const bound = Math.max(RESOLUTION, tolerance * Math.max(Math.abs(numeric), Math.abs(exact)));
    if (!(Math.abs(numeric - exact) <= bound)) {
      throw new Error(
        `gradient of ${what} ${index} (${value}): found ${exact}, differences give ${numeric}, off by ${Math.abs(numeric - exact)}, allowed ${bound}`,
      );
    }
  }
}
