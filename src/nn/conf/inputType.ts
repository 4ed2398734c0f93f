// What flows between layers, as a description: feed-forward, recurrent or convolutional data, with its sizes but the minibatch.

import { DL4JInvalidConfigException, formatShape } from '../../core/errors.ts';
import { choice, integer, type Kind, Place } from '../../core/fields.ts';
import { CNN2DFormat, Convolution3DFormat, RNNFormat } from './enums.ts';

/** Sizes up to what a shape can hold. */
const size = integer(1);

function checked<T>(kind: Kind<T>, value: T, name: string): T {
  return kind.read(value, new Place(`InputType.${name}`));
}

/** Vectors: arrays of shape [N, size]. @see org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward */
export class InputTypeFeedForward {
  readonly type = 'FF';
  readonly size: number;

  /** @param timeDistributedFormat set where the rows are the time steps of series */
  constructor(
    size_: number,
    readonly timeDistributedFormat: RNNFormat | null = null,
  ) {
    this.size = checked(size, size_, 'feedForward size');
  }

  arrayElementsPerExample(): number {
    return this.size;
  }

  /** The shape without the minibatch, or with −1 for it. */
  getShape(includeBatchDim = false): number[] {
    return withBatch([this.size], includeBatchDim);
  }

  toString(): string {
    return `InputTypeFeedForward(${this.size})`;
  }
}

/** Time series: [N, size, T] or [N, T, size]. @see org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent */
export class InputTypeRecurrent {
  readonly type = 'RNN';
  readonly size: number;
  readonly timeSeriesLength: number;
  readonly format: RNNFormat;

  /** @param timeSeriesLength −1 when it varies */
  constructor(size_: number, timeSeriesLength = -1, format: RNNFormat = 'NCW') {
    this.size = checked(size, size_, 'recurrent size');
    this.timeSeriesLength =
      timeSeriesLength === -1 ? -1 : checked(size, timeSeriesLength, 'recurrent timeSeriesLength');
    this.format = checked(choice(RNNFormat), format, 'recurrent format');
  }

  /** @throws {DL4JInvalidConfigException} when the length of the series varies */
  arrayElementsPerExample(): number {
    if (this.timeSeriesLength < 0) {
      throw new DL4JInvalidConfigException(
        'Cannot calculate number of array elements per example: time series length is not set. Use InputType.recurrent(size, timeSeriesLength) instead',
      );
    }
    return this.size * this.timeSeriesLength;
  }

  /** The shape without the minibatch, or with −1 for it and for a length that varies. */
  getShape(includeBatchDim = false): number[] {
    const shape = [this.size, this.timeSeriesLength];
    return withBatch(this.format === 'NCW' ? shape : shape.reverse(), includeBatchDim);
  }

  toString(): string {
    const length = this.timeSeriesLength > 0 ? `,timeSeriesLength=${this.timeSeriesLength}` : '';
    return `InputTypeRecurrent(${this.size}${length},format=${this.format})`;
  }
}

/** Images: [N, C, H, W] or [N, H, W, C]. @see org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional */
export class InputTypeConvolutional {
  readonly type = 'CNN';
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly format: CNN2DFormat;

  constructor(height: number, width: number, channels: number, format: CNN2DFormat = 'NCHW') {
    this.height = checked(size, height, 'convolutional height');
    this.width = checked(size, width, 'convolutional width');
    this.channels = checked(size, channels, 'convolutional channels');
    this.format = checked(choice(CNN2DFormat), format, 'convolutional format');
  }

  arrayElementsPerExample(): number {
    return this.height * this.width * this.channels;
  }

  /** The shape without the minibatch, or with −1 for it. */
  getShape(includeBatchDim = false): number[] {
    const { height, width, channels } = this;
    return withBatch(this.format === 'NCHW' ? [channels, height, width] : [height, width, channels], includeBatchDim);
  }

  toString(): string {
    return `InputTypeConvolutional(h=${this.height},w=${this.width},c=${this.channels},${this.format})`;
  }
}

/** Images as rows: [N, height · width · depth]. @see org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutionalFlat */
export class InputTypeConvolutionalFlat {
  readonly type = 'CNNFlat';
  readonly height: number;
  readonly width: number;
  readonly depth: number;

  constructor(height: number, width: number, depth: number) {
    this.height = checked(size, height, 'convolutionalFlat height');
    this.width = checked(size, width, 'convolutionalFlat width');
    this.depth = checked(size, depth, 'convolutionalFlat depth');
  }

  arrayElementsPerExample(): number {
    return this.height * this.width * this.depth;
  }

  /** The shape without the minibatch, or with −1 for it. */
  getShape(includeBatchDim = false): number[] {
    return withBatch([this.arrayElementsPerExample()], includeBatchDim);
  }

