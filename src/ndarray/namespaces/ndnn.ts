// NDNN: the operations of neural networks on arrays.

import { nnActivations } from './nnActivations.ts';
import { nnAttention } from './nnAttention.ts';
import { nnLayers } from './nnLayers.ts';
import { nnNormalization } from './nnNormalization.ts';

/**
 * What `Nd4j.nn()` gives: activations, layers without memory, attention. Inputs never change (in M2.1 the activations overwrite them),
 * results are new arrays.
 * @see org.nd4j.linalg.factory.ops.NDNN
 */
export const NDNN = {
  ...nnActivations,
  ...nnNormalization,
  ...nnLayers,
  ...nnAttention,
} as const;
