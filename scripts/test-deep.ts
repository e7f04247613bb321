// npm run test:deep: the properties with over a million cases, consent's histories among them, each broken promise through
// every flow of the audit, the engine's backends with ten thousand graphs, and the packages in a project outside of the
// workspace, with tools from the npm registry.
// Prints how many cases ran, and of which seeds; INKLING_SEED=S repeats one. Arguments are files, as with npm test.
import { availableParallelism } from 'node:os';
import { startVitest } from 'vitest/node';
import type {} from '../test/core/property-runs.ts';

process.env.INKLING_DEEP = '1';
const args = process.argv.slice(2);
const files =
  args.length > 0
    ? args
    : [
        'test/core',
        'test/consent/machine.test.ts',
        'test/cli/audit.test.ts',
        'test/onnx/engine/backends.test.ts',
        'test/consumer',
      ];
const vitest = await startVitest('test', files, { watch: false, maxWorkers: availableParallelism() });
const tests = vitest.state.getTestModules().flatMap(({ children }) => [...children.allTests()]);
await vitest.close();

let total = 0;
for (const test of tests) {
  for (const { cases, seed } of test.meta().properties ?? []) {
    total += cases;
    console.log(`${String(cases).padStart(6)} cases of seed ${seed}: ${test.fullName}`);
  }
}
const failed = tests.filter((test) => test.result().state === 'failed').length;
console.log(`${total} cases; ${tests.length} tests, ${failed} failed`);
process.exit(process.exitCode ?? 0);
