// What all descriptions of src/learning have in common: defaults, names, JSON.

import { describe, expect, test } from 'vitest';
import type { Description, Family } from '../../src/core/description.ts';
import { Place } from '../../src/core/fields.ts';
import { formatJson, parseJson } from '../../src/core/json.ts';
import * as activations from '../../src/learning/activations.ts';
import * as constraints from '../../src/learning/constraints.ts';
import { FixedSchedule, StepSchedule } from '../../src/learning/decaySchedules.ts';
import * as distributions from '../../src/learning/distributions.ts';
import * as dropout from '../../src/learning/dropout.ts';
import * as losses from '../../src/learning/losses.ts';
import { CycleSchedule, MapSchedule, RampSchedule, scheduleFamily } from '../../src/learning/schedules.ts';
import * as weightInit from '../../src/learning/weightInit.ts';
import * as noise from '../../src/learning/weightNoise.ts';

const schedule = new StepSchedule('EPOCH', 0.9, 0.5, 2);

function throughJson<T extends Description>(family: Family<T>, description: T): T {
  return family.decode(parseJson(formatJson(family.encode(description))), new Place('x', true));
}

describe('JSON', () => {
  test('gives back every activation function, its constants included', () => {
    const given = [...Object.keys(activations.Activation)].map((name) =>
      activations.activationOf(name as activations.Activation),
    );
    given.push(
      new activations.ActivationReLU(6, 0.1, 0.2),
      new activations.ActivationELU(2),
      new activations.ActivationGELU(true),
    );
    for (const each of given)
      expect(throughJson(activations.activationFamily, each).equals(each), String(each)).toBe(true);
  });

  test('gives back every loss function, weights included', () => {
    const given = Object.keys(losses.LossFunction).map((name) => losses.lossOf(name as losses.LossFunction));
    given.push(new losses.LossMCXENT(1e-6, [1, 2]), new losses.LossFMeasure(2), new losses.LossMultiLabel());
    given.push(new losses.LossMixtureDensity({ mixtures: 2, labelWidth: 3 }), new losses.LossMSE({ weights: [0.1] }));
    for (const each of given) expect(throughJson(losses.lossFamily, each).equals(each), String(each)).toBe(true);
  });

  test('gives back dropout, noise, constraints, distributions, schedules and weight initializations', () => {
    const rows: [Family<never>, Description[]][] = [
      [
        dropout.dropoutFamily as never,
        [new dropout.Dropout(schedule), new dropout.SpatialDropout(0.3), new dropout.GaussianNoise(schedule)],
      ],
      [
        noise.weightNoiseFamily as never,
        [
          new noise.DropConnect(schedule, true),
          new noise.WeightNoise(new distributions.NormalDistribution(), true, false),
        ],
      ],
      [
        constraints.constraintFamily as never,
        [
          new constraints.MinMaxNormConstraint(0.1, 2, 0.5, 0, 1),
          new constraints.UnitNormConstraint(1).withParams(['W']),
        ],
      ],
      [
        distributions.distributionFamily as never,
        [new distributions.BinomialDistribution(5, 0.1), new distributions.OrthogonalDistribution()],
      ],
      [
        weightInit.weightInitFamily as never,
        [new weightInit.WeightInitIdentity(0.5), new weightInit.WeightInitConstant(3)],
      ],
      [
        scheduleFamily as never,
        [new RampSchedule(schedule, 5), new CycleSchedule('EPOCH', 0.4, 10), new MapSchedule('EPOCH', { 0: 1, 10: 2 })],
      ],
    ];
    for (const [family, given] of rows) {
      for (const each of given)
        expect(throughJson(family as Family<Description>, each).equals(each), String(each)).toBe(true);
    }
  });

  test('of a RampSchedule saved by M2.1, without its fields, can be read but not evaluated', () => {
    const read = scheduleFamily.decode(
      parseJson('{"@class":"org.nd4j.linalg.schedule.RampSchedule"}'),
      new Place('x', true),
    );
    expect(() => read.valueAt(0, 0)).toThrow('Cannot evaluate a RampSchedule without base schedule');
  });

  test('of loss weights may be a bare list, as in older files', () => {
    const json = '{"@class":"org.nd4j.linalg.lossfunctions.impl.LossMSE","weights":[1,2.5]}';
    expect(
      (losses.lossFamily.decode(parseJson(json), new Place('lossFn', true)) as losses.LossMSE).weights?.values,
    ).toEqual([1, 2.5]);
  });

  test('of loss weights is refused where shape and data disagree', () => {
    const json =
      '{"@class":"org.nd4j.linalg.lossfunctions.impl.LossMSE","weights":{"dataType":"FLOAT","shape":[1,3],"data":[1,2]}}';
    expect(() => losses.lossFamily.decode(parseJson(json), new Place('lossFn', true))).toThrow(
      'Invalid lossFn.weights.shape: found [1, 3], needed is a shape of 2 elements',
    );
  });
});

describe('names', () => {
  test('stand for DL4J’s classes', () => {
    expect(activations.activationOf('LEAKYRELU')).toMatchObject({ simpleName: 'ActivationLReLU', alpha: 0.01 });
    expect(losses.lossOf('SQUARED_LOSS').simpleName).toBe('LossMSE');
    expect(losses.lossOf('RECONSTRUCTION_CROSSENTROPY').simpleName).toBe('LossKLD');
    expect(losses.lossOf('XENT')).toMatchObject({ simpleName: 'LossBinaryXENT', clipEps: 1e-5, weights: null });
    const place = new Place('weightInit');
    expect(weightInit.weightInitKind.read('XAVIER_FAN_IN', place).simpleName).toBe('WeightInitNormal');
    expect(weightInit.weightInitKind.read('ONES', place)).toMatchObject({ value: 1 });
  });

  test('of activation functions may be in small letters', () => {
    expect(activations.activationKind.read('relu', new Place('activation')).simpleName).toBe('ActivationReLU');
  });
});

describe('schedules in the place of numbers', () => {
  test('of dropout, noise and weight noise', () => {
    expect(new dropout.Dropout(schedule).getP(0, 2)).toBe(0.45);
    expect(new dropout.GaussianDropout(schedule).getRate(0, 0)).toBe(0.9);
    expect(new dropout.GaussianNoise(new FixedSchedule(0.1)).getStddev(5, 5)).toBe(0.1);
    expect(new noise.DropConnect(schedule).getWeightRetainProb(0, 4)).toBe(0.225);
    expect(new noise.DropConnect(0.7).getWeightRetainProb(0, 4)).toBe(0.7);
  });
});

test('withParams() lists parameters in the order of Java’s hash set', () => {
  expect(new constraints.NonNegativeConstraint().withParams(['W', 'b', 'g']).params).toEqual(['b', 'W', 'g']);
});
