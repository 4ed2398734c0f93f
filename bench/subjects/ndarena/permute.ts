import { Nd4j } from 'ndarena';
import type { Maker } from '../../harness/subject.ts';
import { inWorkspace } from './workspace.ts';

export const permute: Maker<'permute'> = ({ shape, order }, inputs) => {
  const x = Nd4j.create(inputs.x as Float32Array, [...shape]);
  return inWorkspace(() => x.permute(...order).dup('c'), [x]);
};
