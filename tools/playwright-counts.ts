import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter'
import { writeFileSync } from 'node:fs'

/** Counts for tools/test.mjs. A skipped journey is a failure. */
export default class Counts implements Reporter {
  private suite: Suite | undefined
  private errors = 0

  onBegin(_config: FullConfig, suite: Suite) {
    this.suite = suite
  }
  onError() {
    this.errors++
  }
  async onExit() {
    const outcomes = (this.suite?.allTests() ?? []).map(test => test.outcome())
    const passed = outcomes.filter(o => o === 'expected' || o === 'flaky').length
    const file = process.env['TEST_COUNTS']
    if (file) writeFileSync(file, JSON.stringify({ passed, failed: outcomes.length - passed + this.errors }))
  }
  printsToStdio() {
    return false
  }
}
