// NDImage: all families of its functions in one object.

import { imageColor } from './imageColor.ts';
import { imageParts } from './imageParts.ts';
import { imageResizing } from './imageResize.ts';

/**
 * Operations on images [batch, height, width, channels], what `Nd4j.image()` gives. Computed in float64; results are new 'c' arrays, arguments
 * never change.
 * @see org.nd4j.linalg.factory.ops.NDImage
 */
export const NDImage = { ...imageColor, ...imageResizing, ...imageParts } as const;
