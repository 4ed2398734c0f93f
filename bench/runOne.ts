// Runs one benchmark in this process and prints its measurements as one JSON line: node runOne.ts <module> <function>.

const [module, name] = process.argv.slice(2) as [string, string];
const benchmark = ((await import(module)) as Record<string, () => unknown>)[name];
if (benchmark === undefined) throw new Error(`${module} has no ${name}`);
console.log(JSON.stringify(await benchmark()));
