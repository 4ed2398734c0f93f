// What the passes of a network need of one vertex of its graph, and the vertex that holds a layer.

import type { INDArray } from '../../ndarray/ndarray.ts';
import type { Layer } from '../layers/layer.ts';
import type { PreProcessor } from '../layers/preProcessors.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';

/** One vertex of the graph: arrays in, one array out, and the gradients back. */
export interface Vertex {
  readonly name: string;
  /** The layer in it; null for a vertex that only joins or changes arrays. */
  readonly layer: Layer | null;
  /** The output, in ACTIVATIONS. The vertex keeps what `backward` needs until `clear`. */
  forward(inputs: readonly INDArray[], training: boolean, manager: LayerWorkspaceMgr): INDArray;
  /** Takes the inputs without computing the output: for output layers, whose output is made with score and gradient. */
  prepare(inputs: readonly INDArray[], training: boolean, manager: LayerWorkspaceMgr): void;
  /**
   * Gradients with respect to the inputs, in ACTIVATION_GRAD; those of the parameters go to their gradient views.
   * `epsilon` is null for output layers. Where `wanted` is false the gradient of the inputs need not be computed, and null comes back.
   */
  backward(epsilon: INDArray | null, wanted: boolean, manager: LayerWorkspaceMgr): readonly (INDArray | null)[];
  /** Forgets what the last forward pass left. */
  clear(): void;
}

/** A layer, with the preprocessor before it if there is one. @see org.deeplearning4j.nn.graph.vertex.impl.LayerVertex */
export class LayerVertex implements Vertex {
  private readonly gradients: (INDArray | null)[] = [null];

  constructor(
    readonly name: string,
    readonly layer: Layer,
    readonly preProcessor: PreProcessor | null,
  ) {}

  forward(inputs: readonly INDArray[], training: boolean, manager: LayerWorkspaceMgr): INDArray {
    return this.layer.activate(this.preProcessed(inputs, manager), training, manager);
  }

  prepare(inputs: readonly INDArray[], _training: boolean, manager: LayerWorkspaceMgr): void {
    this.layer.setInput(this.preProcessed(inputs, manager), manager);
  }

  backward(epsilon: INDArray | null, wanted: boolean, manager: LayerWorkspaceMgr): readonly (INDArray | null)[] {
    let gradient = this.layer.backpropGradient(epsilon, manager, wanted);
    if (gradient !== null && this.preProcessor !== null) {
      gradient = this.preProcessor.backprop(gradient, manager);
    }
    this.gradients[0] = gradient;
    return this.gradients;
  }

  clear(): void {
    this.gradients[0] = null;
    this.layer.clear();
  }

  private preProcessed(inputs: readonly INDArray[], manager: LayerWorkspaceMgr): INDArray {
    const input = inputs[0] as INDArray;
    return this.preProcessor === null ? input : this.preProcessor.preProcess(input, manager);
  }
}
