import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { day, type Day } from '@zhulian/kernel'
import { alertsRaised, judgeAlerts, pointsOf, unnamedTurn, type AlertDocument } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { factsOfCase } from './cases.ts'
import { readFiles, shippedData } from './files.ts'
import { compilePool, problemLine, type DataFile } from './pool.ts'
import { caseSchema } from './schemas.ts'

const { files } = await readFiles(shippedData)
const read = await compilePool(files)
if (!read.ok) throw new Error(read.problems.map(p => problemLine(p, 'en')).join('\n'))
const { pool } = read
const cases = z
  .array(caseSchema)
  .parse(parse(readFileSync(join(shippedData, 'alerts', 'cases.yaml'), 'utf8'), { merge: true }))
const on = day('2021-09-26')

type Writable<T> = { -readonly [K in keyof T]: T[K] }
const changed = (id: string, change: (alert: Writable<AlertDocument>) => void): readonly DataFile[] =>
  files.map(file => {
    if (file.path !== `alerts/${id}.yaml`) return file
    const content = structuredClone(file.content) as Writable<AlertDocument>
    change(content)
    return { path: file.path, content }
  })
const level = (l: AlertDocument['levels'][number]['level'], condition: string) => ({
  level: l,
  condition,
  provenance: ['I'],
})

/** The same document with conditions that also hang on why a family's code turned. */
const alsoReading = (content: unknown): unknown =>
  JSON.parse(
    JSON.stringify(content, (_, value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      const { condition, formula, type } = value as Record<string, unknown>
      const more = 'household.harmonyReason == "debt"'
      if (typeof condition === 'string') return { ...value, condition: `(${condition}) || ${more}` }
      return type === 'boolean' && typeof formula === 'string'
        ? { ...value, formula: `(${formula}) || ${more}` }
        : value
    }),
  )

