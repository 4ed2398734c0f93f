// The table that `summary()` prints, as DL4J lays it out.

import type { InputType } from '../conf/inputType.ts';
import type { MultiLayerConfiguration } from '../conf/multiLayerConfiguration.ts';
import type { Layer } from '../layers/layer.ts';

const GAP = 3;

/** @param inputType adds the columns of shapes */
export function summaryOf(
  layers: readonly Layer[],
  conf: MultiLayerConfiguration,
  inputType: InputType | null,
): string {
  const header = ['LayerName (LayerType)', 'nIn,nOut', 'TotalParams', 'ParamsShape'];
  if (inputType !== null) header.push('InputShape', 'OutputShape');
  const shapes = inputType === null ? [] : shapesOf(layers, conf, inputType);
  const rows = layers.map((layer, index) => [...rowOf(layer), ...(shapes[index] ?? [])]);
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? title).length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd((widths[column] as number) + (column < cells.length - 1 ? GAP : 0)))
      .join('');
  const width = line(header).length;
  const total = layers.reduce((sum, layer) => sum + layer.numParams(), 0);
  const frozen = layers.reduce((sum, layer) => sum + (layer.isFrozen ? layer.numParams() : 0), 0);
  return [
    '',
    '='.repeat(width),
    line(header),
    '='.repeat(width),
    ...rows.map(line),
    '-'.repeat(width),
    count('Total Parameters: ', total),
    count('Trainable Parameters: ', total - frozen),
    count('Frozen Parameters: ', frozen),
    '='.repeat(width),
    '',
  ].join('\n');
}

function count(label: string, value: number): string {
  return `${label.padStart(30)} ${value.toLocaleString('en-US')}`;
}

function rowOf(layer: Layer): string[] {
  const name = `${layer.name} (${layer.isFrozen ? 'Frozen ' : ''}${layer.conf.simpleName})`;
  if (layer.numParams() === 0) return [name, '-,-', '0', '-'];
  const shapes = [...layer.paramTable()].map(([key, view]) => `${key}:{${view.shape().join(',')}}`);
  const { nIn, nOut } = layer.conf as { nIn?: number; nOut?: number };
  return [name, `${nIn ?? '-'},${nOut ?? '-'}`, layer.numParams().toLocaleString('en-US'), shapes.join(', ')];
}

/** Input and output of every layer; `before-->behind` where a preprocessor changes the input. */
function shapesOf(layers: readonly Layer[], conf: MultiLayerConfiguration, inputType: InputType): string[][] {
  let current = inputType;
  return layers.map(({ conf: layer, index }) => {
    const changed = conf.getInputPreProcess(index)?.getOutputType(current);
    const input = changed === undefined ? `${current}` : `${current}-->${changed}`;
    current = layer.getOutputType(index, changed ?? current);
    return [input, `${current}`];
  });
}
