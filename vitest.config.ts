import { defineConfig } from 'vitest/config';

/** One run for all tests: unit, property, vector, interop, browser. Interop tests skip themselves when their peer is missing. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['spec/**', 'model/**', 'src/**'],
      reporter: ['text-summary', 'html', 'lcov'],
    },
  },
});
