// Runs one example by name: npm run example -- workspaces

const examples: Record<string, () => Promise<unknown>> = {
  digits: () => import('./digits.ts'),
  operations: async () => (await import('./operations.ts')).operations(console.log),
  workspaces: async () => (await import('./workspaces.ts')).workspaces(console.log),
};

const name = process.argv[2] ?? '';
const example = Object.hasOwn(examples, name) ? examples[name] : undefined;
if (example === undefined) {
  console.error(`Unknown example "${name}": choose one of ${Object.keys(examples).join(', ')}`);
  process.exitCode = 1;
} else await example();
