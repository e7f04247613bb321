import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@inkling/source'] },
  ssr: { resolve: { conditions: ['@inkling/source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    onConsoleLog: (log) => {
      throw new Error(`Console output in a test: ${log}`);
    },
  },
});
