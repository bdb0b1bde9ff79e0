import { addDays, type Day, daysBetween, type Id, newId, nextVisit, rhythmOf } from '@zhulian/kernel'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'

describe('the rhythm of visits', () => {
  it.each([
    ['high risk', { circle: 3, traits: [], urgent: true }, 7],
    ['the first circle, alone', { circle: 1, traits: ['alone'], urgent: false }, 7],
    ['the first circle', { circle: 1, traits: [], urgent: false }, 30],
    ['a poor child', { circle: 2, traits: ['child'], urgent: false }, 30],
    ['the second circle', { circle: 2, traits: ['alone'], urgent: false }, 91],
    ['the third circle', { circle: 3, traits: ['child'], urgent: false }, 91],
    ['outside the base', { circle: null, traits: ['alone'], urgent: false }, undefined],
  ] as const)('%s', (_, household, every) => {
    expect(rhythmOf(household)?.every).toBe(every)
  })

  it('who was visited is due one interval later; who never was has one day in each interval, whichever day it is asked', () => {
    const day = fc.integer({ min: 0, max: 9000 }).map(n => addDays('2021-01-01' as Day, n))
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), day, fc.constantFrom(7, 30, 91), (id, today, every) => {
        const rhythm = { kind: 'routine' as const, every }
        const first = nextVisit(rhythm, id as Id, null, today)
        expect(daysBetween(today, first)).toBeGreaterThanOrEqual(0)
        expect(daysBetween(today, first)).toBeLessThan(every)
        expect(nextVisit(rhythm, id as Id, null, first)).toBe(first)
        expect(nextVisit(rhythm, id as Id, today, today)).toBe(addDays(today, every))
      }),
    )
  })

  describe('by the clock', () => {
    let house: House
    beforeAll(async () => {
      house = await openHouse()
    })
    afterAll(() => house.close())

    it('opens one visit for who is due, none for who has one open, and says once what ran late', async () => {
      const made = await house.as('guide').post('POST /households', {
        body: { division: '330111109203', members: [{ name: '盛根法', relation: '01', birthDate: '1942-03-04' }] },
      })
      const household = made.body.id
      await house.sql(`update registry.household set circle = 1, traits = '{alone}' where id = $1`, [household])
      await house.sql(
        `insert into outreach.visit (district, id, task_id, household_id, division, form, opened_at, visited_on, submitted_at, submitted_by)
         values ('330111', $1, $1, $2, '330111109203', 'key', '2021-09-01', '2021-09-20', '2021-09-20', $1)`,
        [newId(), household],
      )
      const open = () =>
        house.sql('select kind, due_on, origin_kind from outreach.task where household_id = $1 and closed_at is null', [
          household,
        ])
      for (let turn = 0; turn < 2; turn++) expect((await house.run('outreach.openRhythm')).failures).toEqual([])
      expect(await open()).toEqual([{ kind: 'key', due_on: '2021-09-27', origin_kind: 'rhythm' }])
      house.at('2021-09-29T09:00:00+08:00')
      const clerk = await house.as('townshipClerk').live()
      await house.run('outreach.markTasksLate')
      await clerk.next('outreach.visitOverdue', 1000)
      await house.run('outreach.markTasksLate')
      await expect(clerk.next('outreach.visitOverdue', 200)).rejects.toThrow()
      clerk.close()
    })
  })
})
