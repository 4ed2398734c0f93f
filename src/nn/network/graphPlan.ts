// The order in which a network computes, and how long each array must live: worked out once, when the network is built.
// Pure data about a graph. A MultiLayerNetwork is a graph whose vertices form a line.

import type { Vertex } from '../vertices/vertex.ts';

/** A vertex with the numbers of what it reads: value v < inputs is a network input, value inputs + s the output of step s. */
export interface PlannedVertex {
  readonly vertex: Vertex;
  readonly inputs: readonly number[];
}

/** Which of the alternating workspaces a step uses, by step index. */
export type SlotRule = (step: number) => number;

/** One vertex in its turn. */
export interface PlanStep {
  readonly index: number;
  readonly vertex: Vertex;
  /** Values read, in the vertex's order. */
  readonly inputs: readonly number[];
  /** Steps that read the output. */
  readonly consumers: readonly number[];
  /** The workspace (by number) for the output in inference. */
  readonly slot: number;
  /** Steps whose outputs nobody needs after this step has run: their slots close. */
  readonly closes: readonly number[];
  /** The workspace (by number) for the gradients this step hands back. */
  readonly gradientSlot: number;
  /** Steps whose gradients have all been used after this step has run backward. */
  readonly gradientCloses: readonly number[];
  /** True when a step below has parameters, so that the gradient must go further down. */
  readonly needsGradient: boolean;
}

/** Steps in topological order. */
export class GraphPlan {
  readonly steps: readonly PlanStep[];
  /** A MultiLayerNetwork: every step reads the one before it. */
  readonly isLine: boolean;

  /**
   * @param vertices in topological order
   * @param inputCount network inputs
   * @param outputs steps that are outputs of the network: their arrays stay
   * @param slotRule fixed workspaces per step; without it as few as the graph permits
   */
  constructor(
    vertices: readonly PlannedVertex[],
    readonly inputCount: number,
    readonly outputs: readonly number[],
    slotRule?: SlotRule,
  ) {
    this.isLine = slotRule !== undefined;
    const consumers = vertices.map((_, step) =>
      vertices.flatMap(({ inputs }, index) => (inputs.includes(inputCount + step) ? [index] : [])),
    );
    const lastUse = consumers.map((steps, step) => (outputs.includes(step) ? -1 : Math.max(step, ...steps)));
    const firstProducer = vertices.map(({ inputs }) =>
      Math.min(...inputs.map((value) => value - inputCount).filter((step) => step >= 0)),
    );
    const closes = vertices.map((_, step) => lastUse.flatMap((last, index) => (last === step ? [index] : [])));
    const gradientCloses = vertices.map((_, step) =>
      firstProducer.flatMap((first, index) => (first === step ? [index] : [])),
    );
    const order = vertices.map((_, step) => step);
    const slots = slotRule === undefined ? assignSlots(order, closes) : order.map(slotRule);
    const gradientSlots =
      slotRule === undefined ? assignSlots(order.toReversed(), gradientCloses) : order.map(slotRule);
    const needs = gradientNeeds(vertices, inputCount);
    this.steps = vertices.map(({ vertex, inputs }, index) => ({
      index,
      vertex,
      inputs,
      consumers: consumers[index] as number[],
      slot: slots[index] as number,
      closes: closes[index] as number[],
      gradientSlot: gradientSlots[index] as number,
      gradientCloses: gradientCloses[index] as number[],
      needsGradient: needs[index] as boolean,
    }));
  }

  /** How many alternating workspaces inference or backpropagation uses at most. */
  get slotCount(): number {
    return 1 + Math.max(-1, ...this.steps.map(({ slot, gradientSlot }) => Math.max(slot, gradientSlot)));
  }
}

/** The fewest workspaces: each step takes a free one, and gives it back where `closes` says so. */
function assignSlots(order: readonly number[], closes: readonly (readonly number[])[]): number[] {
  const free: number[] = [];
  const slots: number[] = [];
  let count = 0;
  for (const step of order) {
    slots[step] = free.pop() ?? count++;
    for (const done of closes[step] as readonly number[]) free.push(slots[done] as number);
  }
  return slots;
}

function gradientNeeds(vertices: readonly PlannedVertex[], inputCount: number): boolean[] {
  /** Whether the output of a step depends on a parameter of it or of a step below. */
  const depends: boolean[] = [];
  return vertices.map(({ vertex, inputs }, step) => {
    const below = inputs.some((value) => value >= inputCount && depends[value - inputCount] === true);
    depends[step] = below || (vertex.layer !== null && vertex.layer.conf.parameterKeys.all.length > 0);
    return below;
  });
}
