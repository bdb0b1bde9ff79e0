import { addDays, type DivisionCode, type Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { actorOf, as, edges } from '../../platform/act-as.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { listGuidesUnder, namesOf } from '../identity/index.ts'
import { childrenOf, grantMinors } from '../registry/index.ts'
import { registerDevice, useDevice } from './devices.ts'
import { writeProtectedNote } from './protected-notes.ts'
import type { FamilyInNeed } from './slips/seed-slips.ts'
import { revokePhone } from './work-phones.ts'

/** Who takes care in the village of a family: its guide, and the clerk of its township. */
export interface Care extends FamilyInNeed {
  readonly guide: Id
  readonly clerk: Id
}

const dayMs = 86_400_000
/** Registered and last seen, days ago; of the guide, or of a colleague of the township. */
const phones = [
  { name: '华为 畅享 20', from: 210, seen: 45, isReplaced: true },
  { name: '华为 nova 9', from: 44, seen: 0 },
  { name: '红米 Note 11', from: 120, seen: 3, of: 1 },
  { name: 'OPPO A57', from: 30, seen: 12, of: 2 },
] as const

/**
 * Around one village, by the same use cases as a browser: a protected note for its guide alone, work telephones of the township (one replaced,
 * some not seen for days), and grants for the records of the children of two families, one of which has run out.
 */
export async function seedCare(machine: Ctx, { household, village, guide, clerk }: Care): Promise<void> {
  const office = village.slice(0, 9) as DivisionCode
  const names = await namesOf(machine, [guide, clerk])
  const guideActor = actorOf(machine, 'guide', guide, names.get(guide) ?? '', village)
  const clerkActor = actorOf(machine, 'townshipClerk', clerk, names.get(clerk) ?? '', office)
  const ago = (days: number) => new Date(machine.now.getTime() - days * dayMs)
  await as(machine, clerkActor, ago(8), ctx =>
    writeProtectedNote(ctx, {
      ...edges,
      params: { householdId: household },
      body: { text: '夜里一个人，怕生人敲门。去之前先打电话，说是村里小徐。', readers: [guide] },
    }),
  )
  const colleagues = (await listGuidesUnder(machine, office)).filter(one => one.account !== guide)
  for (const made of phones) {
    const other = 'of' in made ? colleagues[made.of - 1] : undefined
    const owner = 'of' in made ? other && actorOf(machine, 'guide', other.account, other.name, other.scope) : guideActor
    if (owner) await phone(machine, owner, { ...made, clerk: clerkActor, ago })
  }
  for (const [i, home] of (await homesOfChildren(machine, village)).entries())
    await as(machine, clerkActor, ago(i === 0 ? 20 : 200), ctx =>
      grantMinors(ctx, {
        ...edges,
        params: { id: home },
        body: {
          reader: guide,
          reason: i === 0 ? '孩子由奶奶带，村里每周上门看一次' : '暑期陪伴，开学前到期',
          ...(i > 0 && { until: addDays(ctx.today, 60) }),
        },
      }),
    )
}

interface MadeUpPhone {
  readonly name: string
  readonly from: number
  readonly seen: number
  readonly isReplaced?: true
  readonly clerk: Actor
  readonly ago: (days: number) => Date
}

async function phone(machine: Ctx, owner: Actor, { name, from, seen, isReplaced, clerk, ago }: MadeUpPhone) {
  const { id } = await as(machine, owner, ago(from), ctx =>
    registerDevice(ctx, { ...edges, params: {}, body: { name } }),
  )
  await as(machine, owner, ago(seen), ctx => useDevice(ctx, id))
  if (isReplaced)
    await as(machine, clerk, ago(seen - 1), ctx =>
      revokePhone(ctx, { ...edges, params: { deviceId: id }, body: { reason: 'replaced' } }),
    )
}

/** Two families of the village with children. */
async function homesOfChildren(machine: Ctx, village: DivisionCode): Promise<readonly Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from registry.v_household
    where district = ${machine.district} and division = ${village} order by id limit 200`.execute(machine.transaction)
  const children = await childrenOf(
    machine,
    rows.map(row => row.id),
  )
  return [...new Set(children.map(child => child.household))].toSorted().slice(0, 2)
}
