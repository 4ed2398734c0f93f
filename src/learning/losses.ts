// The loss functions as descriptions: which function, with which constants and weights.

import { DataType } from '../core/dataType.ts';
import { Description, Family, optionsOf, spelled } from '../core/description.ts';
import { choice, field, finite, integer, type Kind, list, optional, type Place, real } from '../core/fields.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';

const PACKAGE = 'org.nd4j.linalg.lossfunctions.impl.';

/** A loss function with its constants. @see org.nd4j.linalg.lossfunctions.ILossFunction */
export abstract class ILossFunction extends Description {
  /** Whether the function takes predictions as probabilities, so that the activation has to keep them between 0 and 1. */
  get needsProbabilities(): boolean {
    return false;
  }

  override toString(): string {
    return `${this.simpleName}()`;
  }
}

/** One factor for each output of a network. */
export interface LossWeights {
  readonly values: readonly number[];
  /** How the weights stand in files. */
  readonly shape: readonly number[];
  readonly dataType: DataType;
}

/** What weights can be given as: numbers, or an array that can be read as a vector. */
export type LossWeightsLike = ArrayLike<number> | LossWeights | { toDoubleVector(): ArrayLike<number> };

const weightValues = list(finite);
function weightsOf(values: readonly number[], shape: readonly number[], dataType: DataType): LossWeights {
  return Object.freeze({ values, shape: Object.freeze([...shape]), dataType });
}

const lossWeights: Kind<LossWeights> = {
  read: (value, place) => {
    if (isLossWeights(value)) return value;
    const vector: unknown = hasVector(value) ? value.toDoubleVector() : value;
    const isNumbers = Array.isArray(vector) || (ArrayBuffer.isView(vector) && !(vector instanceof DataView));
    if (!isNumbers) place.wrongType(value, 'an array of one weight for each output');
    const values = weightValues.read(Array.from(vector as ArrayLike<number>), place);
    return weightsOf(values, [1, values.length], 'DOUBLE');
  },
  decode: decodeWeights,
  encode: ({ values, shape, dataType }) =>
    new Map<string, JsonValue>([
      ['dataType', dataType],
      ['shape', shape],
      ['data', values],
    ]),
};

/** Weights from a file: `{dataType, shape, data}`, or in older ones the bare numbers. */
function decodeWeights(value: JsonValue, place: Place): LossWeights {
  if (Array.isArray(value)) {
    const values = weightValues.decode(value.flat() as JsonValue[], place);
    return weightsOf(values, [1, values.length], 'DOUBLE');
  }
  if (!isJsonObject(value) || !value.has('data'))
    return place.wrongType(value, 'an object with dataType, shape and data');
  const values = weightValues.decode((value.get('data') as JsonValue[]).flat?.() ?? null, place.at('data'));
  const shape = list(integer(0)).decode(value.get('shape') ?? [1, values.length], place.at('shape'));
  if (shape.reduce((product, size) => product * size, 1) !== values.length) {
    place.at('shape').outOfRange(shape, `a shape of ${values.length} elements`);
  }
  return weightsOf(values, shape, choice(DataType).decode(value.get('dataType') ?? 'DOUBLE', place.at('dataType')));
}

function isLossWeights(value: unknown): value is LossWeights {
  return typeof value === 'object' && value !== null && 'values' in value && 'dataType' in value && 'shape' in value;
}
function hasVector(value: unknown): value is { toDoubleVector(): unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'toDoubleVector' in value &&
    typeof value.toDoubleVector === 'function'
  );
}

/** Options of a loss with weights. */
export interface WeightedLossOptions {
  /** One factor for each output; null for none. */
  weights?: LossWeightsLike | null;
}
const weightField = { weights: field(optional(lossWeights), null) };

/** A loss whose outputs can be weighted. */
abstract class WeightedLoss extends ILossFunction {
  static override readonly fields: typeof weightField = weightField;
  declare readonly weights: LossWeights | null;

  constructor(weights?: LossWeightsLike | WeightedLossOptions | null) {
    super(optionsOf([weights], ['weights']));
  }
}

