// node scriptMain.ts <module>: prints its facts as one line of JSON.

const [module] = process.argv.slice(2) as [string];
const { facts } = (await import(`../${module}`)) as { facts: () => unknown };
console.log(JSON.stringify(await facts()));
