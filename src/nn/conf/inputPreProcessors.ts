// The changes of shape between layers, as descriptions. What they do to arrays is in nn/layers.

import { Description, Family, optionsOf } from '../../core/description.ts';
import { DL4JInvalidConfigException } from '../../core/errors.ts';
import { choice, type Field, field, flag, integer } from '../../core/fields.ts';
import { CNN2DFormat, RNNFormat } from './enums.ts';
import {
  type InputType,
  InputTypeConvolutional,
  InputTypeConvolutional3D,
  InputTypeFeedForward,
  InputTypeRecurrent,
} from './inputType.ts';

const PACKAGE = 'org.deeplearning4j.nn.conf.preprocessor.';

/** A change of shape before a layer. @see org.deeplearning4j.nn.conf.InputPreProcessor */
export abstract class InputPreProcessor extends Description {
  /** What comes out for such an input. @throws {DL4JInvalidConfigException} for a type it does not take */
  abstract getOutputType(inputType: InputType): InputType;

  protected refuse(inputType: InputType, needed: string): never {
    throw new DL4JInvalidConfigException(`Cannot apply ${this.simpleName} to ${inputType}: needed is ${needed}`);
  }
}

const imageFields: Record<string, Field> = {
  inputHeight: field(integer(0), 0),
  inputWidth: field(integer(0), 0),
  numChannels: field(integer(0), 1),
};
const seriesFields: Record<string, Field> = { rnnDataFormat: field(choice(RNNFormat), 'NCW') };

/** Sizes of the images on one side of a preprocessor. */
export interface ImageSizes {
  inputHeight: number;
  inputWidth: number;
  numChannels?: number;
}

/** Images to rows. @see org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor */
export class CnnToFeedForwardPreProcessor extends InputPreProcessor {
  static override readonly javaName = `${PACKAGE}CnnToFeedForwardPreProcessor`;
  static override readonly fields = { ...imageFields, format: field(choice(CNN2DFormat), 'NCHW') };
  declare readonly inputHeight: number;
  declare readonly inputWidth: number;
  declare readonly numChannels: number;
  declare readonly format: CNN2DFormat;

  constructor(
    inputHeight: number | (ImageSizes & { format?: CNN2DFormat }),
    inputWidth?: number,
    numChannels?: number,
    format?: CNN2DFormat,
  ) {
    super(optionsOf([inputHeight, inputWidth, numChannels, format], [...Object.keys(imageFields), 'format']));
  }

  override getOutputType(inputType: InputType): InputType {
    if (inputType.type !== 'CNN') return this.refuse(inputType, 'InputTypeConvolutional');
    return new InputTypeFeedForward(inputType.arrayElementsPerExample());
  }
}

/** Rows to images in the order [N, C, H, W]. @see org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor */
export class FeedForwardToCnnPreProcessor extends InputPreProcessor {
  static override readonly javaName = `${PACKAGE}FeedForwardToCnnPreProcessor`;
  static override readonly fields = imageFields;
  declare readonly inputHeight: number;
  declare readonly inputWidth: number;
  declare readonly numChannels: number;

  constructor(inputHeight: number | ImageSizes, inputWidth?: number, numChannels?: number) {
    super(optionsOf([inputHeight, inputWidth, numChannels], Object.keys(imageFields)));
  }

  override getOutputType(inputType: InputType): InputType {
    if (inputType.type !== 'FF' && inputType.type !== 'CNNFlat') return this.refuse(inputType, 'rows');
    return new InputTypeConvolutional(this.inputHeight, this.inputWidth, this.numChannels);
  }
}

/** Time series to rows, row = t · N + n. @see org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor */
export class RnnToFeedForwardPreProcessor extends InputPreProcessor {
  static override readonly javaName = `${PACKAGE}RnnToFeedForwardPreProcessor`;
  static override readonly fields = seriesFields;
  declare readonly rnnDataFormat: RNNFormat;

  constructor(rnnDataFormat?: RNNFormat | { rnnDataFormat?: RNNFormat }) {
    super(optionsOf([rnnDataFormat], ['rnnDataFormat']));
  }

  override getOutputType(inputType: InputType): InputType {
    if (inputType.type !== 'RNN') return this.refuse(inputType, 'InputTypeRecurrent');
    return new InputTypeFeedForward(inputType.size, inputType.format);
  }
}

/** Rows to time series. @see org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor */
export class FeedForwardToRnnPreProcessor extends InputPreProcessor {
  static override readonly javaName = `${PACKAGE}FeedForwardToRnnPreProcessor`;
  static override readonly fields = seriesFields;
  declare readonly rnnDataFormat: RNNFormat;

  constructor(rnnDataFormat?: RNNFormat | { rnnDataFormat?: RNNFormat }) {
    super(optionsOf([rnnDataFormat], ['rnnDataFormat']));
  }

  override getOutputType(inputType: InputType): InputType {
    if (inputType.type !== 'FF' && inputType.type !== 'CNNFlat') return this.refuse(inputType, 'rows');
    return new InputTypeRecurrent(inputType.arrayElementsPerExample(), -1, this.rnnDataFormat);
  }
}

/** Volumes to rows. @see org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor */
export class Cnn3DToFeedForwardPreProcessor extends InputPreProcessor {
  static override readonly javaName = `${PACKAGE}Cnn3DToFeedForwardPreProcessor`;
  static override readonly fields = {
    inputDepth: field(integer(0), 0),
    ...imageFields,
    isNCDHW: field(flag, true, { json: 'ncdhw', aliases: ['isNCDHW'] }),
  };
  declare readonly inputDepth: number;
  declare readonly inputHeight: number;
  declare readonly inputWidth: number;
  declare readonly numChannels: number;
  declare readonly isNCDHW: boolean;

  constructor(
    inputDepth: number | (ImageSizes & { inputDepth: number; isNCDHW?: boolean }),
    inputHeight?: number,
    inputWidth?: number,
    numChannels?: number,
    isNCDHW?: boolean,
  ) {
    const names = ['inputDepth', ...Object.keys(imageFields), 'isNCDHW'];
    super(optionsOf([inputDepth, inputHeight, inputWidth, numChannels, isNCDHW], names));
  }

  override getOutputType(inputType: InputType): InputType {
    if (!(inputType instanceof InputTypeConvolutional3D)) return this.refuse(inputType, 'InputTypeConvolutional3D');
    return new InputTypeFeedForward(inputType.arrayElementsPerExample());
  }
}

/** Every known preprocessor. */
export const preProcessorFamily: Family<InputPreProcessor> = new Family('an input preprocessor', InputPreProcessor);
preProcessorFamily.add(
  CnnToFeedForwardPreProcessor,
  FeedForwardToCnnPreProcessor,
  RnnToFeedForwardPreProcessor,
  FeedForwardToRnnPreProcessor,
  Cnn3DToFeedForwardPreProcessor,
);

/** The preprocessor that a feed-forward layer needs behind such data; null for none. */
export function flatteningFor(inputType: InputType): InputPreProcessor | null {
  switch (inputType.type) {
    case 'RNN':
      return new RnnToFeedForwardPreProcessor(inputType.format);
    case 'CNN':
      return new CnnToFeedForwardPreProcessor(inputType.height, inputType.width, inputType.channels, inputType.format);
    case 'CNN3D': {
      const { depth, height, width, channels, format } = inputType;
      return new Cnn3DToFeedForwardPreProcessor(depth, height, width, channels, format === 'NCDHW');
    }
    default:
      return null;
  }
}
