// Prints the milliseconds from the end of `import` to the end of the first Nd4j.create, in a fresh process on the built package.

const { Nd4j } = await import(new URL('../../dist/index.js', import.meta.url).href);
const start = performance.now();
Nd4j.create([1, 2, 3]);
console.log(JSON.stringify(performance.now() - start));
