// NDImage: parts of images, boxes and borders.

import { FLOAT, INT } from '../../core/dataType.ts';
import {
  describeValue,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import { checkShape, denseGeometry, Geometry } from '../../core/geometry.ts';
import { cropBoxes, suppressOverlaps } from '../../ops/boxes.ts';
import { readNumbers, writeNumbers } from '../../ops/numbers.ts';
import { paddedGeometry, pad as padView } from '../../ops/padding.ts';
import { realmRandom } from '../../ops/random.ts';
import { countArgument } from '../arguments.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger, requireElements } from '../operands.ts';
import { numberArgument, requireShape } from './arrayArguments.ts';
import { cnnSpatial } from './cnnSpatial.ts';
import { anyImage, floatingImage, numericImage } from './imageArguments.ts';
import { sizeArgument } from './imageResize.ts';

/** An integer array as numbers. @throws {ND4JIllegalStateException} */
function integers(name: string, what: string, x: INDArray, shape: readonly number[]): number[] {
  const array = anyImage(name, x, what);
  if (!isInteger(array.info)) {
    throw new ND4JIllegalStateException(`Cannot ${name} with ${what} of type ${array.info.name}: needed are integers`);
  }
  requireShape(name, what, array, shape);
  return Array.from(readNumbers(array));
}

/**
 * The boxes [boxes, 4] (y1, x1, y2, x2; 0 to 1 over the image) cut out of the images [batch, height, width, channels] that `boxIndices` names, each
 * scaled linearly to `cropOutSize`; what lies outside is `extrapolationValue`. Integers give FLOAT. M2.1's method always fails; this is its operation.
 * @throws {ND4JIllegalStateException}
 */
function cropAndResize(
  image: INDArray,
  cropBoxesArray: INDArray,
  boxIndices: INDArray,
  cropOutSize: INDArray,
  extrapolationValue: number = 0,
): INDArray {
  const name = 'cropAndResize';
  const x = numericImage(name, image);
  requireElements(name, x);
  requireShape(name, 'image', x, [-1, -1, -1, -1]);
  const boxes = floatingImage(name, cropBoxesArray, 'cropBoxes');
  requireShape(name, 'cropBoxes', boxes, [-1, 4]);
  const owners = integers(name, 'boxIndices', boxIndices, [boxes.size(0)]);
  const wrong = owners.find((owner) => owner < 0 || owner >= x.size(0));
  if (wrong !== undefined) {
    throw new ND4JIllegalStateException(`Cannot ${name} of image ${wrong}: needed are 0 to ${x.size(0) - 1}`);
  }
  const size = sizeArgument(name, cropOutSize);
  numberArgument(name, 'extrapolationValue', extrapolationValue);
  const [, height, width, channels] = x.geometry.shape as [number, number, number, number];
  const target = [owners.length, ...size, channels];
  checkShape(target);
  const source = { values: readNumbers(x), height, width, channels };
  const crops = cropBoxes(source, readNumbers(boxes), Float64Array.from(owners), size, extrapolationValue);
  const result = x.allocate(x.info.isFloating ? x.info : FLOAT, denseGeometry(target));
  writeNumbers(result, crops);
  return result;
}

/** Two whole numbers of at least 1. @throws {ND4JIllegalArgumentException | RangeError} */
function pairArgument(name: string, what: string, pair: readonly number[]): [number, number] {
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${name} with ${what} ${describeValue(pair)}: needed are two numbers`,
    );
  }
  return [countArgument(pair[0], what, 1), countArgument(pair[1], what, 1)];
}

/**
 * The patches of [batch, height, width, channels]: `Nd4j.cnn().extractImagePatches` with each of window, strides and dilations as two numbers.
 * @throws {ND4JIllegalArgumentException | ND4JIllegalStateException | RangeError}
 */
function extractImagePatches(
  image: INDArray,
  kSizes: readonly number[],
  strides: readonly number[],
  rates: readonly number[],
  sameMode: boolean,
): INDArray {
  const name = 'extractImagePatches';
  const [kH, kW] = pairArgument(name, 'kSizes', kSizes);
  const [sH, sW] = pairArgument(name, 'strides', strides);
  const [rH, rW] = pairArgument(name, 'rates', rates);
  return cnnSpatial.extractImagePatches(image, kH, kW, sH, sW, rH, rW, sameMode);
}

/**
 * Indices (INT) of the boxes [boxes, 4] by falling score that overlap no better one by more than `iouThreshold` (shared by joint area). As in
 * 1.0.0-M2.1 there are as many as boxes score above `scoreThreshold`, at most `maxOutSize`: what no box fills is 0.
 * @throws {ND4JIllegalStateException | ND4JIllegalArgumentException}
 */
function nonMaxSuppression(
  boxes: INDArray,
  scores: INDArray,
  maxOutSize: number,
  iouThreshold: number,
  scoreThreshold: number,
): INDArray {
  const name = 'nonMaxSuppression';
  const x = floatingImage(name, boxes, 'boxes');
  requireShape(name, 'boxes', x, [-1, 4]);
  const values = floatingImage(name, scores, 'scores');
  requireShape(name, 'scores', values, [x.size(0)]);
  countArgument(maxOutSize, 'maxOutSize');
  numberArgument(name, 'scoreThreshold', scoreThreshold);
  if (!(numberArgument(name, 'iouThreshold', iouThreshold) >= 0 && iouThreshold <= 1)) {
    throw new ND4JIllegalArgumentException(`Cannot ${name} with iouThreshold ${iouThreshold}: needed is 0 to 1`);
  }
  const numbers = readNumbers(values);
  const candidates = Array.from(numbers.keys()).filter((box) => (numbers[box] as number) > scoreThreshold);
  const kept = suppressOverlaps(readNumbers(x), candidates, numbers, maxOutSize, iouThreshold);
  const indices = new Float64Array(Math.min(maxOutSize, candidates.length));
  indices.set(kept);
  const result = x.allocate(INT, denseGeometry([indices.length]));
  writeNumbers(result, indices);
  return result;
}

/** What padding consists of. @see org.nd4j.enums.Mode */
export const Mode = {
  /** The constant. */
  CONSTANT: 'CONSTANT',
  /** The inside, mirrored at the border element. */
  REFLECT: 'REFLECT',
  /** The inside, mirrored with the border element. */
  SYMMETRIC: 'SYMMETRIC',
} as const;
export type Mode = keyof typeof Mode;

/**
 * The array with new elements around it: `padding` [rank, 2] has how many before and behind, for each dimension.
 * @throws {ND4JIllegalStateException | TypeError} when padding does not fit, or a mirror is longer than the inside
 */
function pad(input: INDArray, padding: INDArray, mode: Mode, constant: number): INDArray {
  const x = numericImage('pad', input);
  requireElements('pad', x);
  if (typeof mode !== 'string' || !Object.hasOwn(Mode, mode)) {
    throw new TypeError(`Cannot pad in mode ${describeValue(mode)}: needed is one of ${Object.keys(Mode).join(', ')}`);
  }
  if (mode === 'CONSTANT') numberArgument('pad', 'constant', constant);
  const counts = integers('pad', 'padding', padding, [x.rank(), 2]);
  counts.forEach((count, i) => {
    const size = x.size(i >> 1);
    const most = mode === 'CONSTANT' ? Number.MAX_SAFE_INTEGER : mode === 'REFLECT' ? size - 1 : size;
    if (count >= 0 && count <= most) return;
    throw new ND4JIllegalStateException(
      `Cannot pad dimension ${i >> 1} of shape ${formatShape(x.geometry.shape)} by ${count} in mode ${mode}: needed is ${mode === 'CONSTANT' ? 'at least 0' : `0 to ${most}`}`,
    );
  });
  const before = counts.filter((_, i) => i % 2 === 0);
  const geometry = paddedGeometry(
    x.geometry.shape,
    before,
    counts.filter((_, i) => i % 2 === 1),
  );
  checkShape(geometry.shape);
  const result = x.allocate(x.info, geometry);
  padView(result, x, before, mode, constant);
  return result;
}

/**
 * A part of the given shape (one integer for each dimension) at a random place, copied. The places come from `Nd4j.getRandom()`; they are not
 * those that libnd4j draws.
 * @throws {ND4JIllegalStateException} when the shape does not fit
 */
function randomCrop(input: INDArray, shape: INDArray): INDArray {
  const x = numericImage('randomCrop', input);
  const sizes = integers('randomCrop', 'shape', shape, [x.rank()]);
  sizes.forEach((size, d) => {
    if (size >= 1 && size <= x.size(d)) return;
    throw new ND4JIllegalStateException(
      `Cannot randomCrop ${formatShape(x.geometry.shape)} to ${formatShape(sizes)}: needed is 1 to ${x.size(d)} in dimension ${d}`,
    );
  });
  const random = realmRandom();
  const { strides } = x.geometry;
  const offset = sizes.reduce((sum, size, d) => sum + random.nextInt(x.size(d) - size + 1) * (strides[d] as number), 0);
  const part = x.viewOf(x.offset + offset, new Geometry(sizes, strides, x.geometry.order));
  return part.dup('c');
}

/** The family of parts and borders of NDImage. */
export const imageParts = { cropAndResize, extractImagePatches, nonMaxSuppression, pad, randomCrop } as const;
