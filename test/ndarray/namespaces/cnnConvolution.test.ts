import { expect, test } from 'vitest';
import { heapUse } from '../../../src/memory/heap.ts';
import { Conv2DConfig, DeConv2DConfig } from '../../../src/ndarray/namespaces/convolutionConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';

const cnn = Nd4j.cnn();

test('conv2d() of the formats NCHW and NHWC and of all formats of the weights gives one result', () => {
  const x = Nd4j.rand(2, 3, 6, 7);
  const w = Nd4j.rand(2, 3, 3, 4);
  const bias = Nd4j.rand(1, 4);
  const expected = cnn.conv2d(x, w, bias, Conv2DConfig.builder().kH(2).kW(3).sW(2).build());
  expect(expected.shape()).toEqual([2, 4, 5, 3]);
  const nhwc = cnn.conv2d(x.permute(0, 2, 3, 1), w, bias, { sW: 2, dataFormat: 'NHWC' });
  expect(nhwc.permute(0, 3, 1, 2).equals(expected)).toBe(true);
  const oiyx = w.permute(3, 2, 0, 1);
  expect(cnn.conv2d(x, oiyx, bias, { sW: 2, weightsFormat: 'OIYX' }).equals(expected)).toBe(true);
  const oyxi = w.permute(3, 0, 1, 2).dup();
  expect(cnn.conv2d(x, oyxi, bias, { sW: 2, weightsFormat: 'OYXI' }).equals(expected)).toBe(true);
  expect(
    cnn
      .conv2d(x, w, null, { sW: 2 })
      .addi(bias.reshape(1, 4, 1, 1))
      .equals(expected),
  ).toBe(true);
});

test('a convolution of HALF gives HALF', () => {
  const out = cnn.conv2d(Nd4j.ones(1, 1, 3, 3).castTo('HALF'), Nd4j.ones(2, 2, 1, 1).castTo('HALF'), {});
  expect([out.dataType(), out.sumNumber()]).toEqual(['HALF', 16]);
});

const made = new Map<string, INDArray>();
/** The same array for the same shape, so that a refused call makes none. */
function ones(...shape: number[]): INDArray {
  const key = String(shape);
  const array = made.get(key) ?? Nd4j.ones(...shape);
  made.set(key, array);
  return array;
}

const x = ones(1, 2, 5, 5);
const w = ones(3, 2, 2, 3);
const [double, integer] = [w.castTo('DOUBLE'), x.castTo('INT')];
const REFUSED: readonly (readonly [string, () => unknown, RegExp])[] = [
  [
    'channels that do not fit',
    () => cnn.conv2d(ones(1, 3, 5, 5), w, {}),
    /expected is \[3, 3, 3, 2\], but got \[3, 2, 3, 2\]/,
  ],
  ['another rank of the input', () => cnn.conv2d(ones(2, 5, 5), w, {}), /rank of input must be equal to 4, but got 3/],
  [
    'another rank of the weights',
    () => cnn.conv1d(ones(1, 2, 5), w, {}),
    /rank of weights must be equal to 3, but got 4/,
  ],
  ['a stride of 0', () => cnn.conv2d(x, w, { sH: 0 }), /Stride height can not be negative or 0, got: 0/],
  ['a stride of 1.5', () => cnn.conv2d(x, w, { sH: 1.5 }), /got: 1.5; needed is a whole number/],
  ['a dilation of −1', () => cnn.conv2d(x, w, { dW: -1 }), /Dilation width can not be negative or 0, got: -1/],
  [
    'a padding of −1',
    () => cnn.conv3d(ones(1, 2, 2, 2, 1), ones(1, 1, 1, 1, 1), { pD: -1 }),
    /Padding depth can not be negative/,
  ],
  ['a kernel of 0', () => cnn.deconv2d(x, ones(3, 2, 3, 2), { kH: 0 }), /Kernel height can not be 0/],
  [
    'a kernel that is not that of the weights',
    () => cnn.conv2d(x, w, { kH: 2, kW: 2 }),
    /kernel of \[2, 2\], the weights one of \[3, 2\]/,
  ],
  [
    'a kernel that does not fit',
    () => cnn.conv2d(x, w, { dH: 3 }),
    /covers \[7, 2\] with its dilation does not fit an input of \[5, 5\]/,
  ],
  [
    'padding that leaves no output',
    () => cnn.deconv2d(ones(1, 2, 1, 1), ones(2, 2, 3, 2), { pH: 1 }),
    /leaves an output of \[0, 2\]/,
  ],
  [
    'a bias of another length',
    () => cnn.conv2d(x, w, ones(2), {}),
    /wrong shape of bias, needed is rank ≤ 2 and length 3/,
  ],
  [
    'a gradient of another shape',
    () => cnn.conv2dBp(x, w, ones(1, 3, 4, 4), {}),
    /wrong shape of gradient, expected is \[1, 3, 3, 4\]/,
  ],
  ['two types', () => cnn.conv2d(x, double, {}), /types FLOAT and DOUBLE/],
  ['integers', () => cnn.conv2d(integer, integer, {}), /must be one of floating types/],
  [
    'another data format',
    () => cnn.conv2d(x, w, { dataFormat: 'NCW' as never }),
    /dataFormat "NCW": needed is one of NCHW, NHWC/,
  ],
  [
    'CAUSAL in three dimensions',
    () => cnn.conv3d(ones(1, 2, 2, 2, 1), ones(1, 1, 1, 1, 1), { paddingMode: 'CAUSAL' }),
    /CAUSAL is for one and two dimensions/,
  ],
  ['a builder', () => cnn.deconv2d(x, w, DeConv2DConfig.builder() as never), /needed is what its build\(\) returns/],
  ['no configuration', () => cnn.conv2d(x, w, undefined as never), /needed is an object of options/],
  ['an unknown option', () => cnn.conv2d(x, w, { stride: 2 } as never), /unknown option "stride"/],
  ['isSameMode beside paddingMode', () => cnn.deconv2d(x, w, { paddingMode: 'SAME' } as never), /paddingMode/],
  ['no weights', () => cnn.conv2d(x, null as never, {}), /weights null: needed is an array of rank 4/],
  ['pointwise weights of other channels', () => cnn.separableConv2d(x, w, ones(1, 1, 5, 2), {}), /pointwise weights/],
  ['patches without a kernel', () => cnn.im2Col(x, {}), /kH and kW must be given/],
  ['patches of another image', () => cnn.col2Im(ones(1, 1, 2, 2, 3, 3), { kH: 9, kW: 4 }), /it has \[8, 3\] places/],
];

test.each(REFUSED)('%s: refused with what was found and needed, and no memory is kept', (_, call, message) => {
  expect(call).toThrow(message);
  const before = heapUse.bytes;
  expect(call).toThrow(message);
  expect(heapUse.bytes).toBe(before);
});

test('arrays of a workspace stay in it, temporaries go', () => {
  const manager = Nd4j.getWorkspaceManager();
  const result = (() => {
    using _ = manager.getAndActivateWorkspace({ initialSize: 1 << 20 } as never, 'CONVOLUTIONS');
    const out = cnn.separableConv2d(x, w, Nd4j.ones(1, 1, 6, 2), {});
    expect(out.isAttached()).toBe(true);
    return out.detach();
  })();
  expect(result.sumNumber()).toBe(2 * 12 * 6 * 6);
  manager.destroyAllWorkspacesForCurrentThread();
});
