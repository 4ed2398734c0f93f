import * as jax from '@jax-js/jax';
import type { Maker, Prepared } from '../../harness/subject.ts';
import { CHECKED_STEPS, HIDDEN, INPUTS, OUTPUTS, PARAMETERS, RATE } from '../../tasks/mlp.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import { array, type JaxArray, jitted } from './jitted.ts';

const { numpy: np, nn, tree } = jax;
const SHAPES = [[INPUTS, HIDDEN], [HIDDEN], [HIDDEN, OUTPUTS], [OUTPUTS]] as const;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

const parametersOf = (inputs: Inputs): JaxArray[] =>
  PARAMETERS.map((name, i) => array(inputs[name] as Float32Array, SHAPES[i] as readonly number[]));

function logits([w0, b0, w1, b1]: JaxArray[], x: JaxArray): JaxArray {
  const hidden = nn.relu(np.matmul(x, w0 as JaxArray).add(b0 as JaxArray));
  return np.matmul(hidden, w1 as JaxArray).add(b1 as JaxArray);
}

export const mlp: Maker<'mlp'> = ({ operation, batch }, inputs) => {
  const x = array(inputs.features as Float32Array, [batch, INPUTS]);
  if (operation === 'output') {
    return jitted((features, ...parameters) => nn.softmax(logits(parameters, features)), [x, ...parametersOf(inputs)]);
  }
  return training(x, array(inputs.labels as Float32Array, [batch, OUTPUTS]), batch, inputs);
};

/** The step of Adam written out in the same jitted function as loss and gradients; `rate` carries the bias corrections. */
function training(x: JaxArray, y: JaxArray, batch: number, inputs: Inputs): Prepared {
  const loss = (parameters: JaxArray[], features: JaxArray, labels: JaxArray): JaxArray =>
    np.sum(nn.logSoftmax(logits(parameters, features)).mul(labels)).mul(-1 / batch);
  const withGradients = jax.valueAndGrad(loss);
  const step = jax.jit(
    (p: JaxArray[], m: JaxArray[], v: JaxArray[], rate: JaxArray, features: JaxArray, labels: JaxArray) => {
      const [value, gradients] = withGradients(tree.ref(p), features, labels) as unknown as [JaxArray, JaxArray[]];
      const moments = m.map((each, i) => each.mul(BETA1).add((gradients[i] as JaxArray).ref.mul(1 - BETA1)));
      const squares = v.map((each, i) => each.mul(BETA2).add(np.square(gradients[i] as JaxArray).mul(1 - BETA2)));
      const next = p.map((each, i) => {
        const root = np.sqrt((squares[i] as JaxArray).ref).add(EPSILON);
        return each.sub((moments[i] as JaxArray).ref.mul(rate.ref).div(root));
      });
      rate.dispose();
      return [next, moments, squares, value] as [JaxArray[], JaxArray[], JaxArray[], JaxArray];
    },
  );
  const start = (): State => {
    const zeros = (): JaxArray[] => SHAPES.map((shape) => np.zeros([...shape]));
    return { p: parametersOf(inputs), m: zeros(), v: zeros(), t: 0 };
  };
  async function advance(state: State): Promise<JaxArray> {
    state.t++;
    const rate = np.array((RATE * Math.sqrt(1 - BETA2 ** state.t)) / (1 - BETA1 ** state.t));
    const [p, m, v, value] = step(state.p, state.m, state.v, rate, x.ref, y.ref);
    await jax.blockUntilReady([p, m, v, value]);
    Object.assign(state, { p, m, v });
    return value;
  }
  const state = start();
  return {
    run: async () => (await advance(state)).dispose(),
    result: async () => {
      const fresh = start();
      const losses: number[] = [];
      while (losses.length < CHECKED_STEPS) losses.push((await advance(fresh)).dataSync()[0] as number);
      return losses;
    },
  };
}

interface State {
  p: JaxArray[];
  m: JaxArray[];
  v: JaxArray[];
  t: number;
}