describe('the rules of alerts', () => {
  it('are thirty, each with a level, a first action and its source, in both languages', () => {
    expect(pool.alerts.map(a => a.id)).toEqual(
      Array.from({ length: 30 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`),
    )
    expect(pool.alerts.filter(a => !a.document.firstAction.en || !a.document.provenance?.length)).toEqual([])
  })

  it('have both a case that raises and one that does not, for every level of every rule', () => {
    const raised = new Set(
      cases.flatMap(c => judgeAlerts(pool, factsOfCase(c), c.on as Day).map(a => `${a.rule} ${a.level}`)),
    )
    const wanted = pool.alerts.flatMap(a => a.levels.map(l => `${a.id} ${l.level}`))
    expect(wanted.filter(w => !raised.has(w))).toEqual([])
    const silent = new Set(
      cases.flatMap(c =>
        Object.entries((c.expect['alerts'] ?? {}) as object).flatMap(([rule, value]) => (value === null ? [rule] : [])),
      ),
    )
    expect(pool.alerts.map(a => a.id).filter(id => !silent.has(id))).toEqual([])
  })

  it.each<[string, readonly DataFile[], string]>([
    [
      'a fact nobody knows',
      changed('R30', a => (a.levels = [level('yellow', 'household.hotlineSameCategory31 >= 3')])),
      'alerts/R30.yaml levels[0].condition',
    ],
    [
      'a condition that can only come out one way',
      changed('R30', a => (a.levels = [level('yellow', 'household.kwh30 < 3 && household.kwh30 > 5')])),
      'alerts/R30.yaml levels[0].condition',
    ],
    [
      'a level that those before it take whole',
      changed('R30', a => (a.levels = [level('red', 'household.kwh30 < 9'), level('orange', 'household.kwh30 < 3')])),
      'alerts/R30.yaml levels[1]: This line is never reached',
    ],
    [
      'levels the wrong way round',
      changed('R16', a => (a.levels = a.levels.toReversed())),
      'alerts/R16.yaml levels: Levels stand from the most severe down',
    ],
    [
      'unlike units',
      changed('R26', a => (a.levels = [level('red', 'household.income12m < params.dibaoStandard')])),
      'alerts/R26.yaml levels[0].condition',
    ],
    ['a unit nobody knows', changed('R30', a => (a.unit = 'nobody')), 'alerts/R30.yaml unit'],
    ['a policy nobody knows', changed('R30', a => (a.leadsTo = ['P99'])), 'alerts/R30.yaml leadsTo'],
    [
      'a turn that hangs on no day',
      changed('R20', a => (a.turns = [{ fact: 'household.kwh30', days: [1] }])),
      'alerts/R20.yaml turns',
    ],
    ['a mark nobody knows', changed('R30', a => Object.assign(a, { colour: 'red' })), 'alerts/R30.yaml'],
  ])('with %s are refused, with the place', async (_, data, wanted) => {
    const again = await compilePool(data)
    expect(
      again.ok ? [] : again.problems.map(p => problemLine(p, 'en')).filter(l => l.startsWith(wanted)),
    ).toHaveLength(1)
  })

  it('are told once, with the place in the text, that a level cannot hold', async () => {
    const again = await compilePool(
      changed('R30', a => (a.levels = [level('red', 'household.kwh30 < 3 && household.kwh30 > 5')])),
    )
    const said = again.ok ? [] : again.problems.map(p => problemLine(p, 'en'))
    expect(said.filter(line => line.startsWith('alerts/R30.yaml'))).toEqual([
      expect.stringMatching(/^alerts\/R30\.yaml levels\[0\]\.condition/),
    ])
  })

  it.each([
    'policies/barrier-free-home/policy.yaml',
    'services/assistive-work.yaml',
    'circles/circle.yaml',
    'facts/derived.yaml',
    'alerts/points.yaml',
    'alerts/R20.yaml',
  ])('that go to few are the only ones to read what few may see: not %s', async path => {
    const again = await compilePool(
      files.map(file => (file.path === path ? { path, content: alsoReading(file.content) } : file)),
    )
    const said = again.ok ? [] : again.problems.map(p => problemLine(p, 'en'))
    expect(said.filter(line => line.startsWith(path)).join()).toContain('Few may see "household.harmonyReason"')
  })

  it('to the village are refused where they read of minds, careful or not', async () => {
    const minds = level('orange', 'household.members.exists(m, m.mentalRiskGrade >= 3)')
    const again = await compilePool(changed('R08', a => (a.levels = [minds])))
    expect(again.ok ? [] : again.problems.map(p => problemLine(p, 'en'))).toEqual([
      expect.stringContaining('Few may see "person.mentalRiskGrade"'),
    ])
  })

  it('make a version of the pool of their own', async () => {
    const again = await compilePool(changed('R30', a => (a.windowDays = 31)))
    expect(again.ok && again.version).not.toBe(read.version)
  })

  it('come out otherwise by the calendar only on days that each names beforehand', () => {
    const slips = cases.flatMap(example =>
      Object.keys((example.expect['alerts'] ?? {}) as object).flatMap(rule => {
        const day = unnamedTurn(pool, rule, factsOfCase(example), example.on as Day, 200)
        return day === undefined ? [] : [`${example.name}: ${day}`]
      }),
    )
    expect(slips).toEqual([])
  })

  it('that do not name such a day are found out', async () => {
    const silent = await compilePool(changed('R20', a => (a.turns = [{ fact: 'household.disasterOn', days: [0] }])))
    if (!silent.ok) return expect.fail('the rule cannot be read')
    const facts = { household: { disasterOn: '2021-09-25' }, persons: [{ key: 'a' }] }
    expect(unnamedTurn(silent.pool, 'R20', facts, on, 200)).toBe('2021-10-26')
    expect(unnamedTurn(silent.pool, 'R20', facts, on, 29)).toBeUndefined()
    expect(alertsRaised(pool, facts, on)).toEqual([{ rule: 'R20', person: -1, level: 'red' }])
    expect(alertsRaised(pool, facts, on, new Set(['R19']))).toEqual([])
  })
})

describe('an alert', () => {
  it('names the facts it rests on, with their values, and not others', () => {
    const [found] = judgeAlerts(
      pool,
      {
        household: { certifiedTier: 'dibao', kwh30: 90 },
        persons: [{ key: 'a', largestBillSelfPaid: 12000, billSettledOn: '2021-09-20', sex: 'male' }],
      },
      on,
    )
    expect(found).toMatchObject({ rule: 'R10', person: 'a', level: 'orange', occurredOn: '2021-09-20', missing: [] })
    expect(found?.facts).toEqual([
      { fact: 'person.largestBillSelfPaid', person: 'a', value: 12000 },
      { fact: 'person.billSettledOn', person: 'a', value: '2021-09-20' },
      { fact: 'household.certifiedTier', value: 'dibao' },
    ])
  })

  it('asks a person where something happened and what is not known decides how bad it is', () => {
    const found = judgeAlerts(
      pool,
      { household: {}, persons: [{ key: 'a', alive: false, deceasedOn: '2021-09-25' }] },
      on,
    )
    expect(found).toMatchObject([{ rule: 'R17', level: 'orange', reasons: [] }])
    expect(found[0]?.missing).toContainEqual({ fact: 'person.employmentStatus', person: 'a' })
  })

  it('raises nothing of a household of which no file has brought anything', () => {
    expect(judgeAlerts(pool, { household: {}, persons: [{ key: 'a' }] }, on)).toEqual([])
    const plain = {
      household: { certifiedTier: 'dibao' },
      persons: [{ key: 'a', birthDate: '1950-01-01', livingAlone: true }],
    }
    expect(judgeAlerts(pool, plain, on)).toEqual([])
  })

  it('of the harmony code is not for the village unless its reason is known to be harmless to tell', () => {
    const careful = (harmonyReason?: string) =>
      judgeAlerts(
        pool,
        { household: { harmonyRedOn: '2021-09-25', ...(harmonyReason && { harmonyReason }) }, persons: [{ key: 'a' }] },
        on,
      ).map(a => a.careful)
    expect([careful(), careful('domesticDispute'), careful('minor'), careful('debt')]).toEqual([
      [true],
      [true],
      [true],
      [false],
    ])
  })
})

describe('the card of points', () => {
  it('has a case for each step of each item', () => {
    const reached = new Set(
      cases
        .filter(c => 'points' in c.expect)
        .flatMap(c => pointsOf(pool, factsOfCase(c), c.on as Day)?.parts ?? [])
        .flatMap(part => (part.because ? [`${part.item} ${part.because.en}`] : [])),
    )
    const wanted = pool.points.flatMap(({ item, bands }) => bands.map(band => `${item.id} ${band.label.en}`))
    expect(wanted.filter(step => !reached.has(step))).toEqual([])
  })

  it('is refused where a step is never reached', async () => {
    const again = await compilePool(
      files.map(({ path, content }) => ({
        path,
        content:
          path === 'alerts/points.yaml'
            ? JSON.parse(JSON.stringify(content).replace('rigidShare12m >= 0.6', 'rigidShare12m >= 0.3'))
            : content,
      })),
    )
    expect(again.ok ? [] : again.problems.map(p => problemLine(p, 'en')).join()).toContain(
      'alerts/points.yaml rigid bands[1]',
    )
  })

  it('has at most twelve items over the eight dimensions, and its sum is that of its parts', () => {
    expect(pool.points.length).toBeLessThanOrEqual(12)
    expect(new Set(pool.points.map(p => p.item.dimension)).size).toBe(8)
    const card = pointsOf(
      pool,
      {
        household: { dwellingDangerLevel: 'D' },
        persons: [{ key: 'a', alive: true, birthDate: '1940-01-01', livingAlone: true }],
      },
      on,
    )
    expect(card?.points).toBe(7)
    expect(card?.parts.reduce((sum, p) => sum + p.points, 0)).toBe(7)
    // What is not known is named as such and counts nothing.
    expect(card?.parts.find(p => p.item === 'income')).toMatchObject({ points: 0, because: null })
  })
})
