// Nd4j's doors to the operation namespaces, one line each.

import { NDBitwise } from './namespaces/ndbitwise.ts';
import { NDCNN } from './namespaces/ndcnn.ts';
import { NDImage } from './namespaces/ndimage.ts';
import { NDLinalg } from './namespaces/ndlinalg.ts';
import { NDLoss } from './namespaces/ndloss.ts';
import { NDMath } from './namespaces/ndmath.ts';
import { NDNN } from './namespaces/ndnn.ts';
import { NDRandom } from './namespaces/ndrandom.ts';
import { NDRNN } from './namespaces/ndrnn.ts';

/** The family of operation namespaces of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jNamespaces = {
  /** Operations on the bits of integers. */
  bitwise: (): typeof NDBitwise => NDBitwise,
  /** Convolutions, pooling and what goes with them. */
  cnn: (): typeof NDCNN => NDCNN,
  /** Colours, sizes, parts and boxes of images. */
  image: (): typeof NDImage => NDImage,
  /** Linear algebra. */
  linalg: (): typeof NDLinalg => NDLinalg,
  /** Elementwise functions, reductions, distances and statistics. */
  math: (): typeof NDMath => NDMath,
  /** Losses with weights and reductions, and their gradients. */
  loss: (): typeof NDLoss => NDLoss,
  /** Operations of neural networks: activations, layers, attention. */
  nn: (): typeof NDNN => NDNN,
  /** Arrays of random numbers. */
  random: (): typeof NDRandom => NDRandom,
  /** LSTM, GRU and SRU. */
  rnn: (): typeof NDRNN => NDRNN,
} as const;
