// Normalizing and clipping of gradients, before anything else is done with them.

import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary, Unary } from '../../ops/codes.ts';
import { binaryScalar, unary } from '../../ops/elementwise.ts';
import { reduceAll } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import type { GradientNormalization } from '../conf/enums.ts';

/** Takes the place of a norm that is 0. */
const NO_NORM = 1e-5;

/**
 * Normalizes or clips the gradient of one layer, in place. The unit of the …PerLayer forms is everything the layer has; that of the
 * …PerParamType forms one parameter.
 * @param layer the layer's gradient @param parameters the same, parameter by parameter
 * @see org.deeplearning4j.nn.conf.GradientNormalization
 */
export function normalizeGradient(
  how: GradientNormalization,
  threshold: number,
  layer: INDArray,
  parameters: readonly INDArray[],
): void {
  const units = how.endsWith('PerParamType') ? parameters : [layer];
  if (how === 'ClipElementWiseAbsoluteValue') unary(Unary.CLIP, layer, layer, -threshold, threshold);
  else if (how.startsWith('Renormalize')) units.forEach(renormalize);
  else if (how.startsWith('Clip')) for (const unit of units) clip(unit, threshold);
}

function renormalize(gradient: INDArray): void {
  const norm = reduceAll(Reduce.NORM2, gradient);
  binaryScalar(Binary.DIV, gradient, gradient, norm === 0 ? NO_NORM : norm);
}

function clip(gradient: INDArray, threshold: number): void {
  const norm = reduceAll(Reduce.NORM2, gradient);
  if (norm > threshold) binaryScalar(Binary.MUL, gradient, gradient, threshold / norm);
}
