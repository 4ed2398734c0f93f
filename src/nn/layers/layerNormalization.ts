// Layer normalization of pre-activations: every row to mean 0 and deviation 1, times a gain for each column.

import { denseGeometry } from '../../core/geometry.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary, binaryScalar } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { reduce, reducePair } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import type { ArrayType } from '../workspace/arrayType.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { applyColumn, applyRow, sumRows } from './rows.ts';

const COLUMNS: readonly number[] = [1];

/**
 * ẑ = (z − mean) / deviation by row, with the population's deviation and no epsilon; a row of equal values gives 0.
 * @see org.nd4j.linalg.api.ops.impl.transforms.custom.LayerNorm
 */
export class LayerNormalization {
  /** ẑ [N, n] and 1 / deviation [N, 1] of the last forward pass. */
  #normalized: INDArray | null = null;
  #inverse: INDArray | null = null;

  /** z = ẑ · gain, in place. What the backward pass needs is kept as `cache`, unless that is null. */
  apply(z: INDArray, gain: INDArray, manager: LayerWorkspaceMgr, cache: ArrayType | null): void {
    const rows = denseGeometry([z.size(0), 1]);
    const mean = manager.allocate('FF_WORKING_MEM', z.info, rows, false);
    const inverse = manager.allocate(cache ?? 'FF_WORKING_MEM', z.info, rows, false);
    reduce(Reduce.MEAN, mean, z, COLUMNS);
    reduce(Reduce.STD, inverse, z, COLUMNS);
    invert(inverse);
    applyColumn(Binary.SUB, z, mean);
    applyColumn(Binary.MUL, z, inverse);
    if (cache !== null) {
      this.#normalized = manager.allocate(cache, z.info, z.geometry, false);
      this.#inverse = inverse;
      copy(this.#normalized, z);
    }
    applyRow(Binary.MUL, z, gain);
  }

  /** From the gradient of ẑ · gain to that of z, in place; writes the gradient of the gain. */
  backprop(delta: INDArray, gain: INDArray, gainGradient: INDArray, manager: LayerWorkspaceMgr): void {
    const normalized = this.#normalized as INDArray;
    const inverse = this.#inverse as INDArray;
    const products = manager.allocate('BP_WORKING_MEM', delta.info, delta.geometry, false);
    binary(Binary.MUL, products, delta, normalized);
    sumRows(gainGradient, products);
    applyRow(Binary.MUL, delta, gain);
    const row = manager.allocate('BP_WORKING_MEM', delta.info, denseGeometry([delta.size(0), 1]), false);
    reducePair(Reduce.DOT, row, delta, normalized, COLUMNS);
    binaryScalar(Binary.DIV, row, row, delta.size(1));
    copy(products, normalized);
    applyColumn(Binary.MUL, products, row);
    reduce(Reduce.MEAN, row, delta, COLUMNS);
    applyColumn(Binary.SUB, delta, row);
    binary(Binary.SUB, delta, delta, products);
    applyColumn(Binary.MUL, delta, inverse);
  }

  clear(): void {
    this.#normalized = null;
    this.#inverse = null;
  }
}

/** Deviations to factors; a deviation of 0 becomes 0, so that its row does. */
function invert(deviations: INDArray): void {
  const values = deviations.buffer.window() as Float64Array;
  for (let row = 0; row < values.length; row++) values[row] = values[row] === 0 ? 0 : 1 / (values[row] as number);
}
