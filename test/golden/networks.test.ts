// Every recorded network of DL4J that can be built so far: parameters, outputs, scores, gradients, training step by step.

import { afterAll, describe, expect, test } from 'vitest';
import { dataTypeInfo, FLOAT } from '../../src/core/dataType.ts';
import { ListDataSetIterator } from '../../src/data/iterator.ts';
import { defaultTypes } from '../../src/ndarray/defaultTypes.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { InputType } from '../../src/nn/conf/inputType.ts';
import { realmRandom } from '../../src/ops/random.ts';
import { goldenFiles } from '../support/golden.ts';
import { arrayOf, type GoldenArray } from '../support/goldenArray.ts';
import {
  beforeStep,
  dataSetOf,
  type GoldenNetwork,
  initialized,
  masksOf,
  missingFeature,
  networkOf,
  worst,
} from '../support/goldenNetwork.ts';
import { differenceOf } from './differences.ts';

/** Relative tolerances of one pass, and of training. */
const TOLERANCE = {
  DOUBLE: { pass: 1e-9, training: 1e-8, init: 1e-14 },
  FLOAT: { pass: 1e-5, training: 1e-4, init: 2e-7 },
};
/** Line searches magnify differences. */
const LINE_SEARCH = /LINE_GRADIENT_DESCENT|LBFGS|CONJUGATE_GRADIENT/;
/** M2.1 has float constants in these activations, also for DOUBLE. */
const FLOAT_CONSTANTS = /HardSigmoid|GELU|RationalTanh/;

const numbers = (array: INDArray): ArrayLike<number> => array.castTo('DOUBLE').toDoubleVector();
const flat = (array: INDArray): ArrayLike<number> =>
  numbers(
    array.ordering() === 'c' && !array.isView()
      ? array.reshape(array.length())
      : array.dup('c').reshape(array.length()),
  );

interface Aspect {
  readonly name: string;
  readonly has: (golden: GoldenNetwork) => boolean;
  readonly check: (golden: GoldenNetwork, near: Near) => void | Promise<void>;
}
interface Near {
  array(actual: INDArray, expected: GoldenArray, kind?: 'pass' | 'training' | 'init'): void;
  number(actual: number, expected: number, kind?: 'pass' | 'training'): void;
}

function nearFor(golden: GoldenNetwork): Near {
  const tolerances = { ...TOLERANCE[golden.dataType] };
  if (LINE_SEARCH.test(JSON.stringify(golden.config))) Object.assign(tolerances, { training: 1e-5 });
  if (FLOAT_CONSTANTS.test(JSON.stringify(golden.config))) Object.assign(tolerances, { pass: 1e-7, training: 1e-6 });
  const compare = (
    actual: ArrayLike<number>,
    expected: GoldenArray | number[],
    kind: 'pass' | 'training' | 'init',
  ): void => {
    const found = worst(actual, expected, tolerances[kind], kind === 'init' ? 1 : 1e-3);
    if (found.ratio > 1 || Number.isNaN(found.ratio)) {
      throw new Error(
        `element ${found.index}: found ${found.actual}, expected ${found.expected} (${found.ratio.toPrecision(3)} times the tolerance ${tolerances[kind]})`,
      );
    }
  };
  return {
    array: (actual, expected, kind = 'pass') => compare(flat(actual), expected, kind),
    number: (actual, expected, kind = 'pass') => compare([actual], [expected], kind),
  };
}

/** Seeds the generator as the recording did before this call. */
function seed(golden: GoldenNetwork, call: string): void {
  const value = golden.rngSeeds?.[call];
  if (value !== undefined) realmRandom().setSeed(value);
}

