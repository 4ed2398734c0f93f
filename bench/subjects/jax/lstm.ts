import { grad, nn, numpy as np } from '@jax-js/jax';
import type { Maker } from '../../harness/subject.ts';
import { array, type JaxArray, jitted } from './jitted.ts';

/** The steps written out one after the other, under one jit. The gradient includes the forward pass. */
export const lstm: Maker<'lstm'> = ({ pass, time, batch, features, units }, inputs) => {
  const layer = (x: JaxArray, w: JaxArray, r: JaxArray, b: JaxArray): JaxArray => {
    const steps = np.split(x, time);
    const outputs: JaxArray[] = [];
    let c: JaxArray = np.zeros([batch, units]);
    let h: JaxArray = np.zeros([batch, units]);
    for (const step of steps) {
      const product = np.matmul(step.reshape([batch, features]), w.ref).add(np.matmul(h, r.ref));
      const [i, f, g, o] = np.split(product.add(b.ref), 4, 1) as [JaxArray, JaxArray, JaxArray, JaxArray];
      c = nn
        .sigmoid(f)
        .mul(c)
        .add(nn.sigmoid(i).mul(np.tanh(g)));
      h = nn.sigmoid(o).mul(np.tanh(c.ref));
      outputs.push(h.ref);
    }
    for (const each of [w, r, b, c, h]) each.dispose();
    return np.stack(outputs);
  };
  const operands = [
    array(inputs.x as Float32Array, [time, batch, features]),
    array(inputs.w as Float32Array, [features, 4 * units]),
    array(inputs.r as Float32Array, [units, 4 * units]),
    array(inputs.b as Float32Array, [4 * units]),
  ];
  if (pass === 'forward') return jitted(layer as never, operands);
  const weighted = (x: JaxArray, w: JaxArray, r: JaxArray, b: JaxArray, g: JaxArray): JaxArray =>
    np.sum(layer(x, w, r, b).mul(g));
  return jitted(grad(weighted) as never, [...operands, array(inputs.g as Float32Array, [time, batch, units])]);
};
