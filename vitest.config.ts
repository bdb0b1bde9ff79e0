import { defineConfig } from 'vitest/config'
import LongestFirst from './tools/longest-first.ts'

const exclude = ['**/node_modules/**', '**/dist/**', 'web/journeys/**']

export default defineConfig({
  test: {
    reporters: ['default', './tools/vitest-counts.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'plain',
          include: [
            'packages/**/*.test.ts',
            'seed/**/*.test.ts',
            'cli/**/*.test.ts',
            'web/src/**/*.test.{ts,tsx}',
            'server/test/architecture.test.ts',
          ],
          exclude,
          pool: 'forks',
          setupFiles: ['./tools/same-cases.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['server/**/*.test.ts'],
          exclude: [...exclude, 'server/test/architecture.test.ts'],
          pool: 'forks',
          setupFiles: ['./tools/same-cases.ts'],
          globalSetup: ['./server/test/cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
