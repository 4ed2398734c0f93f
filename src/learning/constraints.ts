// Constraints on parameters as descriptions: projections applied after every update.

import { Description, Family, optionsOf } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { type Field, field, fraction, integer, list, notNegative, nullable, text } from '../core/fields.ts';

const PACKAGE = 'org.deeplearning4j.nn.conf.constraint.';

/** A projection of parameters after each update. @see org.deeplearning4j.nn.api.layers.LayerConstraint */
export abstract class LayerConstraint extends Description {
  static override readonly fields: Record<string, Field> = {
    params: field(list(text), []),
    dimensions: field(nullable(list(integer(0))), null),
    epsilon: field(notNegative, 1e-6),
  };
  /** Keys of the parameters it applies to. */
  declare readonly params: readonly string[];
  /** Dimensions over which norms are taken. */
  declare readonly dimensions: readonly number[] | null;
  /** Added to norms before a division. */
  declare readonly epsilon: number;

  /** The same constraint on these parameters. */
  withParams(params: readonly string[]): this {
    return this.with({ params: inHashOrder(params) });
  }
}

/** The order in which Java's HashSet<String> gives short keys, so that files list them as DL4J does. */
function inHashOrder(keys: readonly string[]): string[] {
  const bucket = (key: string): number => {
    let hash = 0;
    for (let index = 0; index < key.length; index++) hash = (Math.imul(31, hash) + key.charCodeAt(index)) | 0;
    return (hash ^ (hash >>> 16)) & 15;
  };
  return [...new Set(keys)].sort((left, right) => bucket(left) - bucket(right));
}

/** Options that constraints with norms share. */
export interface NormConstraintOptions {
  /** Dimensions over which the norm is taken. Biases are rank 1, so they have dimension 0 only. */
  dimensions: readonly number[];
  params?: readonly string[];
  epsilon?: number;
}

/** Norms at most maxNorm. `new MaxNormConstraint(maxNorm, ...dimensions)` @see org.deeplearning4j.nn.conf.constraint.MaxNormConstraint */
export class MaxNormConstraint extends LayerConstraint {
  static override readonly javaName = `${PACKAGE}MaxNormConstraint`;
  static override readonly fields = { ...LayerConstraint.fields, maxNorm: field(notNegative, 1) };
  declare readonly maxNorm: number;

  constructor(maxNorm: number | (NormConstraintOptions & { maxNorm: number }), ...dimensions: number[]) {
    super(typeof maxNorm === 'number' ? { maxNorm, dimensions } : optionsOf([maxNorm], ['maxNorm']));
  }
}

/** Options of MinMaxNormConstraint. */
export interface MinMaxNormConstraintOptions extends NormConstraintOptions {
  min: number;
  max: number;
  /** How far towards the projection each step goes. Default 1. */
  rate?: number;
}
/**
 * Norms between min and max. Positional: `(min, max, rate, ...dimensions)`. With a rate below 1 the formula is that of M2.1, which lacks a division.
 *
 * @see org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint
 */
export class MinMaxNormConstraint extends LayerConstraint {
  static override readonly javaName = `${PACKAGE}MinMaxNormConstraint`;
  static override readonly fields = {
    ...LayerConstraint.fields,
    min: field(notNegative, 0),
    max: field(notNegative, 1),
    rate: field(fraction, 1),
  };
  declare readonly min: number;
  declare readonly max: number;
  declare readonly rate: number;

  constructor(options: MinMaxNormConstraintOptions);
  constructor(min: number, max: number, rate: number, ...dimensions: number[]);
  constructor(first: number | MinMaxNormConstraintOptions, max?: number, rate?: number, ...dimensions: number[]) {
    super(typeof first === 'number' ? { min: first, max, rate, dimensions } : optionsOf([first], ['min']));
  }

  protected override validate(): void {
    if (this.min <= this.max) return;
    throw new DL4JInvalidConfigException(
      `Invalid MinMaxNormConstraint.max: found ${this.max}, needed is a number of at least min (${this.min})`,
    );
  }
}

/** Norms equal to 1. @see org.deeplearning4j.nn.conf.constraint.UnitNormConstraint */
export class UnitNormConstraint extends LayerConstraint {
  static override readonly javaName = `${PACKAGE}UnitNormConstraint`;

  constructor(options: NormConstraintOptions);
  constructor(...dimensions: number[]);
  constructor(...args: unknown[]) {
    super(typeof args[0] === 'number' ? { dimensions: args } : optionsOf(args, ['dimensions']));
  }
}

/** No negative values. @see org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint */
export class NonNegativeConstraint extends LayerConstraint {
  static override readonly javaName = `${PACKAGE}NonNegativeConstraint`;
}

/** Every known constraint. */
export const constraintFamily: Family<LayerConstraint> = new Family('a constraint', LayerConstraint);
constraintFamily.add(MaxNormConstraint, MinMaxNormConstraint, UnitNormConstraint, NonNegativeConstraint);
