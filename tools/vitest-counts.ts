import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** Counts for tools/test.mjs. A file that does not load, an error outside any test and a skipped test are failures. */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      let bad = 0
      for (const test of module.children.allTests()) {
        if (test.result().state === 'passed') passed++
        else bad++
      }
      failed += bad || (module.state() === 'failed' ? 1 : 0)
    }
    const file = process.env['TEST_COUNTS']
    if (file) writeFileSync(file, JSON.stringify({ passed, failed }))
  }
}
