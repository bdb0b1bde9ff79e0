import type { DivisionCode, Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Lying } from '../../platform/way.ts'
import { currentPool } from '../pools/index.ts'
import { positionsOf } from '../registry/index.ts'
import { cardsToLink, needsToLink } from '../wishes/index.ts'
import type { linkingContract } from './contract.ts'
import { declinedNow, linking } from './declined.ts'
import { type Meant, meantBy } from './meant.ts'
import { barredOf, keyOf, kmBetween, meetsOneMore, place, type Placed, type Wanting } from './placing.ts'
import { type NamedTaker, takerKeyOf, takerShown, takersFor } from './takers.ts'
import { wantingOf } from './wanting.ts'

type Answer = AnswerOf<(typeof linkingContract)['POST /linking/suggestion']>
type Row = Answer['rows'][number]
export type Other = Row['others'][number]

const atOnce = 25
const rounds = 4
const mostOthers = 4
const mostBefore = 3

interface Asked {
  readonly needs: readonly Wanting[]
  readonly takers: readonly NamedTaker[]
  readonly villages: ReadonlyMap<string, Lying>
  readonly declined: ReadonlyMap<string, Id>
  readonly meant: ReadonlyMap<string, Meant>
  readonly placed: Placed
}

/** Looks for the best for all needs of the level at once, beginning from what was suggested last, and keeps it for the next time. */
export async function suggestLinks(
  ctx: Ctx,
  { body }: InputOf<(typeof linkingContract)['POST /linking/suggestion']>,
): Promise<Answer> {
  const { at: villages, illustrative } = await positionsOf(ctx)
  const needs = (await needsToLink(ctx, undefined)).map(need => wantingOf(need, ctx.today))
  const takers = await takersFor(ctx, villages)
  const declined = await declinedNow(ctx)
  const no = new Map<string, 'saidNo' | 'notMeant'>([...declined.keys()].map(key => [key, 'saidNo' as const]))
  const before = await suggestedLast(ctx, needs)
  const meant = new Map<string, Meant>()
  let placed = place({ needs, takers, villages, no, before })
  let { page, shown, wanted } = pageOf(placed, needs, body)
  // Of who is shown the rules of projects are asked; whom one does not mean is placed anew, and the next may be of another rule.
  for (let round = 0; round < rounds && (await askRules(ctx, placed, needs, page, { no, meant })); round++) {
    placed = place({ needs, takers, villages, no, before })
    ;({ page, shown, wanted } = pageOf(placed, needs, body))
  }
  await keep(ctx, needs, placed)
  const asked: Asked = { needs, takers, villages, declined, meant, placed }
  return {
    given: shown.filter(({ taker }) => taker !== undefined).length,
    open: shown.filter(({ taker }) => taker === undefined).length,
    rows: await rowsOf(ctx, asked, page),
    more: wanted.length > body.from + atOnce,
    wanted: placed.wanted.map(({ taker, saves, upTo }) => ({
      taker: takerShown(taker as NamedTaker),
      meets: saves >= meetsOneMore,
      km: Math.round(saves / 10),
      upTo,
    })),
    lacking: await lackingIn(ctx, asked),
    illustrative,
  }
}

function pageOf(
  placed: Placed,
  needs: readonly Wanting[],
  { division, show, from }: InputOf<(typeof linkingContract)['POST /linking/suggestion']>['body'],
) {
  const shown = needs
    .map((need, n) => ({ need, n, taker: placed.takerOf(n) }))
    .filter(({ need }) => division === undefined || need.division.startsWith(division))
  const wanted = shown.filter(({ taker }) => (taker !== undefined) === (show === 'given'))
  return { shown, wanted, page: wanted.slice(from, from + atOnce).map(({ n }) => n) }
}

/** @returns whether somebody is not meant by the project that was suggested for them */
async function askRules(
  ctx: Ctx,
  placed: Placed,
  needs: readonly Wanting[],
  page: readonly number[],
  known: { readonly no: Map<string, 'saidNo' | 'notMeant'>; readonly meant: Map<string, Meant> },
): Promise<boolean> {
  let found = false
  for (const n of page) {
    const [need, taker] = [needs[n] as Wanting, placed.takerOf(n) as NamedTaker | undefined]
    if (taker?.kind !== 'project' || known.meant.has(keyOf(need.id, taker.key))) continue
    for (const [project, judged] of await meantBy(ctx, need.id as Id)) {
      const key = keyOf(need.id, takerKeyOf({ kind: 'project', id: project }))
      known.meant.set(key, judged)
      if (judged.verdict !== 'ineligible') continue
      known.no.set(key, 'notMeant')
      found ||= project === taker.id
    }
  }
  return found
}

