import { newId } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'

describe('the rhythm of visits by the clock', () => {
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
      `insert into outreach.finding (district, id, visit_id, task_id, household_id, division, result, risk, found_on, found_at, found_by, found_name)
       values ('330111', $1, $1, $1, $2, '330111109203', 'stable', 'none', '2021-09-20', '2021-09-20', $1, '徐小英')`,
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
    await clerk.next('outreach.visitOverdue')
    await house.run('outreach.markTasksLate')
    await expect(clerk.next('outreach.visitOverdue', 200)).rejects.toThrow()
    clerk.close()
  })
})
