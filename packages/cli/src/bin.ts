#!/usr/bin/env node
import { runProgram } from './program.ts';

// Otherwise nobody would remove what lies in the temp folder. A command may end by itself at the first one.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code);
  });
}
process.exitCode = await runProgram(process.argv.slice(2));
