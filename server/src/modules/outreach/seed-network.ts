import { addDays, type DivisionCode, type Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { type Colleague, listGuidesUnder } from '../identity/index.ts'
import { noteAbsence } from './absences.ts'
import { openTask } from './open-task.ts'
import { as } from '../../platform/act-as.ts'

type Placed = Pick<Colleague, 'account' | 'name' | 'scope'>

/**
 * A network in which something goes on: visits to make in many villages, some of them late; in each township one guide away
 * while a colleague of the village stands in, in every third one who will be.
 * @param keeps guides by account who stay at work, such as those whom one signs in as
 */
export async function seedNetwork(ctx: Ctx, keeps: readonly Id[] = [], visits = 240): Promise<void> {
  await openVisits(ctx, visits)
  const byVillage = Map.groupBy(
    (await listGuidesUnder(ctx, ctx.district as DivisionCode)).filter(g => g.scope.length === 12),
    g => g.scope,
  )
  const byTownship = Map.groupBy([...byVillage], ([village]) => village.slice(0, 9))
  for (const [i, villages] of [...byTownship.values()].entries()) {
    const staffed = villages.flatMap(([, guides]) => pairOf(guides, keeps))
    const [now, later] = [staffed[i % 2], staffed[2]]
    if (now) await away(ctx, now, -(i % 4), 2 + (i % 9))
    if (later && i % 3 === 0) await away(ctx, later, 4, 9)
  }
}

/** One who goes and one who stands in. */
function pairOf(guides: readonly Placed[], keeps: readonly Id[]): [Placed, Placed][] {
  const goes = guides.find(g => !keeps.includes(g.account))
  const stays = guides.find(g => g.account !== goes?.account)
  return goes && stays ? [[goes, stays]] : []
}

async function away(ctx: Ctx, [goes, stays]: readonly [Placed, Placed], from: number, back: number): Promise<void> {
  const body = {
    guide: goes.account,
    fromOn: addDays(ctx.today, from),
    backOn: addDays(ctx.today, back),
    standIn: stays.account,
  }
  await noteAbsence(ctx, { params: {}, query: {}, body })
}

/** On homes of the inner circles, from eleven days ago on. */
async function openVisits(ctx: Ctx, most: number): Promise<void> {
  const { rows } = await sql<{ id: Id; circle: number }>`
    select id, circle from (
      select id, circle, row_number() over (partition by division order by id) as place
        from registry.v_household where district = ${ctx.district} and circle <= 2
    ) home order by place, id limit ${most}`.execute(ctx.transaction)
  for (const [i, { id, circle }] of rows.entries()) {
    const opened = new Date(ctx.now.getTime() - (i % 12) * 86_400_000)
    await as(ctx, ctx.actor, opened, inner =>
      openTask(inner, {
        kind: circle === 1 ? 'key' : 'routine',
        household: id,
        origin: { kind: 'rhythm', id },
        dueOn: addDays(inner.today, 7),
      }),
    )
  }
}
