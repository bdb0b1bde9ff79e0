import { defineConfig } from 'vitest/config'
import LongestFirst from './tools/longest-first.ts'

const exclude = ['**/node_modules/**', '**/dist/**', 'web/journeys/**']
const usual = {
  pool: 'forks' as const,
  setupFiles: ['./tools/same-cases.ts'],
  // On a machine that has other work too the longest take several times as long.
  testTimeout: 90_000,
  hookTimeout: 120_000,
}
/** Files of one project share the modules they read: reading them anew took a third of the processor time of short files (docs/decisions/0032). */
const shared = { ...usual, isolate: false }
const cluster = { globalSetup: ['./server/test/cluster.ts'] }

const architecture = 'server/test/architecture.test.ts'
/** Tests of the server that open no database: nothing of them depends on which PostgreSQL there is. */
const bare = [
  'server/src/modules/alerts/{ending-help,card/compare}.test.ts',
  'server/src/modules/dashboard/need-course.test.ts',
  'server/src/modules/doors/{hsds/directory,outbox/outbox}.test.ts',
  'server/src/modules/entitlements/{compare,kept-registry,results-in-columns}.test.ts',
  'server/src/modules/feeds/{csv-records,text-pieces,workbook/read-workbook}.test.ts',
  'server/src/modules/feeds/sources/*.test.ts',
  'server/src/modules/guidance/{fact-source,gap-words,plan,reason-words,roster-facts}.test.ts',
  'server/src/modules/linking/placing.test.ts',
  'server/src/modules/organisations/organisation.test.ts',
  'server/src/modules/outreach/{case,fair-load}.test.ts',
  'server/src/modules/pools/{dated,sentence}.test.ts',
  'server/src/modules/projects/project.test.ts',
  'server/src/modules/projects/orders/order.test.ts',
  'server/src/modules/registry/{circle,name-grams}.test.ts',
  'server/src/modules/track/{next-acts,quarter}.test.ts',
  'server/src/modules/wishes/{need,scrub,suggest}.test.ts',
  'server/src/platform/{calendar,config,give-way,hide-in-table,log,reach}.test.ts',
  'server/src/platform/http/json.test.ts',
  'server/test/openapi.test.ts',
]
/** Of the server's way with HTTP and with killed processes: the same whichever PostgreSQL lies below, so the second one does not have them again. */
const once =
  process.env['ZHULIAN_PG'] === 'system'
    ? [
        'server/src/platform/http/*.test.ts',
        'server/src/modules/entitlements/lost-run.test.ts',
        'server/src/modules/feeds/deliveries/killed.test.ts',
      ]
    : []
/** What ends processes or waits for their end has a process of its own. */
const alone = ['server/src/platform/database/*.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', './tools/vitest-counts.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'plain',
          include: ['cli/**/*.test.ts', 'web/src/**/*.test.{ts,tsx}', architecture],
          exclude,
          ...usual,
        },
      },
      {
        test: { name: 'engines', include: ['packages/**/*.test.ts', 'seed/**/*.test.ts', ...bare], exclude, ...shared },
      },
      {
        test: {
          name: 'database',
          include: ['server/**/*.test.ts'],
          exclude: [...exclude, architecture, ...bare, ...alone, ...once],
          ...shared,
          ...cluster,
        },
      },
      { test: { name: 'database alone', include: alone, exclude, ...usual, ...cluster } },
    ],
  },
})
