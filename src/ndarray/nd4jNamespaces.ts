// Nd4j's doors to the operation namespaces, one line each.

import { profiler, watched } from './execution/profiler.ts';
import { NDBitwise } from './namespaces/ndbitwise.ts';
import { NDCNN } from './namespaces/ndcnn.ts';
import { NDImage } from './namespaces/ndimage.ts';
import { NDLinalg } from './namespaces/ndlinalg.ts';
import { NDLoss } from './namespaces/ndloss.ts';
import { NDMath } from './namespaces/ndmath.ts';
import { NDNN } from './namespaces/ndnn.ts';
import { NDRandom } from './namespaces/ndrandom.ts';
import { NDRNN } from './namespaces/ndrnn.ts';

/** Gives the namespace; while the profiler watches for NaN or infinities, with functions that look at their results. */
function door<T extends object>(namespace: T): () => T {
  return () => (profiler.panics ? watched(namespace) : namespace);
}

/** The family of operation namespaces of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jNamespaces = {
  /** Operations on the bits of integers. */
  bitwise: door(NDBitwise),
  /** Convolutions, pooling and what goes with them. */
  cnn: door(NDCNN),
  /** Colours, sizes, parts and boxes of images. */
  image: door(NDImage),
  /** Linear algebra. */
  linalg: door(NDLinalg),
  /** Elementwise functions, reductions, distances and statistics. */
  math: door(NDMath),
  /** Losses with weights and reductions, and their gradients. */
  loss: door(NDLoss),
  /** Operations of neural networks: activations, layers, attention. */
  nn: door(NDNN),
  /** Arrays of random numbers. */
  random: door(NDRandom),
  /** LSTM, GRU and SRU. */
  rnn: door(NDRNN),
} as const;
