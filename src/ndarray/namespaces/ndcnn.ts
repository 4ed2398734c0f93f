// NDCNN: all families of its functions in one object.

import { cnnConvolution } from './cnnConvolution.ts';
import { cnnDeconvolution } from './cnnDeconvolution.ts';
import { cnnDepthwise } from './cnnDepthwise.ts';
import { cnnPatches } from './cnnPatches.ts';
import { cnnPooling } from './cnnPooling.ts';
import { cnnSpatial } from './cnnSpatial.ts';

/**
 * Operations on images: convolutions, poolings and their kin, what `Nd4j.cnn()` gives. Results are new arrays; arguments never change.
 * @see org.nd4j.linalg.factory.ops.NDCNN
 */
export const NDCNN = {
  ...cnnConvolution,
  ...cnnDeconvolution,
  ...cnnDepthwise,
  ...cnnPatches,
  ...cnnPooling,
  ...cnnSpatial,
} as const;
