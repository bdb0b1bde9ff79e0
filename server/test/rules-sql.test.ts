import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { day, type Day } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import {
  checkFacts,
  householdLine,
  registryOf,
  rowsOf,
  sqlOf,
  sqlTables,
  type HouseholdFacts,
  type Pool,
} from '@zhulian/rules'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyFacts } from '../../packages/pool/test/any-facts.ts'
import { anyDayOfReading } from '../../packages/pool/test/any-household.ts'
import { Plan } from '../../packages/rules/src/columns/plan.ts'
import { runSteps } from '../../packages/rules/src/columns/run-steps.ts'
import { Household } from '../../packages/rules/src/world.ts'
import { anyFamily, ofPerson, poolWith, truth } from '../../packages/rules/test/any-expression.ts'
import { again } from './again.ts'
import { judgedDatabase, storable, type Said } from './judged.ts'

type Database = Awaited<ReturnType<typeof judgedDatabase>>
let database: Database
beforeAll(async () => {
  database = await judgedDatabase()
})
afterAll(() => database.drop())

async function poolRead(literal: boolean): Promise<Pool> {
  const read = await readPool(undefined, { literal })
  if (!read.ok) throw new Error(read.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
  return read.pool
}
const [shipped, literal] = [await poolRead(false), await poolRead(true)]

/** Pairs of a rule and a household or person, compared in three targets; by what the rule says. */
const nothing = { yes: 0, no: 0, open: 0 }
let compared = { ...nothing }

/** Where SQL, or the columns, say otherwise than the closures. */
function differences(pool: Pool, households: readonly HouseholdFacts[], on: Day, said: readonly Said[]): string[] {
  const rules = new Map([...new Set(said.map(s => s.rule))].map(id => [id, ruleOf(pool, id)]))
  const registry = registryOf(pool, households)
  const plan = new Plan(pool, registry, on)
  const columns = new Map(
    [...rules].map(([id, rule]) => [
      id,
      plan.truth(rule.operand(plan), rule.of).column as { read(lane: number): unknown },
    ]),
  )
  const program = plan.program()
  plan.open()
  runSteps(plan.steps, program)
  const worlds = households.map(facts => new Household(pool, facts, on))
  const found: string[] = []
  for (const { household, who, rule, verdict } of said) {
    const value = rules.get(rule)?.run(worlds[household] as Household, who)
    const wanted = value === undefined ? null : Boolean(value)
    const lane = who < 0 ? household : (registry.first[household] ?? 0) + who
    const inColumns = (columns.get(rule)?.read(lane) ?? null) as boolean | null
    compared[wanted === null ? 'open' : wanted ? 'yes' : 'no']++
    if (verdict !== wanted || inColumns !== wanted)
      found.push(
        `${rule} of ${JSON.stringify(households[household])}/${who}: ${verdict}, in columns ${inColumns}, by closures ${wanted}`,
      )
  }
  return found
}

function ruleOf(pool: Pool, id: string) {
  const policy = pool.policies.find(p => p.id === id)
  if (policy)
    return {
      of: policy.scope,
      run: (world: Household, who: number) => world.met(policy.number, who),
      operand: (plan: Plan) => plan.condition(policy.number),
    }
  const fact = pool.facts[pool.factNumbers.get(id) ?? -1]
  if (fact)
    return {
      of: fact.owner,
      run: (world: Household, who: number) => world.fact(fact.number, who),
      operand: (plan: Plan) => plan.fact(fact.number),
    }
  const [what, number] = id.split('/')
  const lines = { circle: pool.circle.lines, class: pool.classes, primary: pool.primary }
  const node =
    pool.services.find(s => s.id === id)?.condition ?? lines[what as keyof typeof lines]?.[Number(number)]?.node
  if (!node) throw new Error(`no rule ${id}`)
  const of = what === 'class' || what === 'primary' ? ('household' as const) : ('person' as const)
  return {
    of,
    run: (world: Household, who: number) => node.run(world.frame(who)),
    operand: (plan: Plan) => plan.expression(node, of),
  }
}

const everyRule = (pool: Pool) => [
  ...pool.policies.map(p => p.id),
  ...pool.services.map(s => s.id),
  ...pool.circle.lines.map((_, i) => `circle/${i}`),
  ...pool.classes.map((_, i) => `class/${i}`),
  ...pool.primary.map((_, i) => `primary/${i}`),
  ...pool.facts.filter(f => f.form.type === 'boolean').map(f => f.name),
]

const on = day('2021-09-26')

/** Of the cases, on the second PostgreSQL: that it says the same. */
const share = again ? 0.2 : 1

describe('a condition in PostgreSQL', () => {
  it('says of each household what closures and columns say, whatever its form and whatever is known', {
    timeout: 300_000,
  }, async () => {
    let misfits = 0
    compared = { ...nothing }
    await fc.assert(
      fc.asyncProperty(
        fc.array(ofPerson(truth), { minLength: 4, maxLength: 6 }),
        fc.array(anyFamily, { minLength: 60, maxLength: 160 }),
        async (conditions, given) => {
          const pool = poolWith(conditions.map((text, i) => [`person.t${i}`, 'boolean', text] as const))
          const households = given.map(facts => storable(pool, facts))
          misfits += (await database.load(pool, households)).misfits.size
          const ids = conditions.map((_, i) => `person.t${i}`)
          const { said, refused } = await database.say(pool, ids, on)
          expect(refused).toEqual([])
          expect(differences(pool, households, on, said).slice(0, 3), conditions.join('\n')).toEqual([])
        },
      ),
      { numRuns: share * 150, endOnFailure: true },
    )
    expect(misfits).toBe(0)
    const { yes, no, open } = compared
    expect(Math.min(yes, no, open)).toBeGreaterThan(share * 30_000)
    expect(yes + no + open).toBeGreaterThan(share * 200_000)
  })
})

const someHouseholds = (round: number, count: number) => {
  const today = anyDayOfReading(round)
  return {
    today,
    households: Array.from({ length: count }, (_, i) => storable(shipped, anyFacts(shipped, round * 1000 + i, today))),
  }
}

describe('the pool in PostgreSQL', () => {
  it('says of hostile households what closures and columns say, by every rule it has, in a million pairs', {
    timeout: 300_000,
  }, async () => {
    compared = { ...nothing }
    const rounds = [shipped, literal, shipped, shipped, shipped, literal, shipped, shipped].slice(0, share < 1 ? 2 : 8)
    for (const [round, pool] of rounds.entries()) {
      const { today, households } = someHouseholds(round, 400)
      const { misfits } = await database.load(pool, households)
      expect([...misfits]).toEqual([])
      const { said, refused } = await database.say(pool, everyRule(pool), today)
      expect(refused).toEqual([])
      expect(differences(pool, households, today, said).slice(0, 5)).toEqual([])
    }
    const { yes, no, open } = compared
    expect(Math.min(yes, no, open)).toBeGreaterThan(share * 100_000)
    expect(yes + no + open).toBeGreaterThan(share * 1_000_000)
  })

  it('says the same as a predicate beside a row, with its values bound or written down', async () => {
    const { today, households } = someHouseholds(7, 60)
    await database.load(shipped, households)
    const { said } = await database.say(shipped, everyRule(shipped), today)
    for (const id of [...shipped.policies, ...shipped.services].map(rule => rule.id)) {
      const predicate = sqlOf(shipped, id, today, { schema: 'judged' })
      if (!predicate.ok) throw new Error(predicate.refusal.words.en)
      const [columns, from] =
        predicate.of === 'household'
          ? ['household.id, -1 AS place', 'judged.household']
          : ['household.id, person.place', 'judged.household JOIN judged.person ON person.household = household.id']
      for (const [text, parameters] of [
        [predicate.text, predicate.parameters],
        [predicate.readable, []],
      ] as const) {
        const rows = await database.sql(`SELECT ${columns}, ${text} AS verdict FROM ${from}`, parameters)
        const wanted = new Map(said.filter(s => s.rule === id).map(s => [`${s.household}/${s.who}`, s.verdict]))
        expect(rows.length).toBe(wanted.size)
        expect(
          rows.filter(row => wanted.get(`${String(row['id'])}/${String(row['place'])}`) !== row['verdict']),
          id,
        ).toEqual([])
      }
    }
  })
})

describe('what zhulian rules sql prints', () => {
  it('makes the tables, fills them, and finds whom the command line finds by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sql-'))
    const file = join(folder, 'households.jsonl')
    const today = day('2021-09-26')
    const sound = Array.from({ length: 200 }, (_, i) => storable(shipped, anyFacts(shipped, 4000 + i, today))).filter(
      facts => checkFacts(shipped, facts, today).ok,
    )
    expect(sound.length).toBeGreaterThan(50)
    writeFileSync(file, [...sound.map(facts => JSON.stringify(facts)), '', '{"household": {}}'].join('\n'))
    const bin = fileURLToPath(new URL('../../cli/bin/zhulian.mjs', import.meta.url))
    const args = ['rules', 'sql', 'P03', '--on', today, '--tables', '--rows', file]
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([status, stderr]).toEqual([1, expect.stringContaining(`line ${sound.length + 2}`)])
    await database.sql('CREATE SCHEMA audited')
    await database.sql('SET search_path = audited')
    const rows = await database.all(stdout)
    await database.sql('SET search_path = judged')
    const { number } = shipped.policies.find(p => p.id === 'P03') as Pool['policies'][number]
    const wanted = sound.map((facts, i) => {
      const { input } = householdLine(shipped, facts, today)
      const verdict = new Household(shipped, input as HouseholdFacts, today).met(number, -1)
      return [String(i + 1), verdict ?? null]
    })
    expect(rows.map(row => [String(row['id']), row['verdict']])).toEqual(wanted)
    expect(new Set(wanted.map(([, verdict]) => verdict)).size).toBeGreaterThan(1)
  })
})