const aspects: readonly Aspect[] = [
  {
    name: 'parameters have DL4J’s keys, shapes, offsets and orders',
    has: () => true,
    check: (golden) => {
      const network = initialized(golden);
      const table = [...network.paramTable()];
      expect(table.map(([key, view]) => [key, view.shape()])).toEqual(golden.paramTable);
      const layout = table.map(([key, view]) => ({
        key,
        offset: view.offset,
        length: view.length(),
        order: view.ordering(),
      }));
      const expected = golden.paramLayout.map((each) => ({
        ...each,
        order: network.getParam(each.key).rank() === 1 ? 'c' : each.order,
      }));
      expect(layout).toEqual(expected);
    },
  },
  {
    name: 'init() draws DL4J’s parameters',
    has: ({ source }) => source === undefined,
    check: (golden, near) => {
      const network = networkOf(golden);
      network.init();
      near.array(network.params(), golden.params0, 'init');
      for (const [other, expected] of Object.entries(golden.params0BySeed ?? {})) {
        const drawn = networkOf(golden, other);
        drawn.init();
        near.array(drawn.params(), expected, 'init');
      }
    },
  },
  {
    name: 'output()',
    has: () => true,
    check: (golden, near) => {
      const network = initialized(golden);
      const [featuresMask] = masksOf(golden);
      seed(golden, 'output');
      near.array(network.output(arrayOf(golden.input), false, featuresMask), golden.output);
      if (golden.outputTrainingSeed777 === undefined) return;
      realmRandom().setSeed(777);
      near.array(network.output(arrayOf(golden.input), true, featuresMask), golden.outputTrainingSeed777);
    },
  },
  {
    name: 'output() with a labels mask',
    has: ({ outputWithLabelsMask }) => outputWithLabelsMask !== undefined,
    check: (golden, near) => {
      const output = initialized(golden).output(arrayOf(golden.input), false, ...masksOf(golden));
      near.array(output, golden.outputWithLabelsMask as GoldenArray);
    },
  },
  {
    name: 'feedForward()',
    has: ({ activations }) => activations !== undefined,
    check: (golden, near) => {
      const network = initialized(golden);
      network.setLayerMaskArrays(masksOf(golden)[0], null);
      seed(golden, 'output');
      const [, ...activations] = network.feedForward(arrayOf(golden.input), false);
      expect(activations).toHaveLength(golden.activations?.length as number);
      activations.forEach((each, layer) => {
        near.array(each, golden.activations?.[layer] as GoldenArray);
      });
    },
  },
  {
    name: 'score(dataSet)',
    has: ({ score0 }) => score0 !== undefined,
    check: (golden, near) => {
      const network = initialized(golden);
      seed(golden, 'score0');
      near.number(network.score(dataSetOf(golden)), golden.score0 as number);
      seed(golden, 'score0Training');
      near.number(network.score(dataSetOf(golden), true), golden.score0Training ?? (golden.score0 as number));
    },
  },
  {
    name: 'scoreExamples()',
    has: ({ scoreExamples0 }) => scoreExamples0 !== undefined,
    check: (golden, near) => {
      near.array(initialized(golden).scoreExamples(dataSetOf(golden), false), golden.scoreExamples0 as GoldenArray);
    },
  },
  {
    name: 'computeGradientAndScore()',
    has: ({ gradient0 }) => gradient0 !== undefined,
    check: (golden, near) => {
      const network = initialized(golden);
      network.setInput(arrayOf(golden.input));
      network.setLabels(arrayOf(golden.labels));
      network.setLayerMaskArrays(...masksOf(golden));
      seed(golden, 'gradient0');
      network.computeGradientAndScore();
      near.array(network.getFlattenedGradients(), golden.gradient0 as GoldenArray);
    },
  },
  {
    name: 'score() after computeGradientAndScore()',
    has: ({ gradient0 }) => gradient0 !== undefined,
    check: (golden, near) => {
      const network = initialized(golden);
      network.setInput(arrayOf(golden.input));
      network.setLabels(arrayOf(golden.labels));
      network.setLayerMaskArrays(...masksOf(golden));
      seed(golden, 'gradient0');
      network.computeGradientAndScore();
      near.number(network.score(), golden.gradientScore0 ?? golden.score0Training ?? (golden.score0 as number));
    },
  },
  {
    name: 'calculateGradients() of the features',
    has: ({ inputGradient0 }) => inputGradient0 !== undefined,
    check: (golden, near) => {
      const [featuresMask, labelsMask] = masksOf(golden);
      seed(golden, 'gradient0');
      const { inputGradient } = initialized(golden).calculateGradients(
        arrayOf(golden.input),
        arrayOf(golden.labels),
        featuresMask,
        labelsMask,
      );
      near.array(inputGradient as INDArray, golden.inputGradient0 as GoldenArray);
    },
  },
  {
    name: 'training: parameters, counters, updater state and output',
    has: ({ steps }) => steps !== undefined && steps.length > 0,
    check: (golden, near) => train(golden, near, () => undefined),
  },
  {
    name: 'training: scores',
    has: ({ steps }) => steps !== undefined && steps.length > 0,
    check: (golden, near) => train(golden, undefined, (score, expected) => near.number(score, expected, 'training')),
  },
  {
    name: 'summary()',
    has: ({ summary }) => summary !== undefined,
    check: (golden) => {
      expect(initialized(golden).summary()).toBe(golden.summary);
    },
  },
  {
    name: 'summary(inputType)',
    has: ({ summaryWithInputType }) => summaryWithInputType !== undefined,
    check: (golden) => {
      const size = golden.input.shape[1] as number;
      expect(initialized(golden).summary(InputType.feedForward(size))).toBe(golden.summaryWithInputType);
    },
  },
];

