import { day, readIdNumber } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { checkFacts } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { judgeableOf } from '../../server/src/modules/registry/index.ts'
import { isMadeUpIdNumber, knownFamilies, madeUpDistrict, madeUpStaff, townships, villages } from './index.ts'

const today = day('2021-09-26')
const made = [...madeUpDistrict({ people: 3000, today })]
const people = made.flatMap(h => h.members)

describe('the made-up district', () => {
  it('is the same for the same seed, and its households do not hang on how many follow', () => {
    expect([...madeUpDistrict({ people: 3000, today })]).toEqual(made)
    const few = [...madeUpDistrict({ people: 300, today })]
    expect(made.slice(0, few.length)).toEqual(few)
    const other = [...madeUpDistrict({ people: 300, today, seed: 7 })]
    expect(other.map(h => h.division)).not.toEqual(few.map(h => h.division))
  })

  it('gives everybody a number nobody else has, valid, and of no place that ever was', () => {
    expect(new Set(people.map(p => p.idNumber)).size).toBe(people.length)
    for (const p of people) {
      expect(readIdNumber(p.idNumber, today)).toMatchObject({ ok: true, birthDate: p.birthDate })
      expect(isMadeUpIdNumber(p.idNumber), p.idNumber).toBe(true)
    }
  })

  it('stands in real villages, each household with one head, the families of the journeys first', () => {
    const places = new Set(villages().map(v => v.code))
    expect([places.size, townships().length]).toEqual([350, 24])
    for (const h of made) {
      expect(places.has(h.division)).toBe(true)
      expect(h.members.filter(m => m.relation === '02')).toHaveLength(1)
    }
    expect(made.slice(0, 3).map(h => h.registerNo)).toEqual(Object.values(knownFamilies).map(f => f.registerNo))
    expect(made[0]?.members).toHaveLength(1)
  })

  it('says only what the dictionary has, in values it takes', async () => {
    const read = await readPool()
    if (!read.ok) throw new Error('the pool does not compile')
    for (const h of made) {
      const members = h.members.map((m, i) => ({ ...m, id: String(i) as never }))
      const checked = checkFacts(read.pool, judgeableOf(h.division, h.statements, members), today)
      expect(checked.ok ? [] : checked.faults).toEqual([])
    }
  })

  it('has 750 guides, one to four a village, three clerks a township, and everybody else once', () => {
    const staff = madeUpStaff(330_111)
    const guides = staff.filter(s => s.role === 'guide')
    const counts = [...Map.groupBy(guides, g => g.scope).values()].map(g => g.length)
    expect(guides.length).toBe(750)
    expect([Math.min(...counts) >= 1, Math.max(...counts) <= 4]).toEqual([true, true])
    expect(staff.filter(s => s.role === 'townshipClerk')).toHaveLength(72)
    expect(new Set(staff.map(s => s.signInName)).size).toBe(staff.length)
  })
})
