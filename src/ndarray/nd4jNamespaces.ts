// Nd4j's doors to the operation namespaces, one line each.

import { NDMath } from './namespaces/ndmath.ts';
import { NDNN } from './namespaces/ndnn.ts';

/** The family of operation namespaces of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jNamespaces = {
  /** Elementwise functions, reductions, distances and statistics. */
  math: (): typeof NDMath => NDMath,
  /** Operations of neural networks: activations, layers, attention. */
  nn: (): typeof NDNN => NDNN,
} as const;