async function train(
  golden: GoldenNetwork,
  near: Near | undefined,
  onScore: (score: number, expected: number) => void,
): Promise<void> {
  const network = initialized(golden);
  const dataSet = dataSetOf(golden);
  const byEpoch = golden.stepMethod?.startsWith('fit(DataSetIterator)') === true;
  const iterator = new ListDataSetIterator([dataSet], 1);
  let done = 0;
  seed(golden, 'fit');
  for (const step of golden.steps ?? []) {
    for (; done < step.iteration; done++) {
      beforeStep(golden, network, done + 1);
      if (byEpoch) await network.fit(iterator);
      else network.fit(dataSet);
    }
    onScore(network.score(), step.score);
    if (near === undefined) continue;
    expect([network.getIterationCount(), network.getEpochCount()]).toEqual([step.iterationCount, step.epochCount]);
    near.array(network.params(), step.params, 'training');
  }
  if (near === undefined) return;
  const state = network.getUpdater().getStateViewArray();
  if (golden.updaterState === undefined) expect(state).toBeNull();
  else near.array(state as INDArray, golden.updaterState, 'training');
  if (golden.outputAfter === undefined) return;
  seed(golden, 'output');
  near.array(network.output(arrayOf(golden.input), false, masksOf(golden)[0]), golden.outputAfter, 'training');
}

const files = goldenFiles('networks').map((file) => [file.name, file.read() as GoldenNetwork] as const);
const cases = files.filter(([, golden]) => golden.config !== undefined);

describe.runIf(cases.length > 0)('networks compute what DL4J computes', () => {
  afterAll(() => {
    defaultTypes.floating = FLOAT;
  });
  for (const [name, golden] of cases) {
    const missing = missingFeature(golden);
    if (missing !== undefined) {
      test.skip(`${name}: ${missing} is not built yet`, () => undefined);
      continue;
    }
    const near = nearFor(golden);
    for (const aspect of aspects.filter(({ has }) => has(golden))) {
      const difference = differenceOf('networks', `${name}/${aspect.name}`);
      const check = async (): Promise<void> => {
        defaultTypes.floating = dataTypeInfo(golden.dataType);
        await aspect.check(golden, near);
      };
      if (difference === undefined) test(`${name}: ${aspect.name}`, check);
      else test(`${name}: ${aspect.name} differs: ${difference}`, () => expect(check()).rejects.toThrow());
    }
  }
});