describe('the README', () => {
  it('has an example that runs, and finds whom `judge` finds', async () => {
    const readme = readFileSync(new URL('../../packages/rules/src/sql/README.md', import.meta.url), 'utf8')
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
    const folder = mkdtempSync(join(tmpdir(), 'sql-'))
    const file = join(folder, 'example.mjs')
    const body = example.replace(/^import .*$/gm, '')
    writeFileSync(
      file,
      `export default async (client, pool, all, { day, rowsOf, sqlOf, sqlTables }, console) => {\n${body}\n}\n`,
    )
    type Example = (...args: readonly unknown[]) => Promise<void>
    const { default: run } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: Example }
    const today = day('2021-09-26')
    const all = Array.from({ length: 200 }, (_, i) => storable(shipped, anyFacts(shipped, i, today)))
    const printed: unknown[][] = []
    await database.sql('CREATE SCHEMA example')
    await database.sql('SET search_path = example')
    const client = {
      query: async (text: string, values?: readonly unknown[]) => ({ rows: await database.sql(text, values) }),
    }
    await run(
      client,
      shipped,
      all,
      { day, rowsOf, sqlOf, sqlTables },
      { log: (...what: unknown[]) => printed.push(what) },
    )
    await database.sql('SET search_path = judged')
    rmSync(folder, { recursive: true })
    const { number } = shipped.policies.find(p => p.id === 'P01') as Pool['policies'][number]
    const wanted = all.map(facts => new Household(shipped, facts, today).met(number, -1))
    expect(printed).toEqual([[wanted.filter(v => v === true).length, wanted.filter(v => v === undefined).length, 0]])
    expect(wanted).toContain(true)
  })
})

