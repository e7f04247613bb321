// npm test: everything CI runs. Arguments go to vitest, e.g. npm test -- packages/core
import { parseCLI, startVitest, type TestModule } from 'vitest/node';
import { findChromium } from '../test/browser/chromium.ts';
import { check } from './check.ts';

const args = process.argv.slice(2);

try {
  findChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
if (args.length === 0 && !(await check())) process.exit(1);
const { filter, options } = parseCLI(['vitest', 'run', ...args]);
const vitest = await startVitest('test', filter, { ...options, watch: false });
const states = vitest.state.getTestModules().flatMap(statesOf);
await vitest.close();
const count = (state: string) => states.filter((other) => other === state).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
process.exit(process.exitCode ?? 0);

function statesOf(module: TestModule): readonly string[] {
  return [...module.children.allTests()].map((test) => test.result().state);
}
