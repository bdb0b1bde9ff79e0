import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter'
import { writeFileSync } from 'node:fs'

/** Counts for tools/test.mjs, and which failed. A skipped journey is a failure. */
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
    const tests = this.suite?.allTests() ?? []
    const bad = tests.filter(test => !['expected', 'flaky'].includes(test.outcome()))
    const file = process.env['TEST_COUNTS']
    if (!file) return
    const which = bad.map(test => `${test.titlePath().filter(Boolean).join(' › ')}: ${test.outcome()}`)
    writeFileSync(file, JSON.stringify({ passed: tests.length - bad.length, failed: bad.length + this.errors, which }))
  }
  printsToStdio() {
    return false
  }
}
