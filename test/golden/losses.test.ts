// Scores and output gradients of recorded dense networks: activations and losses without the network around them.

import { describe, expect, test } from 'vitest';
import { activate } from '../../src/learning/activationFunctions.ts';
import { activationFamily } from '../../src/learning/activations.ts';
import { lossFamily } from '../../src/learning/losses.ts';
import { computeGradient, computeScore, computeScoreArray } from '../../src/learning/lossFunctions.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { expectClose } from '../support/close.ts';
import {
  arrayFrom,
  type DenseNetwork,
  denseNetworks,
  described,
  elementsOf,
  parameterOf,
} from '../support/denseGolden.ts';

/** Input and pre-activation of the last layer in training. */
function forward(network: DenseNetwork): { input: NDArray; z: NDArray } {
  const layers = network.config.confs!;
  let input = arrayFrom(network.input!);
  for (const [index, { layer }] of layers.entries()) {
    const z = input.mmul(parameterOf(network, `${index}_W`)!);
    const bias = parameterOf(network, `${index}_b`);
    if (bias !== undefined) z.addiRowVector(bias);
    if (index === layers.length - 1) return { input, z };
    activate(described(activationFamily, layer.activationFn), z, z, true);
    input = z;
  }
  throw new Error('a network has layers');
}

/** The output layer multiplies pre-activations by the labels' mask before the loss. */
function masked(z: NDArray, mask: NDArray | null): NDArray {
  if (mask === null) return z;
  return mask.equalShapes(z) ? z.mul(mask) : z.mulColumnVector(mask);
}

describe('dense networks score and derive like DL4J', () => {
  for (const { file, network } of denseNetworks(/^loss-/)) {
    if (!network.labels || !network.gradient0) continue;
    test(file.name, () => {
      const { layer } = network.config.confs!.at(-1)!;
      const loss = described(lossFamily, layer.lossFn);
      const activation = described(activationFamily, layer.activationFn);
      const labels = arrayFrom(network.labels!);
      const mask = network.labelsMask ? arrayFrom(network.labelsMask) : null;
      const { input, z: plain } = forward(network);
      const z = masked(plain, mask);
      const bound = network.dataType === 'FLOAT' ? { abs: 1e-5, rel: 1e-5 } : { abs: 1e-12, rel: 1e-12 };
      // The network divides by the number of examples, even what is no sum over them.
      const score = computeScore(loss, labels, z, activation, mask, false) / z.size(0);
      expectClose([score], [network.score0!], bound, 'score');
      const delta = computeGradient(loss, labels, z, activation, mask);
      const last = network.config.confs!.length - 1;
      const expected = parameterOf(network, `${last}_W`, network.gradient0!)!;
      const actual = input.transpose().mmul(delta);
      expectClose(rowsOf(actual), rowsOf(expected), bound, 'gradient of W');
      if (network.scoreExamples0) {
        const each = computeScoreArray(loss, labels, z, activation, mask);
        expectClose(rowsOf(each), elementsOf(network.scoreExamples0), bound, 'scores of examples');
      }
      expect(delta.dataType()).toBe(network.dataType);
    });
  }
});

function rowsOf(x: NDArray): number[] {
  return Array.from({ length: x.size(0) }, (_, i) =>
    Array.from({ length: x.size(1) }, (_each, j) => x.getDouble(i, j)),
  ).flat();
}
