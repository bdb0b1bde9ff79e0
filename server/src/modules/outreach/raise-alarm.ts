import { type Id, newId, type Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { outreach } from './kept-case.ts'
import { sealedWhy } from './open-task.ts'
import type { TaskRow } from './tables.ts'

export interface Alarm {
  readonly id: Id
  readonly kind: 'violence' | 'suicide' | 'childAbuse'
  readonly words?: string | undefined
}

const said: Readonly<Record<Alarm['kind'], Words>> = {
  violence: { zh: '走访时发现可能有人受到伤害', en: 'At a visit: somebody may be being hurt' },
  suicide: { zh: '走访时发现可能有轻生的念头', en: 'At a visit: somebody may be thinking of ending their life' },
  childAbuse: {
    zh: '走访时发现孩子可能受到伤害（应当立即报告公安机关）',
    en: 'At a visit: a child may be being hurt (must be reported to the police at once)',
  },
}

/** Hands what was met at a door to the township at once, as a careful task. Who hands it on does not see it again; the same one twice is one. */
export async function raiseAlarm(ctx: Ctx, task: TaskRow, alarm: Alarm): Promise<void> {
  const { zh, en } = said[alarm.kind]
  const why: Words = alarm.words ? { zh: `${zh}：${alarm.words}`, en: `${en}: ${alarm.words}` } : { zh, en }
  const township = task.village.slice(0, 9)
  const id = newId(ctx.now.getTime())
  const raised = await outreach(ctx)
    .insertInto('outreach.task')
    .values({
      district: ctx.district,
      id,
      division: township,
      village: task.village,
      careful: true,
      household_id: task.household_id,
      person_id: null,
      kind: 'key',
      origin_kind: 'lead',
      origin_id: alarm.id,
      level: 'red',
      state: 'handedOver',
      version: 1,
      sealed_why: ctx.crypto.seal(sealedWhy, id, JSON.stringify(why)),
      holder_id: null,
      holder_name: null,
      held_by: 'township',
      due_on: ctx.today,
      opened_at: ctx.now,
      changed_at: ctx.now,
      closed_at: null,
      sealed_reason: null,
      late_told_on: null,
    })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  ctx.about({ kind: 'household', id: task.household_id })
  if (raised.numInsertedOrUpdatedRows !== 1n) return
  ctx.tell({ name: 'outreach.taskGiven', to: { roles: ['townshipClerk'], division: township }, id })
}
