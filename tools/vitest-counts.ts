import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** Counts for tools/test.mjs, and which failed. A file that does not load, an error outside any test and a skipped test are failures. */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    let passed = 0
    const failed = errors.map(error => `outside any test: ${firstLine(error)}`)
    for (const module of modules) {
      const bad: string[] = []
      for (const test of module.children.allTests()) {
        const { state, errors: reasons } = test.result()
        if (state === 'passed') passed++
        else
          bad.push(`${module.relativeModuleId} › ${test.fullName}: ${reasons?.length ? firstLine(reasons[0]) : state}`)
      }
      failed.push(...(bad.length === 0 && module.state() === 'failed' ? [module.relativeModuleId] : bad))
    }
    const file = process.env['TEST_COUNTS']
    if (file) writeFileSync(file, JSON.stringify({ passed, failed: failed.length, which: failed }))
  }
}

function firstLine(error: unknown): string {
  const said = error && typeof error === 'object' && 'message' in error ? error.message : error
  return String(said).split('\n')[0] as string
}
