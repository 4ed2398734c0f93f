// NDImage: sizes of images [batch, height, width, channels].

import { type DataTypeInfo, DOUBLE, FLOAT } from '../../core/dataType.ts';
import {
  describeValue,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import { checkShape, denseGeometry } from '../../core/geometry.ts';
import { readNumbers, writeNumbers } from '../../ops/numbers.ts';
import {
  areaTaps,
  cubicTaps,
  type Kernel,
  kernels,
  kernelTaps,
  linearTaps,
  nearestTaps,
  resample,
  type Taps,
} from '../../ops/resampling.ts';
import { countArgument } from '../arguments.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger, requireElements } from '../operands.ts';
import { anyImage, numericImage } from './imageArguments.ts';

/** How `imageResize` weighs what it reads. @see org.nd4j.enums.ImageResizeMethod */
export const ImageResizeMethod = {
  ResizeBilinear: 'ResizeBilinear',
  ResizeNearest: 'ResizeNearest',
  ResizeBicubic: 'ResizeBicubic',
  ResizeArea: 'ResizeArea',
  ResizeGaussian: 'ResizeGaussian',
  ResizeLanczos3: 'ResizeLanczos3',
  ResizeLanczos5: 'ResizeLanczos5',
  ResizeMitchellcubic: 'ResizeMitchellcubic',
} as const;
export type ImageResizeMethod = keyof typeof ImageResizeMethod;

type Along = (source: number, size: number) => Taps[];

const HALF_PIXELS = { alignCorners: false, halfPixelCenters: true } as const;
const by =
  (kernel: Kernel) =>
  (antialias: boolean): Along =>
  (source, size) =>
    kernelTaps(source, size, kernel, antialias);

/** The rule along one dimension for every method. */
const METHODS: Record<ImageResizeMethod, (antialias: boolean) => Along> = {
  ResizeBilinear: (antialias) =>
    antialias ? by(kernels.triangle)(true) : (source, size) => linearTaps(source, size, HALF_PIXELS),
  ResizeNearest: () => nearestTaps,
  ResizeBicubic: (antialias) =>
    antialias ? by(kernels.cubic)(true) : (source, size) => cubicTaps(source, size, HALF_PIXELS),
  ResizeArea: () => areaTaps,
  ResizeGaussian: by(kernels.gaussian),
  ResizeLanczos3: by(kernels.lanczos3),
  ResizeLanczos5: by(kernels.lanczos5),
  ResizeMitchellcubic: by(kernels.mitchell),
};

/** Images with elements. @throws {ND4JIllegalArgumentException} unless the rank is 4, or 3 where that is allowed */
function images(name: string, input: INDArray, leastRank = 4): INDArray {
  const x = numericImage(name, input);
  requireElements(name, x);
  if (x.rank() === 4 || x.rank() === leastRank) return x;
  throw new ND4JIllegalArgumentException(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)}: needed is [batch, height, width, channels]`,
  );
}

/** Height and width from an integer array of two. @throws {ND4JIllegalStateException} */
export function sizeArgument(name: string, size: INDArray): [number, number] {
  const array = anyImage(name, size, 'size');
  if (!isInteger(array.info) || array.length() !== 2) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} to a size of type ${array.info.name} and shape ${formatShape(array.geometry.shape)}: needed are two integers, height and width`,
    );
  }
  return [countArgument(array.getInt(0), 'height', 1), countArgument(array.getInt(1), 'width', 1)];
}

function resized(x: INDArray, [height, width]: readonly [number, number], along: Along, info: DataTypeInfo): INDArray {
  const { shape } = x.geometry;
  const [rows, columns, channels] = shape.slice(-3) as [number, number, number];
  const target = [...shape.slice(0, -3), height, width, channels];
  checkShape(target);
  const byRows = resample(readNumbers(x), rows, columns * channels, along(rows, height));
  const values = resample(byRows, columns, channels, along(columns, width));
  const result = x.allocate(info, denseGeometry(target));
  writeNumbers(result, values);
  return result;
}

