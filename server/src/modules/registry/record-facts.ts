import type { Day, Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { requireVersion } from '../../platform/refusals.ts'
import { noSuchFact, notAMember, notYet, type registryContract, valueWrong } from './contract.ts'
import { writeStatements } from './enrol.ts'
import { factsOf, nested } from './facts-of.ts'
import { householdRow } from './get-household.ts'
import { judgeAlertsLater } from './judge-alerts-later.ts'
import { dictionaryOf } from './pool.ts'
import { recountHouseholds } from './recount.ts'
import type { RegistryTables, Source } from './tables.ts'

const registry = tablesOf<RegistryTables>()

export async function recordHouseholdFacts(
  ctx: Ctx,
  {
    params,
    body,
    ifMatch,
  }: InputOf<(typeof registryContract)['POST /households/:id/facts']> & { readonly ifMatch: number | undefined },
) {
  const row = await householdRow(ctx, params.id, true)
  requireVersion(ifMatch, row.version)
  const origin = body.source === 'verified' ? '入户核查' : '本人申报'
  return await recordFacts(ctx, params.id, { ...body, origin })
}

/** Facts to write down of a household and its people. */
export interface FactsToRecord {
  readonly source: Source
  /** Who said it, as a person reads it. */
  readonly origin: string
  /** The day they speak of. @default today */
  readonly asOf?: Day | undefined
  readonly household?: Readonly<Record<string, unknown>> | undefined
  readonly persons?: readonly { readonly id: Id; readonly facts: Readonly<Record<string, unknown>> }[] | undefined
}

/**
 * Writes facts down beside what is known, as the actor; nothing is overwritten. The circle is counted again at once, and the
 * rules of alerts look as soon as it stands.
 * Fact names without prefix, null for a known "none".
 * @throws notFound, notYet, notAMember, noSuchFact, valueWrong
 */
export async function recordFacts(ctx: Ctx, household: Id, facts: FactsToRecord) {
  const row = await householdRow(ctx, household, true)
  const asOf = facts.asOf ?? ctx.today
  if (asOf > ctx.today) throw notYet()
  ctx.about({ kind: 'household', id: household })
  const persons = (facts.persons ?? []).filter(p => Object.keys(p.facts).length > 0)
  const own = facts.household && Object.keys(facts.household).length > 0 ? facts.household : undefined
  const known = await factsOf(ctx, household, { on: asOf, whole: true })
  for (const { id } of persons) {
    if (!known.members.some(m => m.id === id)) throw notAMember()
    ctx.about({ kind: 'person', id })
  }
  await checkValues(ctx, own, persons)
  const statement = { source: facts.source, origin: facts.origin, asOf, householdId: household, division: row.division }
  await writeStatements(ctx, [
    ...(own ? [{ ...statement, facts: own }] : []),
    ...persons.map(p => ({ ...statement, personId: p.id, facts: p.facts })),
  ])
  const version = await bump(ctx, household)
  const [standing] = await recountHouseholds(ctx, [household])
  await judgeAlertsLater(ctx, [household])
  return { version, circle: standing?.circle ?? null }
}

/** @throws noSuchFact, valueWrong */
export async function checkValues(
  ctx: Ctx,
  household: Readonly<Record<string, unknown>> = {},
  persons: readonly { readonly id: string; readonly facts: Readonly<Record<string, unknown>> }[] = [],
): Promise<void> {
  const dictionary = await dictionaryOf(ctx)
  for (const [owner, facts] of [['household', household] as const, ...persons.map(p => ['person', p.facts] as const)])
    for (const fact of Object.keys(facts)) if (!dictionary.find(owner, fact)) throw noSuchFact({ fact })
  // The check wants a person even where only the household is spoken of.
  const people = persons.length > 0 ? persons.map(p => ({ key: p.id, ...nested(p.facts) })) : [{ key: '-' }]
  const fault = dictionary.faults({ household: nested(household), persons: people }, ctx.today)[0]
  if (fault) throw valueWrong({ fact: fault.fact ?? '', ...fault.words })
}

/** @returns the household's new version */
export async function bump(ctx: Ctx, household: Id): Promise<number> {
  const { version } = await registry(ctx)
    .updateTable('registry.household')
    .set({ version: sql<number>`version + 1`, changed_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', household)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}
