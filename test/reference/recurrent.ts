// Steps of recurrent layers, plainly, in float64.

export interface CellInput {
  /** [rows][4 · units], blocks in the order of `order`: input gate, forget gate, candidate, output gate. */
  readonly z: readonly number[];
  readonly previous: readonly number[];
  readonly rows: number;
  readonly units: number;
  readonly order: readonly number[];
  /** [3 · units] of input, forget and output gate. */
  readonly peepholes?: readonly number[];
  readonly clip?: number;
}

export interface CellOutput {
  readonly gates: number[];
  readonly c: number[];
  readonly h: number[];
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What a step makes of its pre-activations and the state before. */
export function lstmCell({ z, previous, rows, units, order, peepholes, clip = Infinity }: CellInput): CellOutput {
  const gates = [...z];
  const c: number[] = [];
  const h: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let u = 0; u < units; u++) {
      const at = (gate: number): number => row * 4 * units + (order[gate] as number) * units + u;
      const of = (gate: number): number => z[at(gate)] as number;
      /** What a gate sees of a state. */
      const seen = (gate: number, state: number): number =>
        peepholes === undefined ? 0 : (peepholes[gate * units + u] as number) * state;
      const before = previous[row * units + u] as number;
      const i = sigmoid(of(0) + seen(0, before));
      const f = sigmoid(of(1) + seen(1, before));
      const g = Math.tanh(of(2));
      const state = Math.min(Math.max(f * before + i * g, -clip), clip);
      const o = sigmoid(of(3) + seen(2, state));
      [i, f, g, o].forEach((value, gate) => {
        gates[at(gate)] = value;
      });
      c.push(state);
      h.push(o * Math.tanh(state));
    }
  }
  return { gates, c, h };
}
