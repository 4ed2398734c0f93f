// The embedding layer: numbers of rows in, rows of W out.

import { DL4JInvalidInputException, describeValue, formatShape } from '../../core/errors.ts';
import { denseGeometry, Geometry } from '../../core/geometry.ts';
import { activate, activationGradient } from '../../learning/activationFunctions.ts';
import type { ArrayView } from '../../memory/view.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { copy, fill } from '../../ops/layout.ts';
import type { EmbeddingLayer } from '../conf/feedForwardConf.ts';
import type { ArrayType } from '../workspace/arrayType.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { Layer } from './layer.ts';
import type { ParameterSpec } from './parameterLayout.ts';
import { applyMask, applyRow, sumRows } from './rows.ts';

/**
 * [N, 1] of row numbers (fractions are cut off) → [N, nOut]. The input gets no gradient.
 * @see org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingLayer
 */
export class Embedding extends Layer<EmbeddingLayer> {
  #rows: number[] = [];

  protected override parameters(): readonly ParameterSpec[] {
    const { nIn, nOut, hasBias, biasInit } = this.conf;
    const weights = { key: 'W', shape: [nIn, nOut], order: 'f', start: { fanIn: 1, fanOut: nOut } } as const;
    const bias = { key: 'b', shape: [nOut], order: 'c', start: biasInit } as const;
    return hasBias ? [weights, bias] : [weights];
  }

  override setInput(input: INDArray, manager: LayerWorkspaceMgr): void {
    this.#rows = this.#readRows(input);
    super.setInput(input, manager);
  }

  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const output = this.#preOutput('ACTIVATIONS', manager);
    activate(this.conf.activation, output, output, training);
    if (this.maskArray !== null) applyMask(output, this.maskArray, this);
    return output;
  }

  override backpropGradient(epsilon: INDArray, manager: LayerWorkspaceMgr): null {
    const z = this.#preOutput('BP_WORKING_MEM', manager);
    activationGradient(this.conf.activation, z, z, epsilon);
    if (this.maskArray !== null) applyMask(z, this.maskArray, this);
    const gradient = this.gradientView('W');
    fill(gradient, 0);
    this.#rows.forEach((row, example) => {
      const sum = rowOf(gradient, row);
      binary(Binary.ADD, sum, sum, rowOf(z, example));
    });
    if (this.conf.hasBias) sumRows(this.gradientView('b'), z);
    return null;
  }

  #preOutput(type: ArrayType, manager: LayerWorkspaceMgr): INDArray {
    const weights = this.getParam('W');
    const z = manager.allocate(type, weights.info, denseGeometry([this.#rows.length, this.conf.nOut]), false);
    this.#rows.forEach((row, example) => {
      copy(rowOf(z, example), rowOf(weights, row));
    });
    if (this.conf.hasBias) applyRow(Binary.ADD, z, this.getParam('b'));
    return z;
  }

  #readRows(input: INDArray): number[] {
    const { shape } = input.geometry;
    if (shape.length > 2 || (shape.length === 2 && shape[1] !== 1)) {
      throw new DL4JInvalidInputException(
        `Cannot do forward pass for embedding layer with input more than one column. Expected input shape: [numExamples,1] with each entry being an integer index, found ${formatShape(shape)} ${this.layerId()}`,
      );
    }
    const { nIn } = this.conf;
    return Array.from({ length: input.length() }, (_, example) => {
      const row = Math.trunc(input.getDouble(example));
      if (row >= 0 && row < nIn) return row;
      throw new DL4JInvalidInputException(
        `Invalid index for embedding layer: got index ${describeValue(row)} for entry ${example} in minibatch; indexes must be between 0 and nIn-1 inclusive (0 to ${nIn - 1}) ${this.layerId()}`,
      );
    });
  }

  override clear(): void {
    super.clear();
    this.#rows = [];
  }
}

/** One row of a matrix of any strides. */
function rowOf(matrix: INDArray, row: number): ArrayView {
  const { shape, strides } = matrix.geometry;
  const geometry = new Geometry([shape[1] as number], [strides[1] as number], 'c');
  return { buffer: matrix.buffer, offset: matrix.offset + row * (strides[0] as number), geometry };
}
