import { expect, test } from 'vitest';
import { Conv2DConfig } from '../../../src/ndarray/namespaces/convolutionConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';

test('conv2d() of the formats NCHW and NHWC and of all formats of the weights gives one result', () => {
  const x = Nd4j.rand(2, 3, 6, 7);
  const w = Nd4j.rand(2, 3, 3, 4);
  const bias = Nd4j.rand(1, 4);
  const expected = Nd4j.cnn().conv2d(x, w, bias, Conv2DConfig.builder().kH(2).kW(3).sW(2).build());
  expect(expected.shape()).toEqual([2, 4, 5, 3]);
  const nhwc = Nd4j.cnn().conv2d(x.permute(0, 2, 3, 1), w, bias, { sW: 2, dataFormat: 'NHWC' });
  expect(nhwc.permute(0, 3, 1, 2).equals(expected)).toBe(true);
  const oiyx = w.permute(3, 2, 0, 1);
  expect(Nd4j.cnn().conv2d(x, oiyx, bias, { sW: 2, weightsFormat: 'OIYX' }).equals(expected)).toBe(true);
  const oyxi = w.permute(3, 0, 1, 2).dup();
  expect(Nd4j.cnn().conv2d(x, oyxi, bias, { sW: 2, weightsFormat: 'OYXI' }).equals(expected)).toBe(true);
  expect(
    Nd4j.cnn()
      .conv2d(x, w, null, { sW: 2 })
      .addi(bias.reshape(1, 4, 1, 1))
      .equals(expected),
  ).toBe(true);
});