/** The largest size within the wanted one that keeps the proportions. */
function proportional(x: INDArray, [height, width]: readonly [number, number]): [number, number] {
  const scale = Math.min(height / x.size(1), width / x.size(2));
  return [Math.max(1, Math.round(scale * x.size(1))), Math.max(1, Math.round(scale * x.size(2)))];
}

/**
 * Images in another size, `size` being height and width as integers. `antialias` widens the kernel when an image shrinks (nearest and area
 * have none). Nearest keeps the type, the others give FLOAT, as in 1.0.0-M2.1, whose `preserveAspectRatio` crashes: here the size is the
 * largest of the image's proportions within `size`.
 * @throws {ND4JIllegalArgumentException | ND4JIllegalStateException | TypeError}
 * @see org.nd4j.linalg.factory.ops.NDImage
 */
function imageResize(input: INDArray, size: INDArray, method: ImageResizeMethod): INDArray;
function imageResize(
  input: INDArray,
  size: INDArray,
  preserveAspectRatio: boolean,
  antialias: boolean,
  method: ImageResizeMethod,
): INDArray;
function imageResize(input: INDArray, size: INDArray, ...rest: unknown[]): INDArray {
  const [preserve, antialias, method] = rest.length > 1 ? rest : [false, false, rest[0]];
  if (typeof method !== 'string' || !Object.hasOwn(METHODS, method)) {
    throw new TypeError(
      `Cannot imageResize by the method ${describeValue(method)}: needed is one of ${Object.keys(METHODS).join(', ')}`,
    );
  }
  const x = images('imageResize', input);
  const wanted = sizeArgument('imageResize', size);
  const target = preserve === true ? proportional(x, wanted) : wanted;
  const info = method === 'ResizeNearest' ? x.info : FLOAT;
  return resized(x, target, METHODS[method as ImageResizeMethod](antialias === true), info);
}

/** @throws {ND4JIllegalArgumentException} when both are asked for. */
function checkSampling(name: string, alignCorners: boolean, halfPixelCenters: boolean): void {
  if (!(alignCorners && halfPixelCenters)) return;
  throw new ND4JIllegalArgumentException(
    `Cannot ${name} with alignCorners and halfPixelCenters: needed is one of them, or none`,
  );
}

/**
 * Cubic between four neighbours, as FLOAT. As in M2.1 height and width are at least 4.
 * @throws {ND4JIllegalArgumentException | ND4JIllegalStateException}
 */
function resizeBiCubic(input: INDArray, size: INDArray, alignCorners: boolean, alignPixelCenters: boolean): INDArray {
  const name = 'resizeBiCubic';
  const x = images(name, input, 3);
  const target = sizeArgument(name, size);
  checkSampling(name, alignCorners, alignPixelCenters);
  if (target[0] < 4 || target[1] < 4) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${name} to ${formatShape(target)}: needed are at least 4 rows and 4 columns`,
    );
  }
  const sampling = { alignCorners: alignCorners === true, halfPixelCenters: alignPixelCenters === true };
  return resized(x, target, (source, count) => cubicTaps(source, count, sampling), FLOAT);
}

/**
 * Linear between four neighbours. DOUBLE stays DOUBLE, all else gives FLOAT. M2.1's method always fails; this is its operation
 * `resize_bilinear`.
 * @throws {ND4JIllegalArgumentException | ND4JIllegalStateException}
 */
function resizeBiLinear(
  input: INDArray,
  height: number,
  width: number,
  alignCorners: boolean,
  halfPixelCenters: boolean,
): INDArray {
  const name = 'resizeBiLinear';
  const x = images(name, input, 3);
  const target = [countArgument(height, 'height', 1), countArgument(width, 'width', 1)] as const;
  checkSampling(name, alignCorners, halfPixelCenters);
  const sampling = { alignCorners: alignCorners === true, halfPixelCenters: halfPixelCenters === true };
  const info = x.info === DOUBLE ? DOUBLE : FLOAT;
  return resized(x, target, (source, count) => linearTaps(source, count, sampling), info);
}

/** The resizing family of NDImage. */
export const imageResizing = { imageResize, resizeBiCubic, resizeBiLinear } as const;