async function suggestedLast(ctx: Ctx, needs: readonly Wanting[]): Promise<ReadonlyMap<string, string | null>> {
  const rows = await linking(ctx)
    .selectFrom('linking.suggestion')
    .select(['need_id', 'taker'])
    .where('district', '=', ctx.district)
    .where('need_id', '=', sql<Id>`any(${needs.map(need => need.id)}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.need_id, row.taker]))
}

/** Only what is another than before is written. */
async function keep(ctx: Ctx, needs: readonly Wanting[], placed: Placed): Promise<void> {
  if (needs.length === 0) return
  await sql`
    insert into linking.suggestion as kept (district, need_id, division, taker, suggested_at)
    select ${ctx.district}, need_id, division, taker, ${ctx.now}
      from unnest(${needs.map(need => need.id)}::uuid[], ${needs.map(need => need.division)}::text[],
                  ${needs.map((_, n) => placed.takerOf(n)?.key ?? null)}::text[]) as s (need_id, division, taker)
        on conflict (district, need_id) do update
       set taker = excluded.taker, division = excluded.division, suggested_at = excluded.suggested_at
     where kept.taker is distinct from excluded.taker or kept.division <> excluded.division`.execute(ctx.transaction)
}

async function rowsOf(ctx: Ctx, asked: Asked, page: readonly number[]): Promise<Row[]> {
  const { needs, takers, villages, declined, meant, placed } = asked
  const explained = page.map(n => ({ n, ...placed.explain(n) }))
  const prior = explained.flatMap(({ others }) =>
    others.flatMap(o => (o.why === 'full' ? o.before.slice(0, mostBefore).map(b => b.need) : [])),
  )
  const idOf = (n: number) => (needs[n] as Wanting).id as Id
  const cards = await cardsToLink(ctx, [...new Set([...page, ...prior].map(idOf))])
  const pool = await currentPool(ctx)
  const service = (id: string | null) => {
    const found = id === null ? undefined : (pool.service(id) ?? pool.policy(id))
    return found ? { id: found.id, name: found.name } : null
  }
  return explained.flatMap(({ n, taker: t, others }): Row[] => {
    const need = needs[n] as Wanting
    const card = cards.get(need.id as Id)
    if (!card) return []
    const taker = t === null ? undefined : takers[t]
    const km = taker ? kmBetween(need, taker, villages) : null
    return [
      {
        need: {
          id: card.id,
          number: card.number,
          name: card.name,
          title: card.title,
          village: { code: card.village.code as DivisionCode, name: card.village.name },
          item: service(need.item),
          guess: need.item === null ? service(need.guess) : null,
          urgent: need.urgent,
          toldOn: card.toldOn,
          waitedDays: need.waitedDays,
          version: card.version,
        },
        taker: taker ? takerShown(taker) : null,
        km,
        meant: taker ? (meant.get(keyOf(need.id, taker.key)) ?? null) : null,
        others: others
          .flatMap((other): Other[] => {
            const one = takers[other.taker] as NamedTaker
            const why = other.why === 'barred' ? other.because : other.why
            // What does something else, or is another's, might never have been.
            if (why === 'elsewhere' || why === 'otherService') return []
            const far = kmBetween(need, one, villages)
            return [
              {
                taker: takerShown(one),
                km: far,
                why,
                before:
                  other.why === 'full'
                    ? other.before.slice(0, mostBefore).flatMap(b => {
                        const before = cards.get(idOf(b.need))
                        const { waitedDays, urgent } = needs[b.need] as Wanting
                        return before ? [{ number: before.number, name: before.name, waitedDays, urgent }] : []
                      })
                    : [],
                farther:
                  why === 'dearer' && far !== null && km !== null && far > km ? Math.round((far - km) * 10) / 10 : null,
                declined: declined.get(keyOf(need.id, one.key)) ?? null,
              },
            ]
          })
          .slice(0, mostOthers),
      },
    ]
  })
}

/** Needed, and nothing within reach gives it, whether it has room or not. */
async function lackingIn(ctx: Ctx, { needs, takers, placed }: Asked): Promise<Answer['lacking']> {
  const pool = await currentPool(ctx)
  const lacking = new Map<string, number>()
  for (const [n, need] of needs.entries()) {
    if (need.item === null || placed.takerOf(n)) continue
    if (takers.some(taker => barredOf(need, taker, new Map()) === undefined)) continue
    lacking.set(need.item, (lacking.get(need.item) ?? 0) + 1)
  }
  return [...lacking]
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 10)
    .flatMap(([id, count]) => {
      const found = pool.service(id) ?? pool.policy(id)
      return found ? [{ item: { id, name: found.name }, needs: count }] : []
    })
}