  toString(): string {
    return `InputTypeConvolutionalFlat(h=${this.height},w=${this.width},d=${this.depth})`;
  }
}

/** Volumes: [N, C, D, H, W] or [N, D, H, W, C]. @see org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D */
export class InputTypeConvolutional3D {
  readonly type = 'CNN3D';
  readonly format: Convolution3DFormat;
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;

  constructor(format: Convolution3DFormat, depth: number, height: number, width: number, channels: number) {
    this.format = checked(choice(Convolution3DFormat), format, 'convolutional3D format');
    this.depth = checked(size, depth, 'convolutional3D depth');
    this.height = checked(size, height, 'convolutional3D height');
    this.width = checked(size, width, 'convolutional3D width');
    this.channels = checked(size, channels, 'convolutional3D channels');
  }

  arrayElementsPerExample(): number {
    return this.depth * this.height * this.width * this.channels;
  }

  /** The shape without the minibatch, or with −1 for it. */
  getShape(includeBatchDim = false): number[] {
    const { depth, height, width, channels } = this;
    const shape = this.format === 'NCDHW' ? [channels, depth, height, width] : [depth, height, width, channels];
    return withBatch(shape, includeBatchDim);
  }

  toString(): string {
    return `InputTypeConvolutional3D(format=${this.format},d=${this.depth},h=${this.height},w=${this.width},c=${this.channels})`;
  }
}

function withBatch(shape: number[], includeBatchDim: boolean): number[] {
  return includeBatchDim ? [-1, ...shape] : shape;
}

/** Any kind of data between layers; `type` tells which. */
export type InputType =
  | InputTypeFeedForward
  | InputTypeRecurrent
  | InputTypeConvolutional
  | InputTypeConvolutionalFlat
  | InputTypeConvolutional3D;

/** Makes input types. @see org.deeplearning4j.nn.conf.inputs.InputType */
export const InputType = Object.freeze({
  /** Rows of `size` values. */
  feedForward(size: number): InputTypeFeedForward {
    return new InputTypeFeedForward(size);
  },

  /** Time series of `size` values a step. */
  recurrent(size: number, lengthOrFormat?: number | RNNFormat, format?: RNNFormat): InputTypeRecurrent {
    if (typeof lengthOrFormat === 'string') return new InputTypeRecurrent(size, -1, lengthOrFormat);
    return new InputTypeRecurrent(size, lengthOrFormat, format);
  },

  /** Images. */
  convolutional(height: number, width: number, depth: number, format?: CNN2DFormat): InputTypeConvolutional {
    return new InputTypeConvolutional(height, width, depth, format);
  },

  /** Images flattened to rows, in the order channel, row, column. */
  convolutionalFlat(height: number, width: number, depth: number): InputTypeConvolutionalFlat {
    return new InputTypeConvolutionalFlat(height, width, depth);
  },

  /** Volumes. Without a format the order is NDHWC, as in DL4J. */
  convolutional3D(...sizes: Convolutional3DArguments): InputTypeConvolutional3D {
    const [format, ...rest] = typeof sizes[0] === 'string' ? sizes : (['NDHWC', ...sizes] as const);
    const [depth, height, width, channels] = rest as [number, number, number, number];
    return new InputTypeConvolutional3D(format as Convolution3DFormat, depth, height, width, channels);
  },

  /** The type of an array of rank 2 to 5, whose first dimension is the minibatch; series and images in the order NCW, NCHW, NCDHW. */
  inferInputType(array: { shape(): readonly number[] }): InputType {
    const shape = array.shape();
    const [, a = 0, b = 0, c = 0, d = 0] = shape;
    if (shape.length === 2) return new InputTypeFeedForward(a);
    if (shape.length === 3) return new InputTypeRecurrent(a, b);
    if (shape.length === 4) return new InputTypeConvolutional(b, c, a);
    if (shape.length === 5) return new InputTypeConvolutional3D('NCDHW', b, c, d, a);
    throw new DL4JInvalidConfigException(
      `Cannot infer an input type from shape ${formatShape(shape)}: needed is rank 2 to 5`,
    );
  },
});

/** `(format, depth, height, width, channels)` or the same without format. */
export type Convolutional3DArguments =
  | [format: Convolution3DFormat, depth: number, height: number, width: number, channels: number]
  | [depth: number, height: number, width: number, channels: number];

/** Whether a value is an input type. */
export function isInputType(value: unknown): value is InputType {
  return [
    InputTypeFeedForward,
    InputTypeRecurrent,
    InputTypeConvolutional,
    InputTypeConvolutionalFlat,
    InputTypeConvolutional3D,
  ].some((each) => value instanceof each);
}
