import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@inkling/source'] };
const shared = {
  // One deep property takes minutes.
  testTimeout: process.env.INKLING_DEEP ? 1_800_000 : 30_000,
  hookTimeout: 60_000,
  // On a busy machine a browser takes its time.
  expect: { poll: { timeout: 10_000 } },
  onConsoleLog(log: string) {
    throw new Error(`Console output in a test: ${log}`);
  },
};

export default defineConfig({
  test: {
    // One for each core of a small machine: the tests in browsers wait more than they work.
    maxWorkers: 2,
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          ...shared,
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/{browser,faults,consumer,workerd}/**', 'test/cli/audit*', '**/node_modules/**'],
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          ...shared,
          name: 'workerd',
          // As for the browsers below.
          retry: 1,
          include: ['test/workerd/**/*.test.ts'],
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          ...shared,
          name: 'shop',
          // A browser on a busy machine may miss a moment once; vitest says which test was asked again.
          retry: 1,
          include: ['test/{browser,faults,consumer}/**/*.test.ts', 'test/cli/audit*.test.ts'],
          globalSetup: ['test/browser/prepare.ts'],
        },
      },
    ],
  },
});
