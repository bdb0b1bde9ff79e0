import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Day, Id } from '@zhulian/kernel'
import { parse as parseCsv } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkout } from '../../platform/config.ts'
import { type Hub, hubFaults } from './hubs.ts'
import { contractState, contractStepsOpen, stageWays } from './organisation.ts'
import { standingOf } from './read-organisations.ts'
import { shownOf } from './three-parties.ts'

const shipped = parse(readFileSync(path.join(checkout, 'data', 'hubs.yaml'), 'utf8')) as Hub[]
const townships = (
  parseCsv(readFileSync(path.join(checkout, 'data', 'divisions', 'townships.csv')), { columns: true, bom: true }) as {
    code: string
  }[]
).map(row => row.code)
const day = (text: string) => text as Day

describe('the hubs that are shipped', () => {
  it('are one core, two wings and four special ones, and serve each of the 24 townships once', () => {
    expect(hubFaults(shipped, townships)).toEqual([])
    expect(shipped.flatMap(hub => hub.townships)).toHaveLength(24)
    expect(shipped.map(hub => hub.kind)).toEqual([
      'core',
      'wing',
      'wing',
      ...Array.from({ length: 4 }, () => 'special'),
    ])
  })

  it('are refused where a township is served by none, by two, or is not one', () => {
    const [core, wing] = shipped as [Hub, Hub]
    expect(hubFaults(shipped.slice(0, -1), townships)).toEqual(['330111103 by none'])
    const twice = { ...wing, townships: [...wing.townships, core.seat, '330111999'] }
    expect(hubFaults([core, twice, ...shipped.slice(2)], townships)).toEqual([
      '330111001 by fuchun, dongzhou',
      '330111999 is no township',
    ])
  })
})

describe('a contract', () => {
  const me = '01890000-0000-7000-8000-000000000011' as Id
  const other = '01890000-0000-7000-8000-000000000012' as Id
  const row = {
    signed_at: new Date(0) as Date | null,
    discarded_at: null,
    from_on: day('2021-01-01'),
    until_on: day('2021-12-31'),
    ended_on: null as Day | null,
    written_by: other,
    proof: null,
  }
  const open = (of: typeof row, today: string, who = me) =>
    contractStepsOpen(of, day(today), who).map(({ step }) => step)

  it('holds to the end of its last day and not a day longer', () => {
    const states = ['2020-12-31', '2021-01-01', '2021-12-31', '2022-01-01'].map(on => contractState(row, day(on)))
    expect(states).toEqual(['coming', 'inForce', 'inForce', 'ended'])
    expect(contractState({ ...row, ended_on: day('2021-06-30') }, day('2021-07-01'))).toBe('ended')
  })

  it('that was ended before its first day is over at once, and nobody is asked what became of data', () => {
    const dropped = { ...row, ended_on: day('2020-12-31') }
    expect(contractState(dropped, day('2020-11-01'))).toBe('ended')
    expect(open(dropped, '2020-11-01')).toEqual([])
    expect(open(dropped, '2021-02-01')).toEqual([])
  })

  it('is signed off by somebody other than who wrote it', () => {
    const written = { ...row, signed_at: null }
    expect(open(written, '2021-01-01')).toEqual(['sign', 'discard'])
    expect(open(written, '2021-01-01', other)).toEqual(['discard'])
    expect(open(row, '2021-06-01')).toEqual(['end'])
    expect(open(row, '2022-01-01')).toEqual(['proof'])
  })
})

describe('people of an organisation', () => {
  const one = { from_on: day('2021-01-01'), until_on: day('2021-06-30') }
  const next = { from_on: day('2021-07-01'), until_on: day('2021-12-31') }

  it('come in as long as contracts follow one another without a gap', () => {
    expect(standingOf([next, one], day('2021-06-25'))).toMatchObject({ accessUntil: '2021-12-31', endsSoon: false })
    const later = { ...next, from_on: day('2021-07-02') }
    expect(standingOf([one, later], day('2021-06-25'))).toMatchObject({ accessUntil: '2021-06-30', endsSoon: true })
    expect(standingOf([one, later], day('2021-07-01'))).toMatchObject({ accessUntil: null, endedOn: '2021-06-30' })
  })
})

describe('needs beside money and supply', () => {
  it('are hidden where they are few, with as many beside them as it takes', () => {
    expect(shownOf([{ open: 3, late: 0 }]).map(n => n.open)).toEqual([null])
    const rows = [
      { open: 3, late: 1 },
      { open: 12, late: 9 },
      { open: 40, late: 20 },
    ]
    expect(shownOf(rows)).toEqual([
      { open: null, late: null },
      { open: null, late: null },
      { open: 40, late: 20 },
    ])
    // Those in time would be told by what is left.
    expect(shownOf([{ open: 8, late: 6 }])).toEqual([{ open: 8, late: null }])
  })
})

it('from every stage there is a way on, and from none to itself', () => {
  for (const [from, to] of Object.entries(stageWays)) {
    expect(to.length).toBeGreaterThan(0)
    expect(to).not.toContain(from)
  }
})