describe('a fault that is planted', () => {
  const { today, households } = someHouseholds(9, 120)
  const conditions = [
    'household.everyone.map(m, m.wage).sum() > 5',
    ...fc.sample(ofPerson(truth), { numRuns: 100, seed: 1 }),
  ]
  const small = poolWith(conditions.map((text, i) => [`person.t${i}`, 'boolean', text] as const))
  const earning = (...wages: readonly number[]) => ({
    household: {},
    persons: wages.map((wage, i) => ({ key: `m${i}`, alive: true, age: 40, wage })),
  })
  const families = [
    earning(20, 1e30, -1e30),
    earning(-1e30, 1e30, 20),
    ...fc.sample(anyFamily, { numRuns: 200, seed: 1 }).map(facts => storable(small, facts)),
  ]
  const inSmall = async (change?: (text: string) => string) => {
    await database.load(small, families)
    const { said } = await database.say(small, everyRule(small), on, change)
    return differences(
      small,
      families,
      on,
      said.filter(s => s.rule !== 'circle/0'),
    )
  }
  const inShipped = async (change?: (text: string) => string) => {
    await database.load(shipped, households)
    const { said } = await database.say(shipped, everyRule(shipped), today, change)
    return differences(shipped, households, today, said)
  }

  it('is what stands between these statements and those that are right', async () => {
    expect([...(await inSmall()), ...(await inShipped())]).toEqual([])
  })

  const faults: readonly (readonly [what: string, change: (text: string) => string])[] = [
    [
      'EXISTS, and bool_or by itself, which take what is not known for a no',
      text => text.replace(/THEN NULL ELSE (false|true) END/g, 'THEN $1 ELSE $1 END'),
    ],
    ['no tolerance', text => text.replace(/^(-?)0\.000001$/, '$11e-12')],
    [
      'a sum that leaves out what is not known',
      text => text.replace(/THEN NULL ELSE coalesce\(sum/g, 'THEN coalesce(sum(0::float8), 0) ELSE coalesce(sum'),
    ],
    ['a sum in another order', text => text.replace(/ORDER BY (m\d+)\."place"/g, 'ORDER BY -$1."place"')],
    [
      'least and greatest that leave out what is not known',
      text => text.replace(/CASE WHEN (?:\S+ IS NOT NULL(?: AND )?)+ THEN (least|greatest)\(([^()]*)\) END/g, '$1($2)'),
    ],
    [
      'an array to which the unknown is joined as if it were empty',
      text => text.replace(/CASE WHEN (?:\S+ IS NOT NULL(?: AND )?)+ THEN \(SELECT/g, 'CASE WHEN true THEN (SELECT'),
    ],
    ['none taken for unknown', text => text.replace(/coalesce\(jsonb_typeof\(([^()]*)\) = 'null', false\)/g, 'false')],
    ['members who may not live counted as living', text => text.replace(/AND m(\d+)\."person\.alive"\)/g, 'AND true)')],
    [
      'an open choice decided by its second branch',
      text => text.replace(/WHEN NOT (\S+) THEN (\S+) ELSE/g, 'WHEN NOT coalesce($1, false) THEN $2 ELSE'),
    ],
    [
      'an open choice of truths of which both agree',
      text => text.replace(/ OR \([^()]* AND [^()]*\)\)(?= AS)/g, ' OR false)'),
    ],
    ['more than twelve told apart', text => text.replaceAll('count(*) <= 12', 'true').replaceAll('<= 24', '<= 1000')],
  ]
  // That a fault is seen hangs on the comparison alone.
  it.each(faults.slice(0, again ? 1 : faults.length))('is seen: %s', async (_, change) => {
    const differing = await inSmall(change)
    expect(differing.length || (await inShipped(change)).length).toBeGreaterThan(0)
  })
})

describe('a household that does not fit the tables', () => {
  const of = (household: Record<string, unknown>, person: Record<string, unknown> = {}) => {
    const { misfits } = rowsOf(shipped, [{ household, persons: [{ key: 'a', ...person }] }])
    return misfits.get(0)
  }

  it('is named, and not judged by them', () => {
    expect(of({ financialAssets: 8000 })).toBeUndefined()
    expect(of({ financialAssets: '8000' })).toContain('form')
    expect(of({ hukouNature: 'pink' })).toContain('form')
    expect(of({ financialAssets: 1e31 })).toContain('household.financialAssets is too large')
    expect(of({ financialAssets: 1e-7 })).toContain('too near to 0')
    expect(of({ motorVehicleCount: null })).toContain('household.motorVehicleCount cannot be none')
    expect(of({ electricityAccountNo: '\u{1f600}' })).toContain('characters')
    expect(of({ electricityAccountNo: '\0' })).toContain('characters')
    expect(of({}, { adl: { eating: 'unable' } })).toBeUndefined()
  })
})
