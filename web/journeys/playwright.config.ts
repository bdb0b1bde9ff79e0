import { defineConfig } from '@playwright/test'
import { findBrowser } from '../../tools/browser.ts'

const browser = await findBrowser()
const env = Object.fromEntries(
  Object.entries({ ...process.env, ...browser.env }).filter((e): e is [string, string] => e[1] !== undefined),
)

/** The longest takes as long as a worker takes for these together: begun last, it would run by itself. */
const [longest, beside] = ['**/workbench.journey.ts', ['**/ways.journey.ts', '**/wishes.journey.ts']]

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'first', testMatch: '**/*.journey.ts', testIgnore: [longest, ...beside] },
    { name: 'longest', testMatch: longest },
    { name: 'beside it', testMatch: beside },
  ],
  globalSetup: './district.ts',
  fullyParallel: false,
  workers: 2,
  timeout: 120_000,
  // A machine that has other work too: waiting longer costs nothing where what is waited for comes.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  outputDir: '../../test-results',
  reporter: [['list'], ['../../tools/playwright-counts.ts']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 390, height: 844 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    contextOptions: { reducedMotion: 'reduce' },
    // Playwright's own flags only: the npm binary's suggested ones hide faults and die with their first context.
    launchOptions: { executablePath: browser.executablePath, env },
    // Recording a trace costs 40 to 70 % more time on two cores.
    trace: process.env['E2E_TRACE'] ? 'retain-on-failure' : 'off',
  },
})