/** Σ (y − p)² / n @see org.nd4j.linalg.lossfunctions.impl.LossMSE */
export class LossMSE extends WeightedLoss {
  static override readonly javaName = `${PACKAGE}LossMSE`;
}
/** Σ (y − p)² @see org.nd4j.linalg.lossfunctions.impl.LossL2 */
export class LossL2 extends WeightedLoss {
  static override readonly javaName = `${PACKAGE}LossL2`;
}
/** Σ |y − p| / n @see org.nd4j.linalg.lossfunctions.impl.LossMAE */
export class LossMAE extends WeightedLoss {
  static override readonly javaName = `${PACKAGE}LossMAE`;
}
/** Σ |y − p| @see org.nd4j.linalg.lossfunctions.impl.LossL1 */
export class LossL1 extends WeightedLoss {
  static override readonly javaName = `${PACKAGE}LossL1`;
}
/** Σ 100 |(y − p) / y| / n @see org.nd4j.linalg.lossfunctions.impl.LossMAPE */
export class LossMAPE extends WeightedLoss {
  static override readonly javaName = `${PACKAGE}LossMAPE`;
}
/** Σ ln((p + 1) / (y + 1))² / n @see org.nd4j.linalg.lossfunctions.impl.LossMSLE */
export class LossMSLE extends WeightedLoss {
  static override readonly javaName = `${PACKAGE}LossMSLE`;
}

/** A distance from 0 and 1 that keeps logarithms finite. */
const clip = real('a number from 0 to 0.5', (value) => value >= 0 && value <= 0.5);

/** Options of the multi-class cross entropies. */
export interface LossMCXENTOptions extends WeightedLossOptions {
  /** Softmax probabilities are kept this far from 0 and 1 in the score. Default 1e-10. */
  softmaxClipEps?: number;
}
/** Multi-class cross entropy: −Σ y ln p. @see org.nd4j.linalg.lossfunctions.impl.LossMCXENT */
export class LossMCXENT extends ILossFunction {
  static override readonly javaName: string = `${PACKAGE}LossMCXENT`;
  static override readonly fields = { ...weightField, softmaxClipEps: field(clip, 1e-10) };
  declare readonly softmaxClipEps: number;
  declare readonly weights: LossWeights | null;

  constructor(options?: LossMCXENTOptions | LossWeightsLike | null);
  constructor(softmaxClipEps: number, weights?: LossWeightsLike | null);
  constructor(first?: number | LossMCXENTOptions | LossWeightsLike | null, weights?: LossWeightsLike | null) {
    super(optionsOf([first, weights], typeof first === 'number' ? ['softmaxClipEps', 'weights'] : ['weights']));
  }

  override get needsProbabilities(): boolean {
    return true;
  }
}
/** The same as LossMCXENT. @see org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood */
export class LossNegativeLogLikelihood extends LossMCXENT {
  static override readonly javaName = `${PACKAGE}LossNegativeLogLikelihood`;
}
/** LossMCXENT for labels that are class numbers, shape [N, 1]. @see org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT */
export class LossSparseMCXENT extends LossMCXENT {
  static override readonly javaName = `${PACKAGE}LossSparseMCXENT`;
}

