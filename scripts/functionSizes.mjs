// The functions of a WebAssembly module: their names, from its name section, and the bytes of their bodies.
// @see https://webassembly.github.io/spec/core/binary/modules.html and its appendix "Custom Sections"

import { sectionsOf } from './wasmSections.mjs';

const IMPORTS = 2;
const CODE = 10;
const FUNCTION_NAMES = 1;

export function functionSizes(module) {
  const sections = sectionsOf(module);
  const names = functionNames(sections.find(({ name }) => name === 'name').reader);
  const imported = importedFunctions(sections.find(({ id }) => id === IMPORTS)?.reader);
  const code = sections.find(({ id }) => id === CODE).reader;
  return Array.from({ length: code.number() }, (_, index) => {
    const bytes = code.number();
    code.skip(bytes);
    return { name: names.get(index + imported) ?? `function ${index}`, bytes };
  });
}

/** The module imports its memory alone; a function among the imports would move all numbers. */
function importedFunctions(reader) {
  if (reader === undefined) return 0;
  const count = reader.number();
  reader.text();
  reader.text();
  if (count !== 1 || reader.number() === 0) throw new Error('the module imports more than its memory');
  return 0;
}

function functionNames(reader) {
  const names = new Map();
  while (!reader.atEnd) {
    const kind = reader.number();
    const size = reader.number();
    if (kind !== FUNCTION_NAMES) {
      reader.skip(size);
      continue;
    }
    for (let left = reader.number(); left > 0; left--) names.set(reader.number(), reader.text());
  }
  return names;
}
