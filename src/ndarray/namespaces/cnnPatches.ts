// NDCNN: the patches that a 2-D convolution sees, as an array, and the way back. As in ND4J, SAME and CAUSAL change only how many places
// there are: the padding in front is what the configuration says.

import { formatShape, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import { col2im, im2col } from '../../ops/convolution.ts';
import type { INDArray } from '../ndarray.ts';
import { type Conv2DConfig, type ConvolutionSettings, settingsOf } from './convolutionConfig.ts';
import { deconvolvedPlaces, outputPlaces, requireOperand } from './convolving.ts';

function im2Col(input: INDArray, config: Conv2DConfig): INDArray {
  const settings = settingsOf('im2Col', 2, config);
  const x = requireOperand('im2Col', 'input', input, 4);
  const { kernel } = settings;
  if (kernel.some((size) => size < 0)) {
    throw new ND4JIllegalArgumentException(
      `Cannot im2Col with a kernel of ${formatShape(kernel)}: kH and kW must be given, because there are no weights that tell them`,
    );
  }
  const [images, channels, ...places] = x.shape() as [number, number, number, number];
  const output = outputPlaces('im2Col', settings, places, kernel);
  const out = x.allocateDense(x.info, [images, channels, ...kernel, ...output]);
  im2col(out, x, settings);
  return out;
}

function col2Im(input: INDArray, config: Conv2DConfig): INDArray {
  const settings = settingsOf('col2Im', 2, config);
  const patches = requireOperand('col2Im', 'input', input, 6);
  const [images, channels, kH, kW, ...output] = patches.shape() as [number, number, number, number, number, number];
  const kernel = [kH, kW];
  const image = imageSizes(settings, kernel, output);
  const needed = outputPlaces('col2Im', settings, image, kernel);
  if (needed[0] !== output[0] || needed[1] !== output[1]) {
    throw new ND4JIllegalStateException(
      `Cannot col2Im patches of shape ${formatShape(patches.geometry.shape)} into an image of ${formatShape(image)}: it has ${formatShape(needed)} places of this kernel, not ${formatShape(output)}`,
    );
  }
  const out = patches.allocateDense(patches.info, [images, channels, ...image]);
  col2im(out, patches, settings);
  return out;
}

/** Height and width of the image: as the configuration says, else the smallest that has these patches. */
function imageSizes(settings: ConvolutionSettings, kernel: readonly number[], output: readonly number[]): number[] {
  const mode = settings.mode === 'VALID' ? 'VALID' : 'SAME';
  const smallest = deconvolvedPlaces('col2Im', { ...settings, mode }, output, kernel);
  return smallest.map((size, d) => ((settings.kernel[d] as number) > 0 ? (settings.kernel[d] as number) : size));
}

/** The patches of NDCNN. */
export const cnnPatches = {
  /**
   * What each tap of the kernel sees from each place: `[N, C, kH, kW, H′, W′]` of an input `[N, C, H, W]` (the data format has no effect).
   * @throws {ND4JIllegalStateException} when the kernel does not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  im2Col,
  /**
   * For each element of the image `[N, C, H, W]` the sum of all patches `[N, C, kH, kW, H′, W′]` that im2Col reads there. As in ND4J's
   * Col2Im, `kH` and `kW` of the configuration are height and width of the image; left out, it is the smallest that has these patches.
   * (ND4J's own `cnn().col2Im` fails for every input.)
   * @throws {ND4JIllegalStateException} when the image does not have these patches
   */
  col2Im,
} as const;
