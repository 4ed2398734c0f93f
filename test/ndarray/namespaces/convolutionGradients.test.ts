import { expect, test } from 'vitest';
import type { ConvolutionSettings } from '../../../src/ndarray/namespaces/convolutionConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';

type Settings = Record<string, unknown>;
type Forward = (...args: unknown[]) => INDArray;
type Backward = (...args: unknown[]) => INDArray[];

let state = 12345;
function draw(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function random(...shape: number[]): INDArray {
  const length = shape.reduce((product, size) => product * size, 1);
  return Nd4j.createFromArray(Array.from({ length }, () => draw(2001) / 1000 - 1))
    .castTo('DOUBLE')
    .reshape(...shape);
}

/** Central differences of ⟨forward(arrays), g⟩ for every element of every array, against what backward says. */
function checkGradients(
  name: string,
  forward: (arrays: INDArray[]) => INDArray,
  backward: (g: INDArray) => INDArray[],
  arrays: INDArray[],
): void {
  const g = random(...forward(arrays).shape());
  const loss = (): number => forward(arrays).mul(g).sumNumber();
  const gradients = backward(g);
  expect(gradients.length, name).toBe(arrays.length);
  for (const [at, array] of arrays.entries()) {
    const gradient = gradients[at] as INDArray;
    expect(gradient.shape(), `${name}, gradient ${at}`).toEqual(array.shape());
    const [flat, own] = [array.reshape(array.length()), gradient.reshape(gradient.length())];
    for (let i = 0; i < flat.length(); i++) {
      const before = flat.getDouble(i);
      flat.putScalar(i, before + 0.5);
      const up = loss();
      flat.putScalar(i, before - 0.5);
      const down = loss();
      flat.putScalar(i, before);
      // The loss is linear in every single element: differences are exact but for rounding.
      expect(Math.abs(own.getDouble(i) - (up - down)), `${name}, gradient ${at}, element ${i}`).toBeLessThan(1e-10);
    }
  }
}

const FORMATS = [
  ['NCW', 'NWC'],
  ['NCHW', 'NHWC'],
  ['NCDHW', 'NDHWC'],
];
const LETTERS = [[''], ['H', 'W'], ['D', 'H', 'W']];

/** A window of random strides, dilations, padding and mode over `rank` dimensions. */
function randomSettings(rank: number): { settings: Settings; kernel: number[]; isLast: boolean } {
  const isLast = draw(2) === 1;
  const settings: Settings = { dataFormat: FORMATS[rank - 1]?.[isLast ? 1 : 0] };
  for (const letter of LETTERS[rank - 1] ?? []) {
    settings[`s${letter}`] = 1 + draw(3);
    settings[`d${letter}`] = 1 + draw(2);
    settings[`p${letter}`] = draw(2);
  }
  return { settings, kernel: Array.from({ length: rank }, () => 1 + draw(3)), isLast };
}

const arranged = (n: number, c: number, places: number[], isLast: boolean): number[] =>
  isLast ? [n, ...places, c] : [n, c, ...places];

const cnn = Nd4j.cnn() as unknown as Record<string, Forward & Backward>;

function checkRandom(name: string, rank: number, run: number): void {
  const { settings, kernel, isLast } = randomSettings(rank);
  const places = Array.from({ length: rank }, () => 5 + draw(3));
  if (rank === 3) places.fill(5);
  const [channels, outputs] = [1 + draw(2), 1 + draw(3)];
  if (name.startsWith('deconv')) settings.isSameMode = draw(2) === 1;
  else settings.paddingMode = ['VALID', 'SAME', rank === 3 ? 'SAME' : 'CAUSAL'][draw(3)] as ConvolutionSettings['mode'];
  if (rank === 3 && !name.startsWith('deconv')) kernel.fill(2);
  const small = name.startsWith('deconv') ? places.map((size) => size - 3) : places;
  const x = random(...arranged(1 + draw(2), channels, small, isLast));
  const weights: Record<string, INDArray[]> = {
    depthWiseConv2d: [random(...kernel, channels, 2)],
    separableConv2d: [random(...kernel, channels, 2), random(1, 1, 2 * channels, outputs)],
  };
  const isDeconvolution = name.startsWith('deconv');
  const own = weights[name] ?? [random(...kernel, ...(isDeconvolution ? [outputs, channels] : [channels, outputs]))];
  const bias = run % 2 === 0 ? [random(name === 'depthWiseConv2d' ? 2 * channels : outputs)] : [];
  const arrays = [x, ...own, ...bias];
  checkGradients(
    `${name} ${JSON.stringify(settings)} kernel ${kernel} input ${x.shape()}`,
    (all) => (cnn[name] as Forward).call(cnn, ...all, settings),
    (g) => (cnn[`${name}Bp`] as Backward).call(cnn, ...arrays, g, settings),
    arrays,
  );
}

test.each([
  ['conv1d', 1],
  ['conv2d', 2],
  ['conv3d', 3],
  ['deconv2d', 2],
  ['deconv3d', 3],
  ['depthWiseConv2d', 2],
  ['separableConv2d', 2],
] as const)(
  '%sBp() gives the central differences for random shapes and configurations, with and without bias',
  (name, rank) => {
    for (let run = 0; run < 6; run++) checkRandom(name, rank, run);
  },
);

test('col2Im() is the adjoint of im2Col(): ⟨im2Col(x), y⟩ = ⟨x, col2Im(y)⟩', () => {
  for (let run = 0; run < 10; run++) {
    const { settings, kernel } = randomSettings(2);
    const x = random(2, 2, 7, 6);
    const shared = { ...settings, dataFormat: 'NCHW', paddingMode: ['VALID', 'SAME', 'CAUSAL'][draw(3)] };
    const columns = Nd4j.cnn().im2Col(x, { ...shared, kH: kernel[0], kW: kernel[1] } as never);
    const y = random(...columns.shape());
    const back = Nd4j.cnn().col2Im(y, { ...shared, kH: 7, kW: 6 } as never);
    expect(columns.mul(y).sumNumber()).toBeCloseTo(back.mul(x).sumNumber(), 9);
  }
});