/** Options of LossBinaryXENT. */
export interface LossBinaryXENTOptions extends WeightedLossOptions {
  /** Probabilities are kept this far from 0 and 1 in score and gradient. Default 1e-5. */
  clipEps?: number;
}
/** Binary cross entropy: −Σ y ln p + (1 − y) ln(1 − p). @see org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT */
export class LossBinaryXENT extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossBinaryXENT`;
  static override readonly fields = { ...weightField, clipEps: field(clip, 1e-5) };
  declare readonly clipEps: number;
  declare readonly weights: LossWeights | null;

  constructor(options?: LossBinaryXENTOptions | LossWeightsLike | null);
  constructor(clipEps: number, weights?: LossWeightsLike | null);
  constructor(first?: number | LossBinaryXENTOptions | LossWeightsLike | null, weights?: LossWeightsLike | null) {
    super(optionsOf([first, weights], typeof first === 'number' ? ['clipEps', 'weights'] : ['weights']));
  }

  override get needsProbabilities(): boolean {
    return true;
  }
}

/** −cos(y, p) @see org.nd4j.linalg.lossfunctions.impl.LossCosineProximity */
export class LossCosineProximity extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossCosineProximity`;
}
/** Σ max(0, 1 − y p), labels −1 and 1. @see org.nd4j.linalg.lossfunctions.impl.LossHinge */
export class LossHinge extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossHinge`;
}
/** Σ max(0, 1 − y p)² @see org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge */
export class LossSquaredHinge extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossSquaredHinge`;
}
/** Σ y ln(y / p) @see org.nd4j.linalg.lossfunctions.impl.LossKLD */
export class LossKLD extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossKLD`;
}
/** Σ p − y ln p @see org.nd4j.linalg.lossfunctions.impl.LossPoisson */
export class LossPoisson extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossPoisson`;
}
/** Σ y p / n @see org.nd4j.linalg.lossfunctions.impl.LossWasserstein */
export class LossWasserstein extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossWasserstein`;
}
/** Σ exp(p⁻ − p⁺) over pairs of a negative and a positive label. @see org.nd4j.linalg.lossfunctions.impl.LossMultiLabel */
export class LossMultiLabel extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossMultiLabel`;
}
/** 1 − F-measure of the whole batch. Beta 1. @see org.nd4j.linalg.lossfunctions.impl.LossFMeasure */
export class LossFMeasure extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossFMeasure`;
  static override readonly fields = { beta: field(positive(), 1) };
  declare readonly beta: number;

  constructor(beta?: number | { beta?: number }) {
    super(optionsOf([beta], ['beta']));
  }
}
/** Negative log likelihood of a mixture of Gaussians. @see org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity */
export class LossMixtureDensity extends ILossFunction {
  static override readonly javaName = `${PACKAGE}LossMixtureDensity`;
  static override readonly fields = { mixtures: field(integer(1), 1), labelWidth: field(integer(1), 1) };
  declare readonly mixtures: number;
  declare readonly labelWidth: number;

  constructor(options: { mixtures: number; labelWidth: number }) {
    super(options);
  }
}

function positive(): Kind<number> {
  return real('a finite number above 0', (value) => value > 0 && value < Number.POSITIVE_INFINITY);
}

const byName = {
  MSE: LossMSE,
  L1: LossL1,
  XENT: LossBinaryXENT,
  MCXENT: LossMCXENT,
  SPARSE_MCXENT: LossSparseMCXENT,
  SQUARED_LOSS: LossMSE,
  RECONSTRUCTION_CROSSENTROPY: LossKLD,
  NEGATIVELOGLIKELIHOOD: LossNegativeLogLikelihood,
  COSINE_PROXIMITY: LossCosineProximity,
  HINGE: LossHinge,
  SQUARED_HINGE: LossSquaredHinge,
  KL_DIVERGENCE: LossKLD,
  MEAN_ABSOLUTE_ERROR: LossMAE,
  L2: LossL2,
  MEAN_ABSOLUTE_PERCENTAGE_ERROR: LossMAPE,
  MEAN_SQUARED_LOGARITHMIC_ERROR: LossMSLE,
  POISSON: LossPoisson,
  WASSERSTEIN: LossWasserstein,
} as const;

/** Names of loss functions. @see org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction */
export const LossFunction = Object.freeze(
  Object.fromEntries(Object.keys(byName).map((name) => [name, name])) as { readonly [K in keyof typeof byName]: K },
);
export type LossFunction = keyof typeof byName;
/** Holder of the enumeration, as DL4J names it. @see org.nd4j.linalg.lossfunctions.LossFunctions */
export const LossFunctions = Object.freeze({ LossFunction });

/** The description of a named loss function. */
export function lossOf(name: LossFunction): ILossFunction {
  const type: new () => ILossFunction = byName[name];
  return new type();
}

/** Every known loss function. */
export const lossFamily: Family<ILossFunction> = new Family('a loss function', ILossFunction);
lossFamily.add(...new Set(Object.values(byName)), LossMultiLabel, LossFMeasure, LossMixtureDensity);

/** A loss function or its name. */
export const lossKind: Kind<ILossFunction> = spelled<ILossFunction>(lossFamily, (value, place) => {
  if (typeof value !== 'string') return value;
  if (!Object.hasOwn(byName, value))
    place.wrongType(value, `a loss function or one of ${Object.keys(byName).join(', ')}`);
  return lossOf(value as LossFunction);
});
