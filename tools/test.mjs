// `npm test`: installs what is locked, then every suite; closes with `N passed, N failed`.
// A suite that dies without counting, or counts nothing, is a failure. `npm test -- unit` runs one.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepCompiled } from '../cli/bin/keep-compiled.mjs'
import { begin, install, root } from './install.mjs'

install()
// Each suite starts many programs, and each of them threads: none compiles again what another has.
keepCompiled()

const bin = path => join(root, 'node_modules', path)
const oxlint = [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']
// One checker does not look twice at what several would share: 29 seconds of processor time for 46.
const tsc = [bin('typescript/bin/tsc'), '-p', '.', '--checkers', '1']
const suites = [
  { name: 'unit', args: [bin('vitest/vitest.mjs'), 'run'] },
  // What only reads the sources is begun before all others, and takes what they leave of the processors.
  { name: 'format', args: [bin('@biomejs/biome/bin/biome'), 'format', '.'], once: true, aside: true },
  { name: 'lint', args: oxlint, once: true, aside: true },
  { name: 'types', args: tsc, once: true, aside: true },
  { name: 'dead code', args: [bin('knip/bin/knip.js')], once: true, aside: true },
  // The oldest PostgreSQL the platform takes, where the machine has it.
  ...(existsSync('/usr/lib/postgresql/15/bin/postgres')
    ? [
        {
          name: 'postgresql 15',
          args: [
            bin('vitest/vitest.mjs'),
            'run',
            '--project',
            'database*',
            '--reporter',
            'dot',
            '--reporter',
            './tools/vitest-counts.ts',
          ],
          env: { ZHULIAN_PG: 'system' },
        },
      ]
    : []),
  { name: 'build', args: ['tools/build.ts'], once: true },
  { name: 'sizes', args: ['web/sizes.mjs'], once: true },
  { name: 'journeys', args: [bin('@playwright/test/cli.js'), 'test', '-c', 'web/journeys/playwright.config.ts'] },
]

const only = process.argv.slice(2)
const unknown = only.filter(name => !suites.some(s => s.name === name))
if (unknown.length) {
  console.error(`no such suite: ${unknown.join(', ')}; there are: ${suites.map(s => s.name).join(', ')}`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'zhulian-counts-'))
const sum = { passed: 0, failed: 0 }
const failing = []
const chosen = suites.filter(s => only.length === 0 || only.includes(s.name))
const asides = new Map(chosen.filter(s => s.aside).map(s => [s.name, begin(s.args, { aside: true })]))
for (const { name, args, once, env } of chosen) {
  console.log(`\n== ${name}`)
  const counts = join(folder, `${name}.json`)
  const running = asides.get(name) ?? begin(args, { env: { ...env, TEST_COUNTS: counts } })
  const { status, said, tookMs } = await running
  if (said) process.stdout.write(said)
  const counted = once
    ? { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
    : existsSync(counts)
      ? JSON.parse(readFileSync(counts, 'utf8'))
      : { passed: 0, failed: 0 }
  if (status !== 0 && counted.failed === 0) counted.failed = 1
  if (counted.passed + counted.failed === 0) counted.failed = 1
  sum.passed += counted.passed
  sum.failed += counted.failed
  if (counted.failed) failing.push(...(counted.which?.length ? counted.which : ['']).map(test => `${name}: ${test}`))
  console.log(`== ${name}: ${counted.passed} passed, ${counted.failed} failed, ${(tookMs / 1000).toFixed(0)} s`)
}
rmSync(folder, { recursive: true, force: true })
// Once more at the end, where a long record is still read.
for (const test of failing) console.log(`failed: ${test}`)
console.log(`\n${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed ? 1 : 0
