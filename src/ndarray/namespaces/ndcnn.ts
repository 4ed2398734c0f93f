// NDCNN: all families of its functions in one object.

import { cnnConvolution } from './cnnConvolution.ts';

/**
 * Convolutions and their kin, what `Nd4j.cnn()` gives. Results are new arrays; arguments never change.
 * @see org.nd4j.linalg.factory.ops.NDCNN
 */
export const NDCNN = { ...cnnConvolution } as const;
