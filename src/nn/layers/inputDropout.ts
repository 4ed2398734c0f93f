// Dropout and its relatives at work: noise on the input of one layer, and the way back through it.

import { DL4JInvalidConfigException, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { broadcastTo, denseGeometry } from '../../core/geometry.ts';
import {
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  type IDropout,
  SpatialDropout,
} from '../../learning/dropout.ts';
import type { ArrayView } from '../../memory/view.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary, binaryScalar } from '../../ops/elementwise.ts';
import { fill } from '../../ops/layout.ts';
import { realmRandom } from '../../ops/random.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';

/** The noise of one layer's input in one iteration: drawn by `apply`, used again by `backprop`. */
export class InputDropout {
  /** What the gradient is multiplied by; null where the noise was added. */
  #factors: ArrayView | null = null;

  /** A noisy copy of the input, in INPUT. Draws from the realm's generator, element k of the 'c' order with draw k. */
  apply(dropout: IDropout, input: INDArray, iteration: number, epoch: number, manager: LayerWorkspaceMgr): INDArray {
    const geometry = denseGeometry(input.geometry.shape);
    const output = manager.allocate('INPUT', input.info, geometry, false);
    const random = realmRandom();
    if (dropout instanceof SpatialDropout) {
      const factors = spatialFactors(dropout.getP(iteration, epoch), input, manager);
      binary(Binary.MUL, output, input, factors);
      this.#factors = factors;
      return output;
    }
    const noise = manager.allocate('INPUT', input.info, geometry, false);
    this.#factors = noise;
    if (dropout instanceof Dropout) {
      fill(noise, 1);
      random.dropOutInverted(noise, noise, dropout.getP(iteration, epoch));
      binary(Binary.MUL, output, input, noise);
    } else if (dropout instanceof AlphaDropout) {
      applyAlpha(dropout, dropout.getP(iteration, epoch), input, noise, output);
    } else if (dropout instanceof GaussianDropout) {
      const rate = dropout.getRate(iteration, epoch);
      random.fillGaussian(noise, 1, Math.sqrt(rate / (1 - rate)));
      binary(Binary.MUL, output, input, noise);
    } else if (dropout instanceof GaussianNoise) {
      random.fillGaussian(noise, 0, dropout.getStddev(iteration, epoch));
      binary(Binary.ADD, output, input, noise);
      this.#factors = null;
    } else {
      throw new DL4JInvalidConfigException(`Cannot apply ${dropout.simpleName}: needed is one of DL4J's dropouts`);
    }
    return output;
  }

  /** The gradient of the input from that of the noisy input, in place. */
  backprop(epsilon: INDArray): void {
    if (this.#factors !== null) binary(Binary.MUL, epsilon, epsilon, this.#factors);
  }

  clear(): void {
    this.#factors = null;
  }
}

/** out = a·(x·d + α′·(1 − d)) + b with d = 1 where x is kept; leaves a·d in `mask`. */
function applyAlpha({ alpha, lambda }: AlphaDropout, p: number, x: INDArray, mask: INDArray, out: INDArray): void {
  const alphaPrime = -lambda * alpha;
  const a = 1 / Math.sqrt(p + alphaPrime * alphaPrime * p * (1 - p));
  const b = -a * (1 - p) * alphaPrime;
  realmRandom().fillBernoulli(mask, p);
  binary(Binary.MUL, out, x, mask);
  binary(Binary.AXPY, out, out, mask, -alphaPrime);
  binaryScalar(Binary.ADD, out, out, alphaPrime);
  binaryScalar(Binary.MUL, out, out, a);
  binaryScalar(Binary.ADD, out, out, b);
  binaryScalar(Binary.MUL, mask, mask, a);
}

/** One factor for each feature map [N, C], seen with the input's shape. */
function spatialFactors(p: number, input: INDArray, manager: LayerWorkspaceMgr): ArrayView {
  const { shape } = input.geometry;
  if (shape.length < 3 || shape.length > 5) {
    throw new ND4JIllegalStateException(
      `Cannot apply spatial dropout to an input of rank ${shape.length} and shape ${formatShape(shape)}: needed is rank 3, 4 or 5`,
    );
  }
  const maps = denseGeometry([shape[0] as number, shape[1] as number, ...shape.slice(2).map(() => 1)]);
  const mask = manager.allocate('INPUT', input.info, maps, false);
  fill(mask, 1);
  realmRandom().dropOutInverted(mask, mask, p);
  return { buffer: mask.buffer, offset: mask.offset, geometry: broadcastTo(maps, shape) };
}
