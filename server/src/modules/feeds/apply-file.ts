import type { Id } from '@zhulian/kernel'
import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { judgeStanding } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import {
  bumpAll,
  enrolHouseholds,
  enrolPersons,
  judgeableOf,
  type NewHousehold,
  type NewPerson,
  type NewStatement,
  standingOf,
  writeStatements,
} from '../registry/index.ts'
import type { feedsContract } from './contract.ts'
import { type Batch, findBatch, shown, step } from './find-batch.ts'
import type { Addition, NewOne, Plan } from './plan.ts'
import type { ReadRow } from './read-row.ts'
import type { Report } from './tables.ts'
import { workThrough } from './work-through.ts'

export async function applyFile(ctx: Ctx, { params }: InputOf<(typeof feedsContract)['POST /imports/:id/apply']>) {
  const batch = await findBatch(ctx, params.id, true)
  await step(ctx, batch, 'apply', { started_at: ctx.now, applied_by: ctx.actor.account, problem: null })
  await ctx.later('feeds.apply', { batch: batch.id })
  return shown(await findBatch(ctx, batch.id))
}

/** Writes the whole file in one transaction, in the name of who applied it. */
export async function runApply(machine: Ctx, id: Id): Promise<void> {
  const batch = await findBatch(machine, id, true)
  if (batch.state !== 'applying') return
  const ctx: Ctx = { ...machine, actor: { ...machine.actor, account: batch.applied_by ?? machine.actor.account } }
  const report = await workThrough(ctx, batch, plan => write(ctx, batch, plan))
  await step(machine, batch, 'applyDone', {
    report: JSON.stringify(withThoseBefore(report, batch)),
    applied_at: ctx.now,
  })
  if (report.changedPersons + report.changedHouseholds + report.newPersons > 0)
    await machine.later('registry.recount', { batch: id })
  await machine.later('alerts.judge', { batch: id }, { ifThere: true })
}

/** The rows that were faulty at the check took no part; they still count, beside those that have become faulty since. */
const withThoseBefore = (now: Report, { report: before, row_count }: Batch): Report => ({
  ...now,
  rows: row_count,
  faulty: (before?.faulty ?? 0) + now.faulty,
  firstFaults: [...(before?.firstFaults ?? []), ...now.firstFaults].toSorted((a, b) => a.row - b.row),
})

async function write(ctx: Ctx, batch: Batch, plan: Plan): Promise<void> {
  const option = { batch: batch.id }
  const said = (facts: Readonly<Record<string, unknown>>): NewStatement[] =>
    Object.keys(facts).length > 0 ? [{ source: 'feed', origin: batch.origin, asOf: batch.as_of, facts }] : []
  const personOf = ({
    row,
    id,
  }: {
    readonly row: ReadRow
    readonly id: Id | undefined
  }): NewPerson & { readonly id: Id } => ({
    id: id ?? newId(ctx.now.getTime()),
    name: row.name,
    idNumber: row.idNumber,
    birthDate: row.birthDate,
    sex: row.sex,
    phone: row.phone,
    relation: row.relation,
    statements: said(row.person),
  })
  const { pool, id: version } = await currentPool(ctx)
  const newOnes = plan.steps.filter((s): s is NewOne => s.kind === 'newHousehold')
  await enrolHouseholds(
    ctx,
    newOnes.map((one): NewHousehold => {
      const members = one.members.map(personOf)
      const statements = said(one.facts)
      const facts = judgeableOf(one.division, statements, members)
      const standing = standingOf(facts, judgeStanding(pool, facts, ctx.today), version)
      return {
        ...(one.id && { id: one.id }),
        division: one.division,
        registerNo: one.householdNo,
        since: batch.as_of,
        members,
        statements,
        standing,
      }
    }),
    option,
  )
  const additions = plan.steps.filter((s): s is Addition => s.kind === 'addition')
  for (const { household, joining } of additions) {
    if (joining.length > 0) await enrolPersons(ctx, { ...household, since: batch.as_of }, joining.map(personOf), option)
  }
  await writeStatements(
    ctx,
    additions.flatMap(({ household, facts, said: persons }) => {
      const place = { householdId: household.id, division: household.division }
      return [
        ...said(facts).map(s => ({ ...s, ...place })),
        ...persons.flatMap(p => said(p.facts).map(s => ({ ...s, ...place, personId: p.person }))),
      ]
    }),
    option,
  )
  if (additions.length > 0)
    await bumpAll(
      ctx,
      additions.map(a => a.household.id),
    )
}
