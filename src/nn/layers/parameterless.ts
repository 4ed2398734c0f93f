// Layers without parameters: an activation alone, a dropout alone.

import { denseGeometry } from '../../core/geometry.ts';
import { activate, activationGradient } from '../../learning/activationFunctions.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { copy } from '../../ops/layout.ts';
import type { ActivationLayer, DropoutLayer } from '../conf/feedForwardConf.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { InputDropout } from './inputDropout.ts';
import { Layer } from './layer.ts';
import { applyMask } from './rows.ts';

/** act(x), for data of any shape. @see org.deeplearning4j.nn.layers.ActivationLayer */
export class ActivationOnly extends Layer<ActivationLayer> {
  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const output = manager.allocate('ACTIVATIONS', input.info, denseGeometry(input.geometry.shape), false);
    activate(this.conf.activation, output, input, training);
    return output;
  }

  override backpropGradient(epsilon: INDArray, manager: LayerWorkspaceMgr): INDArray {
    const input = this.requireInput();
    const gradient = manager.allocate('ACTIVATION_GRAD', input.info, denseGeometry(input.geometry.shape), false);
    activationGradient(this.conf.activation, gradient, input, epsilon);
    if (this.maskArray !== null) applyMask(gradient, this.maskArray, this);
    return gradient;
  }
}

/** Dropout in training, else the input. @see org.deeplearning4j.nn.layers.DropoutLayer */
export class DropoutOnly extends Layer<DropoutLayer> {
  readonly #dropout = new InputDropout();

  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const { dropOut } = this.conf;
    const output = manager.allocate('ACTIVATIONS', input.info, denseGeometry(input.geometry.shape), false);
    const source =
      training && dropOut !== null
        ? this.#dropout.apply(dropOut, input, this.iterationCount, this.epochCount, manager)
        : input;
    copy(output, source);
    if (this.maskArray !== null) applyMask(output, this.maskArray, this);
    return output;
  }

  override backpropGradient(epsilon: INDArray, manager: LayerWorkspaceMgr): INDArray {
    const gradient = manager.dup('ACTIVATION_GRAD', epsilon, 'c');
    if (this.maskArray !== null) applyMask(gradient, this.maskArray, this);
    this.#dropout.backprop(gradient);
    return gradient;
  }

  override clear(): void {
    super.clear();
    this.#dropout.clear();
  }
}
