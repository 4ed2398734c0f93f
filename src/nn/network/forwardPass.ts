// The walk down the plan.
//
//   kept      every array stays until the backward pass, or is returned: in one workspace, or on the heap
//   inferred  only the last one stays: step i writes into its slot (in a line 0, 1, 0, 1, …), and the slot of step i − 1 closes
//             as soon as step i is done

import { ND4JIllegalStateException } from '../../core/errors.ts';
import { scope } from '../../memory/currentWorkspace.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import { unwindScopes } from '../../memory/scopeWatch.ts';
import { profiler, verified } from '../../ndarray/execution/profiler.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import type { ArrayType } from '../workspace/arrayType.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import type { GraphPlan, PlanStep } from './graphPlan.ts';
import type { NetworkMemory } from './networkMemory.ts';

/** The arrays of one pass: network inputs first, then the output of each step. */
export type Values = (INDArray | null)[];

/** Values before the first step has run. */
export function startValues(plan: GraphPlan, inputs: readonly INDArray[]): Values {
  const values: Values = [...inputs];
  for (let index = 0; index < plan.steps.length; index++) values.push(null);
  return values;
}

/** Computes steps 0 to `last` and keeps all arrays where `manager` says. */
export function forwardKept(
  plan: GraphPlan,
  memory: NetworkMemory,
  manager: LayerWorkspaceMgr,
  values: Values,
  training: boolean,
  last: number,
): void {
  const operation = training ? 'Feed forward to layer (training)' : 'Feed forward to layer (inference)';
  for (let index = 0; index <= last; index++) {
    const step = plan.steps[index] as PlanStep;
    const work = memory.openWork();
    try {
      values[plan.inputCount + index] = forwardStep(plan, step, values, training, manager, operation);
    } finally {
      work?.close();
    }
  }
}

/** Computes steps 0 to `last` and keeps the output of the last, detached or in `target`. The vertices keep nothing. */
export function forwardInferred(
  plan: GraphPlan,
  memory: NetworkMemory,
  values: Values,
  training: boolean,
  last: number,
  target: MemoryWorkspace | null,
): INDArray {
  const initial = scope.current;
  const mark = scope.entries.length;
  const slots: (MemoryWorkspace | null)[] = [];
  try {
    const all = memory.isSingle ? memory.openActivations() : null;
    for (let index = 0; index <= last; index++) {
      const step = plan.steps[index] as PlanStep;
      const manager =
        index < last ? memory.inference(step.slot, index === 0) : memory.lastInference(step.slot, index === 0, target);
      if (index === 0) manager.letStay(values.slice(0, plan.inputCount) as INDArray[]);
      const work = memory.openWork();
      const slot = memory.openSlot(step.slot);
      work?.setPreviousWorkspace(initial);
      slot?.setPreviousWorkspace(initial);
      slots[index] = slot;
      values[plan.inputCount + index] = forwardStep(
        plan,
        step,
        values,
        training,
        manager,
        'Output of layer (inference)',
      );
      step.vertex.clear();
      for (const done of step.closes) closeSlot(slots, done);
      work?.close();
    }
    for (let index = 0; index <= last; index++) closeSlot(slots, index);
    all?.close();
  } catch (error) {
    for (let index = 0; index <= last; index++) (plan.steps[index] as PlanStep).vertex.clear();
    unwindScopes(mark);
    throw error;
  }
  return values[plan.inputCount + last] as INDArray;
}

function closeSlot(slots: (MemoryWorkspace | null)[], index: number): void {
  slots[index]?.close();
  slots[index] = null;
}

function forwardStep(
  plan: GraphPlan,
  step: PlanStep,
  values: Values,
  training: boolean,
  manager: LayerWorkspaceMgr,
  operation: string,
): INDArray {
  const output = step.vertex.forward(inputsOf(step, values), training, manager);
  return checkPlace(plan, step, operation, 'ACTIVATIONS', output, manager);
}

/** The arrays a step reads. */
export function inputsOf(step: PlanStep, values: Values): INDArray[] {
  return step.inputs.map((value) => values[value] as INDArray);
}

/**
 * Refuses an array that a layer made in the wrong workspace, or with NaN or infinities while the profiler watches for them.
 * @throws {ND4JIllegalStateException} naming the layer. @throws {ND4JOpProfilerException}
 */
export function checkPlace(
  plan: GraphPlan,
  step: PlanStep,
  operation: string,
  type: ArrayType,
  array: INDArray,
  manager: LayerWorkspaceMgr,
): INDArray {
  if (profiler.panics) verified(`${operation} ${step.vertex.name}`, array);
  try {
    return manager.validateArrayLocation(type, array, false, plan.isLine);
  } catch (cause) {
    const { name, layer } = step.vertex;
    const kind = layer?.conf.simpleName ?? 'vertex';
    const place = plan.isLine
      ? `layer ${step.index} - layer name "${name}" - class: ${kind}`
      : `vertex ${name} - class: ${kind}`;
    const error = cause instanceof Error ? cause.message : String(cause);
    throw new ND4JIllegalStateException(
      `${operation}: array (${type}) workspace validation failed (${place}) - array is defined in incorrect workspace\n${error}`,
      { cause },
    );
  }
}
