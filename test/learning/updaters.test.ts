import { describe, expect, test } from 'vitest';
import { Place } from '../../src/core/fields.ts';
import { formatJson, parseJson } from '../../src/core/json.ts';
import { FixedSchedule, StepSchedule } from '../../src/learning/decaySchedules.ts';
import {
  AdaBelief,
  AdaDelta,
  AdaGrad,
  Adam,
  AMSGrad,
  type IUpdater,
  Nesterovs,
  NoOp,
  RmsProp,
  Sgd,
  updaterFamily,
  updaterKind,
} from '../../src/learning/updaters.ts';

const place = new Place('layer.updater');
const halving = new StepSchedule('ITERATION', 0.4, 0.5, 2);

describe('updaters', () => {
  test('have DL4J’s defaults', () => {
    expect(new Sgd()).toMatchObject({ learningRate: 1e-3, learningRateSchedule: null });
    expect(new Nesterovs()).toMatchObject({ learningRate: 0.1, momentum: 0.9 });
    expect(new Adam()).toMatchObject({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    expect(new AdaBelief()).toMatchObject({ learningRate: 1e-3, epsilon: 1e-14 });
    expect(new AdaGrad()).toMatchObject({ learningRate: 0.1, epsilon: 1e-6 });
    expect(new RmsProp()).toMatchObject({ learningRate: 0.1, rmsDecay: 0.95, epsilon: 1e-8 });
    expect(new AdaDelta()).toMatchObject({ rho: 0.95, epsilon: 1e-6 });
  });

  test('take positional arguments, an object or a builder', () => {
    const adam = new Adam(0.01, 0.8, 0.95, 1e-4);
    expect(adam.equals(new Adam({ learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-4 }))).toBe(true);
    expect(adam.equals(new Adam.Builder().learningRate(0.01).beta1(0.8).beta2(0.95).epsilon(1e-4).build())).toBe(true);
    expect(adam.equals(new AMSGrad(0.01, 0.8, 0.95, 1e-4))).toBe(false);
  });

  test('Nesterovs(number) sets the momentum, as in DL4J', () => {
    expect(new Nesterovs(0.3)).toMatchObject({ learningRate: 0.1, momentum: 0.3 });
    expect(new Nesterovs(0.3, 0.4)).toMatchObject({ learningRate: 0.3, momentum: 0.4 });
  });

  test('say how much state they keep', () => {
    const sizes = [new Sgd(), new NoOp(), new Nesterovs(), new Adam(), new AMSGrad(), new AdaGrad(), new AdaDelta()];
    expect(sizes.map((updater: IUpdater) => updater.stateSize(10))).toEqual([0, 0, 10, 20, 30, 10, 20]);
  });

  test('follow a schedule of the learning rate and of the momentum', () => {
    const updater = new Nesterovs(halving, new FixedSchedule(0.7));
    expect(updater.learningRate).toBeNaN();
    expect([0, 1, 2].map((iteration) => updater.getLearningRate(iteration, 0))).toEqual([0.4, 0.4, 0.2]);
    expect(updater.getMomentum(5, 0)).toBe(0.7);
  });

  test('withLearningRate() replaces rate and schedule and keeps the rest', () => {
    const updater = new Adam({ learningRate: halving, beta1: 0.5 }).withLearningRate(0.2);
    expect(updater.equals(new Adam(0.2, 0.5))).toBe(true);
    expect(new Adam(0.2).withLearningRate(halving).getLearningRate(2, 0)).toBe(0.2);
    expect(new AdaDelta().withLearningRate(0.5)).toMatchObject({ rho: 0.95 });
  });

  test('cannot be changed', () => {
    expect(() => Object.assign(new Adam(), { beta1: 2 })).toThrow(TypeError);
  });

  test('can be given by name', () => {
    expect(updaterKind.read('ADAM', place)).toBeInstanceOf(Adam);
    expect(() => updaterKind.read('LION', place)).toThrow(
      'Invalid layer.updater: found "LION", needed is an updater or one of SGD, ADAM',
    );
    expect(() => updaterKind.read('__proto__', place)).toThrow(TypeError);
    expect(() => updaterKind.read({ learningRate: 1 }, place)).toThrow('needed is an updater');
  });

  test('refuse NaN, infinite and contradictory rates', () => {
    expect(() => new Adam(Number.NaN)).toThrow('Invalid Adam.learningRate: found NaN and no schedule');
    expect(() => new Sgd(Number.POSITIVE_INFINITY)).toThrow('Invalid Sgd.learningRate: found Infinity');
    expect(() => new Adam(0.1, 1.5)).toThrow('Invalid Adam.beta1: found 1.5, needed is a number from 0 to 1');
    expect(() => new Adam({ learningRate: 0.1, learningRateSchedule: halving })).toThrow('found 0.1 and a schedule');
    expect(() => new Adam('0.1' as never)).toThrow(TypeError);
    expect(() => new Adam({ learningrate: 0.1 } as never)).toThrow(
      'Unknown field Adam.learningrate: known are learningRate',
    );
  });
});

describe('JSON of updaters', () => {
  const read = (text: string): IUpdater => updaterFamily.decode(parseJson(text), new Place('iupdater', true));

  test('leaves absent schedules out and writes NaN beside a schedule', () => {
    expect(formatJson(updaterFamily.encode(new Sgd(0.5)))).toBe(
      '{\n  "@class" : "org.nd4j.linalg.learning.config.Sgd",\n  "learningRate" : 0.5\n}',
    );
    expect(formatJson(updaterFamily.encode(new Sgd(halving)))).toContain('"learningRate" : "NaN"');
  });

  test('reads back what it writes', () => {
    for (const updater of [
      new Nesterovs(halving, 0.5),
      new Nesterovs(0.1, halving),
      new AdaGrad(halving),
      new AdaBelief(),
    ]) {
      expect(read(formatJson(updaterFamily.encode(updater))).equals(updater)).toBe(true);
    }
  });

  test('names the place of what is wrong', () => {
    const adam = '"@class":"org.nd4j.linalg.learning.config.Adam"';
    expect(() => read(`{${adam},"beta1":"x"}`)).toThrow(
      'Invalid iupdater.beta1: found "x", needed is a number from 0 to 1',
    );
    expect(() => read(`{${adam},"learningRate":"NaN"}`)).toThrow(
      'Invalid iupdater: Invalid Adam.learningRate: found NaN',
    );
    expect(() => read('{"@class":"java.lang.Runtime"}')).toThrow(
      'an updater of type java.lang.Runtime is not supported yet',
    );
    expect(() => read('{"learningRate":1}')).toThrow('Invalid iupdater.@class: found undefined');
    expect(() => read('{"@class":"__proto__"}')).toThrow('an updater of type __proto__ is not supported');
  });
});
