// The gradient of a network as DL4J hands it out: by parameter, over one flat vector.

import type { INDArray } from '../../ndarray/ndarray.ts';

/** Gradients of the parameters: live views of the network's flat gradient vector. @see org.deeplearning4j.nn.gradient.DefaultGradient */
export class Gradient {
  readonly #flat: INDArray;
  readonly #byKey: ReadonlyMap<string, INDArray>;

  constructor(flat: INDArray, byKey: ReadonlyMap<string, INDArray>) {
    this.#flat = flat;
    this.#byKey = byKey;
  }

  /** The flat vector. */
  gradient(): INDArray {
    return this.#flat;
  }

  /** By `0_W`, `0_b`, … */
  gradientForVariable(): Map<string, INDArray> {
    return new Map(this.#byKey);
  }

  /** The gradient of one parameter; undefined for a key the network does not have. */
  getGradientFor(key: string): INDArray | undefined {
    return this.#byKey.get(key);
  }
}
