import type { DivisionCode, Id } from '@zhulian/kernel'
import type { Day } from '@zhulian/kernel'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { listWorkersUnder } from '../identity/index.ts'
import { isExample } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { hubsOf } from './hubs.ts'

export async function listHubs(ctx: Ctx) {
  const places = await placesOf(ctx)
  const groups = await listWorkersUnder(ctx, ctx.district as DivisionCode, ['villageGroup'])
  const villages = [...places.keys()].filter(code => code.length === 12)
  const under = (all: readonly string[], township: string) =>
    new Set(all.filter(code => code.startsWith(township))).size
  // A guide reads no contract; who runs a hub is for everybody of the offices to know.
  const { rows } = await asMachine(ctx, machine =>
    sql<{ hub: string; id: Id; name: string; untilOn: Day }>`
    select k.hub, o.id, o.name, k.until_on as "untilOn" from organisations.v_contract k
      join organisations.organisation o on o.district = k.district and o.id = k.organisation_id
     where k.district = ${ctx.district} and k.hub is not null and ${ctx.today} between k.from_on and k.until_on
     order by k.hub, o.id`.execute(machine.transaction),
  )
  return {
    items: hubsOf(ctx).map(({ id, name, kind, about, seat, townships, provenance }) => ({
      id,
      name,
      kind,
      about,
      seat: { code: seat, name: places.get(seat)?.name ?? '' },
      townships: townships.map(code => ({
        code,
        name: places.get(code)?.name ?? '',
        groups: under(
          groups.map(one => one.scope),
          code,
        ),
        villages: under(villages, code),
      })),
      runBy: rows.filter(row => row.hub === id).map(by => ({ id: by.id, name: by.name, untilOn: by.untilOn })),
      example: isExample(provenance),
    })),
  }
}
