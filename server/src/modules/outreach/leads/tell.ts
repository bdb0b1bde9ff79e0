import { type Channel, type Day, type DivisionCode, maskName, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { calmView, needsCare } from '../../guidance/index.ts'
import { placesOf } from '../../registry/index.ts'
import { outreach } from '../kept-case.ts'
import { type leadsContract, noSuchVillageToTell, notWords, toldTooOften } from './contract.ts'
import { leadClocks } from './lead.ts'

type Input<K extends keyof typeof leadsContract> = InputOf<(typeof leadsContract)[K]>

export const sealedLeadWhom = 'outreach.lead.whom'
export const sealedLeadWords = 'outreach.lead.words'

export interface LeadWhom {
  readonly name: string
  readonly where: string | null
  readonly phone: string | null
}

/** What residents may tell in a day: one telephone, and all of one village together. */
const most = { account: 5, village: 60 } as const

/** The answer is the same whoever is meant and whatever is known of them. */
export async function tellOfSomebody(ctx: Ctx, { body }: Input<'POST /my/leads'>) {
  await checkVillage(ctx, body.village)
  if (!areWords(body.who) || !areWords(body.words)) throw notWords()
  await countOne(ctx, ctx.actor.account, most.account)
  await countOne(ctx, body.village, most.village)
  const { careful } = await writeLead(ctx, {
    village: body.village,
    channel: body.self ? 'self' : 'neighbour',
    whom: { name: body.who, where: null, phone: null },
    words: body.words,
    foundOn: ctx.today,
  })
  return { calm: careful ? calmView : null }
}

export async function noteLead(ctx: Ctx, { body }: Input<'POST /leads'>) {
  await checkVillage(ctx, body.village)
  if (!body.village.startsWith(ctx.actor.scope ?? '-')) throw noSuchVillageToTell()
  return await writeLead(ctx, {
    village: body.village,
    channel: body.channel,
    whom: { name: body.name, where: body.where ?? null, phone: body.phone ?? null },
    words: body.words,
    foundOn: body.foundOn !== undefined && body.foundOn < ctx.today ? body.foundOn : ctx.today,
  })
}

async function checkVillage(ctx: Ctx, village: DivisionCode): Promise<void> {
  if (village.length !== 12 || !(await placesOf(ctx)).has(village)) throw noSuchVillageToTell()
}

/** Somebody's own words: letters of some language, no address of a page. */
const areWords = (said: string): boolean =>
  (said.match(/\p{L}/gu)?.length ?? 0) >= 2 && !/https?:|www\.|\.(com|cn|net)\b/i.test(said)

async function countOne(ctx: Ctx, counted: string, limit: number): Promise<void> {
  const { n } = await outreach(ctx)
    .insertInto('outreach.lead_count')
    .values({ district: ctx.district, on_day: ctx.today, counted, n: 1 })
    .onConflict(on =>
      on.columns(['district', 'on_day', 'counted']).doUpdateSet(eb => ({ n: eb('outreach.lead_count.n', '+', 1) })),
    )
    .returning('n')
    .executeTakeFirstOrThrow()
  if (n > limit) throw toldTooOften()
}

interface Told {
  readonly village: DivisionCode
  readonly channel: Channel
  readonly whom: LeadWhom
  readonly words: string
  readonly foundOn: Day
}

/** What hints at violence, suicide or harm to a child is the township's from the start; the village is not told. */
async function writeLead(ctx: Ctx, { village, channel, whom, words, foundOn }: Told) {
  const id = newId(ctx.now.getTime())
  const careful = needsCare(`${whom.name} ${whom.where ?? ''} ${words}`)
  const division = careful ? village.slice(0, 9) : village
  await outreach(ctx)
    .insertInto('outreach.lead')
    .values({
      district: ctx.district,
      id,
      division,
      village,
      careful,
      channel,
      state: 'found',
      version: 1,
      masked_name: maskName(whom.name.slice(0, 12)),
      sealed_whom: ctx.crypto.seal(sealedLeadWhom, id, JSON.stringify(whom)),
      sealed_words: ctx.crypto.seal(sealedLeadWords, id, words),
      household_id: null,
      joined_id: null,
      task_id: null,
      due_on: ctx.calendar.addWorkingDays(ctx.today, careful ? 1 : leadClocks.found),
      found_on: foundOn,
      found_at: ctx.now,
      found_by: ctx.actor.account,
      found_name: ctx.actor.role === 'resident' ? '' : ctx.actor.name,
      verified_on: null,
      helped_on: null,
      changed_at: ctx.now,
      closed_at: null,
      late_told_on: null,
    })
    .execute()
  ctx.tell({
    name: 'outreach.leadFound',
    to: { roles: careful ? ['townshipClerk'] : ['guide', 'townshipClerk'], division },
    id,
  })
  return { id, careful }
}
