import type { DivisionCode, Id } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Lying } from '../../platform/way.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { positionsOf } from '../registry/index.ts'
import { cardsToLink, needsToLink } from '../wishes/index.ts'
import type { linkingContract } from './contract.ts'
import { declinedNow, declinedShown, keyOf, linking } from './declined.ts'
import { type Meant, meantBy } from './meant.ts'
import { keepPlacing, placeAgain } from './kept-placings.ts'
import { kmBetween, meetsOneMore, type Placed, type Wanting } from './placing.ts'
import type { DeclinedRow } from './tables.ts'
import { type NamedTaker, takerKeyOf, takerShown, takersFor } from './takers.ts'
import { wantingOf } from './wanting.ts'

type Answer = AnswerOf<(typeof linkingContract)['POST /linking/suggestion']>
type Row = Answer['rows'][number]
export type Other = Row['others'][number]

const atOnce = 25
/** Needs of which one request asks the rules of projects. */
const mostAsked = 100
const mostOthers = 4
const mostBefore = 3

interface Asked {
  readonly needs: readonly Wanting[]
  readonly takers: readonly NamedTaker[]
  readonly villages: ReadonlyMap<string, Lying>
  readonly declined: ReadonlyMap<string, DeclinedRow>
  readonly meant: Asking['meant']
  readonly placed: Placed
}

interface Asking {
  /** Of each need that was asked for, what the rules of all projects say. */
  readonly meant: Map<string, ReadonlyMap<string, Meant>>
  readonly no: Map<string, Map<string, 'saidNo' | 'notMeant'>>
}

/** Looks for the best for all needs of the level at once, beginning from what was suggested last, and keeps it for the next time. */
export async function suggestLinks(
  ctx: Ctx,
  { body }: InputOf<(typeof linkingContract)['POST /linking/suggestion']>,
): Promise<Answer> {
  const { at: villages, illustrative } = await positionsOf(ctx)
  const { needs: found, beyond } = await needsToLink(ctx, undefined)
  const needs = found.map(need => wantingOf(need, ctx.today))
  const takers = await takersFor(ctx, villages, needs)
  const declined = await declinedNow(
    ctx,
    found.map(need => need.id),
  )
  const no: Asking['no'] = new Map()
  for (const row of declined.values()) barring(no, row.need_id).set(row.taker, 'saidNo')
  const before = await suggestedLast(ctx, needs)
  const asking: Asking = { no, meant: new Map() }
  const whose = `${ctx.district} ${ctx.actor.role} ${ctx.actor.scope ?? ''}`
  const placed = placeAgain(whose, { needs, takers, villages, no, before })
  let { page, shown, wanted } = pageOf(placed, needs, body)
  // Of who is shown the rules of projects are asked; whom one does not mean is placed anew, and the next may be of another rule.
  while (true) {
    const barred = await askRules(ctx, placed, needs, page, asking)
    if (barred.length === 0) break
    placed.bar(barred, no)
    ;({ page, shown, wanted } = pageOf(placed, needs, body))
  }
  await keep(ctx, needs, placed, before)
  const asked: Asked = { needs, takers, villages, declined, meant: asking.meant, placed }
  const pool = await currentPool(ctx)
  const answer = {
    given: shown.filter(({ taker }) => taker !== undefined).length,
    open: shown.filter(({ taker }) => taker === undefined).length,
    rows: await rowsOf(ctx, asked, page),
    more: wanted.length > body.from + atOnce,
    beyond,
    wanted: placed.wanted().map(({ taker, saves, upTo }) => ({
      taker: takerShown(taker as NamedTaker),
      meets: saves >= meetsOneMore,
      km: Math.round(saves / 10),
      upTo,
    })),
    lacking: [...placed.lacking()]
      .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 10)
      .flatMap(([id, count]) => {
        const item = serviceOf(pool, id)
        return item ? [{ item, needs: count }] : []
      }),
    illustrative,
  }
  keepPlacing(whose, placed, needs.length)
  return answer
}

