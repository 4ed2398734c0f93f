// The walk up the plan: gradients of the parameters go to their views, those of the arrays from step to step.
// Where an array was read by several steps, its gradients add.

import { scope } from '../../memory/currentWorkspace.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import { unwindScopes } from '../../memory/scopeWatch.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { checkPlace } from './forwardPass.ts';
import type { GraphPlan, PlanStep } from './graphPlan.ts';
import type { NetworkMemory } from './networkMemory.ts';

/** Gradients that wait for the step whose output they belong to, and those of the network inputs. */
type Pending = (INDArray[] | undefined)[];

/**
 * Backpropagates from the last step to the first.
 * @param epsilons gradients of outputs that are no output layers, by step; empty when output layers start the pass
 * @returns gradients with respect to the network inputs, detached, when `wantsInputs`
 */
export function backward(
  plan: GraphPlan,
  memory: NetworkMemory,
  epsilons: ReadonlyMap<number, INDArray>,
  wantsInputs: boolean,
): (INDArray | null)[] {
  const initial = scope.current;
  const mark = scope.entries.length;
  const pending: Pending = [];
  for (const [step, epsilon] of epsilons) pending[plan.inputCount + step] = [epsilon];
  const slots: (MemoryWorkspace | null)[] = [];
  try {
    for (let index = plan.steps.length - 1; index >= 0; index--) {
      const step = plan.steps[index] as PlanStep;
      const slot = memory.openSlot(step.gradientSlot);
      const work = memory.openWork();
      slot?.setPreviousWorkspace(initial);
      work?.setPreviousWorkspace(initial);
      slots[index] = slot;
      backwardStep(plan, step, pending, memory.backward(step.gradientSlot), wantsInputs);
      for (const done of step.gradientCloses) closeSlot(slots, done);
      work?.close();
    }
    for (let index = 0; index < plan.steps.length; index++) closeSlot(slots, index);
  } catch (error) {
    unwindScopes(mark);
    throw error;
  }
  return Array.from({ length: plan.inputCount }, (_, input) => pending[input]?.[0] ?? null);
}

function closeSlot(slots: (MemoryWorkspace | null)[], index: number): void {
  slots[index]?.close();
  slots[index] = null;
}

function backwardStep(
  plan: GraphPlan,
  step: PlanStep,
  pending: Pending,
  manager: LayerWorkspaceMgr,
  wantsInputs: boolean,
): void {
  const value = plan.inputCount + step.index;
  const epsilon = sum(pending[value], manager);
  pending[value] = undefined;
  const isOutputLayer = step.vertex.layer?.isOutputLayer === true;
  if (epsilon === null && !isOutputLayer) return;
  const gradients = step.vertex.backward(epsilon, step.needsGradient || wantsInputs, manager);
  for (let index = 0; index < step.inputs.length; index++) {
    const input = step.inputs[index] as number;
    let gradient = gradients[index] ?? null;
    if (gradient === null) continue;
    gradient = checkPlace(plan, step, 'Backprop', 'ACTIVATION_GRAD', gradient, manager);
    // Detached ones are freed with the other arrays of the pass.
    if (input < plan.inputCount) gradient = gradient.isAttached() ? gradient.detach() : gradient.dup();
    const waiting = pending[input];
    if (waiting === undefined) pending[input] = [gradient];
    else waiting.push(gradient);
  }
}

/** The sum of gradients that met at one array; a new array when there are several, for vertices may share theirs. */
function sum(waiting: readonly INDArray[] | undefined, manager: LayerWorkspaceMgr): INDArray | null {
  if (waiting === undefined) return null;
  const [first, second, ...others] = waiting;
  if (first === undefined || second === undefined) return first ?? null;
  const total = manager.allocate('BP_WORKING_MEM', first.info, first.geometry, false);
  binary(Binary.ADD, total, first, second);
  for (const other of others) binary(Binary.ADD, total, total, other);
  return total;
}
