import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { type NeedForProject, standsOf } from '../wishes/index.ts'
import { change } from './enrol.ts'
import { projects } from './kept-project.ts'
import { followWithOrder } from './orders/follow-need.ts'
import type { EnrolmentRow } from './tables.ts'

export const projectsJobs: readonly Job[] = [{ name: 'projects.followNeed', do: followNeed }]

/** A need that is met, taken elsewhere or gone leaves its place to another; one that followed its family is where they live. */
async function followNeed(ctx: Ctx, { need: id }: Readonly<Record<string, string | number>>): Promise<void> {
  await followWithOrder(ctx, String(id) as Id)
  const need = (await standsOf(ctx, [String(id) as Id])).get(String(id) as Id)
  const row = await projects(ctx)
    .selectFrom('projects.enrolment')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('need_id', '=', String(id) as Id)
    .where('left_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!need || !row) return
  ctx.about({ kind: 'household', id: need.household })
  const leftAs = gone(row, need)
  if (leftAs) {
    await change(ctx, row, {
      state: 'left',
      left_at: ctx.now,
      left_on: ctx.today,
      left_as: leftAs,
      left_by: ctx.actor.account,
    })
    ctx.tell({
      name: 'projects.placeFree',
      to: { roles: ['operator', 'districtOfficer'], division: ctx.district },
      id: row.project_id,
    })
  } else if (
    need.division !== row.division ||
    need.household !== row.household_id ||
    need.person !== row.person_id ||
    need.careful !== row.careful ||
    need.minorUntil !== row.minor_until
  )
    await change(ctx, row, {
      division: need.division,
      household_id: need.household,
      person_id: need.person,
      careful: need.careful,
      minor_until: need.minorUntil,
    })
}

const atWork: readonly string[] = ['matched', 'assigned', 'inService', 'suspended', 'delivered', 'disputed']
const met: readonly string[] = ['confirmed', 'evaluated', 'closed']

function gone({ state }: EnrolmentRow, need: NeedForProject): EnrolmentRow['left_as'] | undefined {
  if (state === 'placed')
    return atWork.includes(need.state) ? undefined : met.includes(need.state) ? 'served' : 'movedOn'
  if (state === 'designed') return need.state === 'projectDesigned' ? undefined : 'movedOn'
  return need.isClosed || need.state === 'claimed' || atWork.includes(need.state) || met.includes(need.state)
    ? 'movedOn'
    : undefined
}
