import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const uses = JSON.parse(readFileSync(join(root, 'server/src/modules/uses.json'), 'utf8')) as Record<string, string[]>

interface Source {
  readonly path: string
  readonly text: string
}

const sources = (pattern: string): Source[] =>
  globSync(pattern, { cwd: root })
    .filter(path => !path.includes('node_modules') && !path.includes('/dist/'))
    .map(path => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }))

const importsOf = (source: Source) =>
  [...source.text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/g)]
    .map(match => ({ typeOnly: Boolean(match[2]), to: match[3] ?? '' }))
    .concat(
      [...source.text.matchAll(/import\(\s*['"]([^'"]+)['"]\s*\)/g)].map(m => ({ typeOnly: false, to: m[1] ?? '' })),
    )
    .map(found => ({
      ...found,
      file: found.to.startsWith('.') ? posix.join(posix.dirname(source.path), found.to) : undefined,
    }))

const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.includes('/test/')

/** What a file may not do, one sentence for each fault. */
function faultsOf(source: Source): string[] {
  const faults: string[] = []
  const fault = (what: string) => faults.push(`${source.path} ${what}`)
  const module = /^server\/src\/modules\/([^/]+)\//.exec(source.path)?.[1]
  for (const { to, file, typeOnly } of importsOf(source)) {
    if (module && file && !isTest(source.path)) {
      const other = /^server\/src\/modules\/([^/]+)\/(.+)$/.exec(file)
      if (other && other[1] !== module) {
        if (!uses[module]?.includes(other[1] ?? '')) fault(`uses module ${other[1]}, which uses.json does not allow`)
        else if (other[2] !== 'index.ts') fault(`enters module ${other[1]} by ${other[2]} and not by its door`)
      }
      if (/^(web|cli|seed|bench)\//.test(file)) fault(`imports ${to}`)
    }
    if (
      source.path.startsWith('server/src/platform/') &&
      !isTest(source.path) &&
      file?.startsWith('server/src/modules/')
    )
      fault(`is platform and knows a module: ${to}`)
    if (/^packages\/(kernel|rules|linkage|siting|assign)\/src\//.test(source.path) && !isTest(source.path)) {
      if (to.startsWith('node:')) fault(`is an engine and does I/O: ${to}`)
      if (/^@zhulian\/(server|web|cli|pool|seed)/.test(to)) fault(`is an engine and leans on ${to}`)
    }
    if (source.path.startsWith('packages/kernel/') && to.startsWith('@zhulian/'))
      fault(`is the kernel and leans on ${to}`)
    if (/^(cli|seed)\//.test(source.path) && !isTest(source.path)) {
      const [, inside = '', rest] = /^server\/src\/modules\/([^/]+)\/(.+)$/.exec(file ?? '') ?? []
      if (rest && !['index.ts', 'contract.ts'].includes(rest))
        fault(`enters module ${inside} by ${rest} and not by its door`)
    }
    if (source.path.startsWith('web/src/')) {
      if (to.startsWith('@zhulian/server') && !(typeOnly && to.endsWith('/contract')))
        fault(`takes more from the server than the type of a contract: ${to}`)
      if (file?.startsWith('server/')) fault(`reaches into the server: ${to}`)
      if (source.path.startsWith('web/src/phone/') && (to === 'antd' || to === 'zod'))
        fault(`is the phone and loads ${to}`)
      if (to === 'antd' && !source.path.startsWith('web/src/parts/')) fault('imports antd; screens use parts')
    }
  }
  if (module && !isTest(source.path)) {
    if (/\bnew Date\(\)|\bDate\.now\(\)/.test(source.text)) fault('asks the machine for the time; ctx has it')
    for (const [, schema = '', table = ''] of source.text.matchAll(/['"`\s(,]([a-z]+)\.([a-z_]+)(?= as |['"`\s),;])/g))
      if (schema in uses && schema !== module && !table.startsWith('v_') && namesTable(source.text, schema, table))
        fault(`names the table ${schema}.${table} of another module`)
  }
  return faults
}

/** Only what stands in a query counts: after from, join, into, update, or in a builder's selectFrom('…'). */
const namesTable = (text: string, schema: string, table: string) =>
  new RegExp(
    `(?:\\b(?:from|join|into|update)\\s+|(?:selectFrom|Join|insertInto|updateTable|deleteFrom)\\(\\s*['"\`])${schema}\\.${table}\\b`,
    'i',
  ).test(text)

describe('the house', () => {
  const all = [
    ...sources('server/src/**/*.ts'),
    ...sources('packages/*/src/**/*.ts'),
    ...sources('web/src/**/*.{ts,tsx}'),
    ...sources('cli/src/**/*.ts'),
    ...sources('seed/src/**/*.ts'),
    ...sources('bench/**/*.ts'),
  ]

  it('was read: a checker that reads nothing finds nothing', () => {
    expect(all.length).toBeGreaterThan(150)
    expect(all.flatMap(importsOf).length).toBeGreaterThan(500)
  })

  it('keeps its walls', () => {
    expect(all.flatMap(faultsOf)).toEqual([])
  })

  it('has a map without a cycle that names every module', () => {
    const folders = new Set(all.map(s => /^server\/src\/modules\/([^/]+)\//.exec(s.path)?.[1]).filter(Boolean))
    expect([...folders].filter(name => !((name ?? '') in uses))).toEqual([])
    const reach = (from: string, seen: string[]): string[] =>
      seen.includes(from) ? [[...seen, from].join(' → ')] : (uses[from] ?? []).flatMap(to => reach(to, [...seen, from]))
    expect(Object.keys(uses).flatMap(name => reach(name, []))).toEqual([])
  })

  it.each([
    ['server/src/modules/pools/x.ts', "import { a } from '../registry/index.ts'", 'does not allow'],
    ['server/src/modules/guidance/x.ts', "import { a } from '../registry/tables.ts'", 'not by its door'],
    ['server/src/modules/guidance/x.ts', "import type { A } from '../registry/tables.ts'", 'not by its door'],
    ['server/src/modules/guidance/x.ts', 'const at = new Date()', 'the time'],
    ['server/src/modules/guidance/x.ts', "db.selectFrom('registry.person').selectAll()", 'registry.person'],
    ['server/src/modules/guidance/x.ts', 'sql`select 1 from registry.person p`', 'registry.person'],
    ['server/src/platform/x.ts', "import { a } from '../modules/audit/index.ts'", 'knows a module'],
    ['cli/src/commands/x.ts', "import { a } from '../../../server/src/modules/registry/enrol.ts'", 'not by its door'],
    ['packages/rules/src/x.ts', "import { readFileSync } from 'node:fs'", 'does I/O'],
    ['packages/kernel/src/x.ts', "import { judge } from '@zhulian/rules'", 'leans on'],
    [
      'web/src/phone/x.ts',
      "import { guidanceContract } from '@zhulian/server/guidance/contract'",
      'more from the server',
    ],
    ['web/src/phone/x.ts', "import { z } from 'zod'", 'is the phone'],
    ['web/src/console/x.tsx', "import { Table } from 'antd'", 'screens use parts'],
  ])('sees a planted fault: %s %s', (path, text, words) => {
    expect(faultsOf({ path, text }).join()).toContain(words)
  })

  it('lets pass what is allowed', () => {
    const allowed: Source[] = [
      {
        path: 'server/src/modules/guidance/x.ts',
        text: "import { a } from '../registry/index.ts'\nsql`from registry.v_household`",
      },
      { path: 'web/src/phone/x.ts', text: "import type { guidanceContract } from '@zhulian/server/guidance/contract'" },
    ]
    expect(allowed.flatMap(faultsOf)).toEqual([])
  })
})