function barring(no: Asking['no'], need: string): Map<string, 'saidNo' | 'notMeant'> {
  const found = no.get(need) ?? new Map()
  no.set(need, found)
  return found
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

/** @returns those whom some project does not mean */
async function askRules(
  ctx: Ctx,
  placed: Placed,
  needs: readonly Wanting[],
  page: readonly number[],
  { meant, no }: Asking,
): Promise<number[]> {
  const barred: number[] = []
  for (const n of page) {
    const [need, taker] = [needs[n] as Wanting, placed.takerOf(n) as NamedTaker | undefined]
    if (taker?.kind !== 'project' || meant.has(need.id) || meant.size === mostAsked) continue
    const said = await meantBy(ctx, need.id as Id)
    meant.set(need.id, new Map([...said].map(([id, judged]) => [takerKeyOf({ kind: 'project', id }), judged])))
    const against = [...said].filter(([, { verdict }]) => verdict === 'ineligible')
    for (const [id] of against) barring(no, need.id).set(takerKeyOf({ kind: 'project', id }), 'notMeant')
    if (against.length > 0) barred.push(n)
  }
  return barred
}

/** What the rule says of who is suggested for a project; that nobody asked it is no answer of the rule. */
const meantFor = (meant: Asking['meant'], need: Wanting, taker: NamedTaker | undefined): Row['meant'] =>
  taker?.kind === 'project'
    ? (meant.get(need.id)?.get(taker.key) ?? { verdict: 'unasked', reasons: [], unknown: [] })
    : null

/** As the machine, of needs that who asks may read: so it stands whichever level held them before. */
async function suggestedLast(ctx: Ctx, needs: readonly Wanting[]): Promise<ReadonlyMap<string, string | null>> {
  const rows = await asMachine(ctx, machine =>
    linking(machine)
      .selectFrom('linking.suggestion')
      .select(['need_id', 'taker'])
      .where('district', '=', machine.district)
      .where('need_id', '=', sql<Id>`any(${needs.map(need => need.id)}::uuid[])`)
      .execute(),
  )
  return new Map(rows.map(row => [row.need_id, row.taker]))
}

/** Only what is another than before is written. */
async function keep(
  ctx: Ctx,
  needs: readonly Wanting[],
  placed: Placed,
  before: ReadonlyMap<string, string | null>,
): Promise<void> {
  const now = needs
    .map((need, n) => ({ id: need.id, taker: placed.takerOf(n)?.key ?? null }))
    .filter(({ id, taker }) => before.get(id) !== taker)
    // Of two who ask at once none waits for the other in a ring.
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  if (now.length === 0) return
  await asMachine(ctx, machine =>
    sql`
      insert into linking.suggestion as kept (district, need_id, taker, suggested_at)
      select ${machine.district}, need_id, taker, ${machine.now}
        from unnest(${now.map(one => one.id)}::uuid[], ${now.map(one => one.taker)}::text[]) as s (need_id, taker)
          on conflict (district, need_id) do update set taker = excluded.taker, suggested_at = excluded.suggested_at
       where kept.taker is distinct from excluded.taker`.execute(machine.transaction),
  )
}

const serviceOf = (pool: LoadedPool, id: string | null) => {
  const found = id === null ? undefined : (pool.service(id) ?? pool.policy(id))
  return found ? { id: found.id, name: found.name } : null
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
          item: serviceOf(pool, need.item),
          guess: need.item === null ? serviceOf(pool, need.guess) : null,
          urgent: need.urgent,
          toldOn: card.toldOn,
          waitedDays: need.waitedDays,
          version: card.version,
        },
        taker: taker ? takerShown(taker) : null,
        km,
        meant: meantFor(meant, need, taker),
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
                declined: declinedShown(ctx, declined.get(keyOf(need.id, one.key))),
              },
            ]
          })
          .slice(0, mostOthers),
      },
    ]
  })
}
