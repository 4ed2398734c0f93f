// Weight noise at work: the parameters as a layer sees them in one iteration.

import { DL4JInvalidConfigException } from '../../core/errors.ts';
import { sampleDistribution } from '../../learning/weightInitialization.ts';
import { DropConnect, type IWeightNoise, WeightNoise } from '../../learning/weightNoise.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { realmRandom } from '../../ops/random.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';

/** What the noise of a layer must know of it. */
export interface NoiseContext {
  readonly isBias: boolean;
  readonly training: boolean;
  readonly iteration: number;
  readonly epoch: number;
  readonly manager: LayerWorkspaceMgr;
}

/**
 * The parameter with noise, a new array in INPUT; the parameter itself where none applies.
 * As in M2.1, noise on biases is there at inference too.
 */
export function noisyParam(noise: IWeightNoise, param: INDArray, context: NoiseContext): INDArray {
  const { isBias, training, iteration, epoch, manager } = context;
  if (noise instanceof DropConnect) {
    if (isBias ? !noise.applyToBiases : !training) return param;
    const out = manager.allocate('INPUT', param.info, param.geometry, false);
    realmRandom().dropOut(out, param, noise.getWeightRetainProb(iteration, epoch));
    return out;
  }
  if (noise instanceof WeightNoise) {
    if (isBias ? !noise.applyToBias : !training) return param;
    const out = manager.allocate('INPUT', param.info, param.geometry, false);
    sampleDistribution(noise.distribution, out);
    binary(noise.additive ? Binary.ADD : Binary.MUL, out, param, out);
    return out;
  }
  throw new DL4JInvalidConfigException(`Cannot apply ${noise.simpleName}: needed is one of DL4J's weight noises`);
}
