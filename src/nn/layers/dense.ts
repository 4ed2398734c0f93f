// The dense layer: act(x · W + b).

import { activate, activationGradient } from '../../learning/activationFunctions.ts';
import { ActivationIdentity, ActivationReLU, type IActivation } from '../../learning/activations.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { copy } from '../../ops/layout.ts';
import type { DenseLayer } from '../conf/feedForwardConf.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { FullyConnected } from './fullyConnected.ts';
import { applyMask } from './rows.ts';

/** True when f′(z) can be read off f(z): then the output is all that the backward pass needs. */
export function isSeenInOutput(activation: IActivation): boolean {
  if (activation instanceof ActivationIdentity) return true;
  if (!(activation instanceof ActivationReLU)) return false;
  return activation.max === null && (activation.threshold ?? 0) === 0 && (activation.negativeSlope ?? 0) === 0;
}

/** @see org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer */
export class Dense extends FullyConnected<DenseLayer> {
  /** The pre-activation, or an output that tells as much; null where it is computed again. */
  #z: INDArray | null = null;

  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const { activation } = this.conf;
    const cache = manager.hasConfiguration('FF_CACHE') ? 'FF_CACHE' : null;
    const isOwn = cache !== null && !isSeenInOutput(activation);
    const z = this.preOutput(isOwn ? 'FF_CACHE' : 'ACTIVATIONS', training, manager, cache);
    const output = isOwn ? manager.allocate('ACTIVATIONS', z.info, z.geometry, false) : z;
    activate(activation, output, z, training);
    if (this.maskArray !== null) applyMask(output, this.maskArray, this);
    this.#z = cache === null ? null : z;
    return output;
  }

  override backpropGradient(epsilon: INDArray, manager: LayerWorkspaceMgr, wanted = true): INDArray | null {
    const z = this.#z ?? this.preOutput('BP_WORKING_MEM', true, manager, 'BP_WORKING_MEM');
    const delta = manager.allocate('BP_WORKING_MEM', z.info, z.geometry, false);
    if (this.conf.activation instanceof ActivationIdentity) copy(delta, epsilon);
    else activationGradient(this.conf.activation, delta, z, epsilon);
    if (this.maskArray !== null) applyMask(delta, this.maskArray, this);
    return this.backpropDelta(delta, manager, wanted);
  }

  override clear(): void {
    super.clear();
    this.#z = null;
  }
}
