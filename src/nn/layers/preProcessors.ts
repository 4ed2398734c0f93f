// Preprocessors at work: the changes of shape between layers.

import { DL4JInvalidConfigException, DL4JInvalidInputException, formatShape } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { copy } from '../../ops/layout.ts';
import {
  Cnn3DToFeedForwardPreProcessor,
  CnnToFeedForwardPreProcessor,
  type InputPreProcessor,
} from '../conf/inputPreProcessors.ts';
import type { ArrayType } from '../workspace/arrayType.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';

/** Changes the array between two layers whose shapes differ. @see org.deeplearning4j.nn.conf.InputPreProcessor */
export interface PreProcessor {
  /** The layer's input, a view or a new array in INPUT. */
  preProcess(input: INDArray, manager: LayerWorkspaceMgr): INDArray;
  /** The gradient on its way back, a view or a new array in ACTIVATION_GRAD. */
  backprop(epsilon: INDArray, manager: LayerWorkspaceMgr): INDArray;
}

/** The same elements in 'c' order in another shape: a view if they are dense so, else a copy of this type. */
function reshaped(x: INDArray, shape: readonly number[], type: ArrayType, manager: LayerWorkspaceMgr): INDArray {
  const geometry = denseGeometry(shape);
  if (x.geometry.isDenseC) return x.viewOf(x.offset, geometry);
  const dense = manager.allocate(type, x.info, denseGeometry(x.geometry.shape), false);
  copy(dense, x);
  return dense.viewOf(0, geometry);
}

/** [N, …] to [N, elements of an example], and back; rows pass through. */
class Flattening implements PreProcessor {
  #shape: readonly number[] = [];

  constructor(
    private readonly rank: number,
    private readonly elements: number,
    private readonly name: string,
  ) {}

  preProcess(input: INDArray, manager: LayerWorkspaceMgr): INDArray {
    const { shape } = input.geometry;
    this.#shape = shape;
    if (shape.length === 2) return input;
    const examples = shape[0] as number;
    if (shape.length !== this.rank || input.length() !== examples * this.elements) {
      throw new DL4JInvalidInputException(
        `Cannot apply ${this.name} to an input of shape ${formatShape(shape)}: needed is rank ${this.rank} with ${this.elements} elements for each example`,
      );
    }
    return reshaped(input, [examples, this.elements], 'INPUT', manager);
  }

  backprop(epsilon: INDArray, manager: LayerWorkspaceMgr): INDArray {
    return this.#shape.length === 2 ? epsilon : reshaped(epsilon, this.#shape, 'ACTIVATION_GRAD', manager);
  }
}

/** The preprocessor at work for a description; null for none. @throws {DL4JInvalidConfigException} when there is none at work */
export function instantiatePreProcessor(conf: InputPreProcessor | null): PreProcessor | null {
  if (conf === null) return null;
  if (conf instanceof CnnToFeedForwardPreProcessor) {
    return new Flattening(4, conf.inputHeight * conf.inputWidth * conf.numChannels, conf.simpleName);
  }
  if (conf instanceof Cnn3DToFeedForwardPreProcessor) {
    const { inputDepth, inputHeight, inputWidth, numChannels } = conf;
    return new Flattening(5, inputDepth * inputHeight * inputWidth * numChannels, conf.simpleName);
  }
  throw new DL4JInvalidConfigException(
    `Cannot build ${conf.simpleName}: needed is CnnToFeedForwardPreProcessor or Cnn3DToFeedForwardPreProcessor`,
  );
}
