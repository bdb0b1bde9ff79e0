import { type Day, type Id, newId } from '@zhulian/kernel'
import type { Period } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { insertMany } from '../../platform/database/insert-many.ts'

/** The door of the module: files of payments, the made-up district, judged as soon as it stands, figures tried from the command line, and the registry in memory. */
export { followRegistry } from './run.ts'
export { receiptsNow } from './receipts.ts'
export { type Kept, type Results, resultsOf } from './results.ts'
export { simulateFigures, tryFigures } from './simulate.ts'
export { schematicMap, simulationData } from './simulation-data.ts'
export { registryInMemory } from './whole-registry.ts'
export { remembered } from './registry-memory.ts'
export { type CountingStep, howFar, stopCountingOf, whileCounting } from './counting-drafts.ts'

/** A benefit somebody receives, as a file of payments says. */
export interface NewReceipt {
  readonly household: Id
  readonly person?: Id | undefined
  readonly division: string
  readonly policy: string
  readonly fromOn: Day
  readonly untilOn?: Day | undefined
  /** Whole yuan a period. */
  readonly amount?: number | undefined
  readonly period?: Period | undefined
  readonly origin: string
  readonly asOf: Day
}

export async function writeReceipts(ctx: Ctx, receipts: readonly NewReceipt[], madeUp = false): Promise<void> {
  await insertMany(
    ctx.transaction,
    'entitlements.receipt',
    {
      district: 'text',
      id: 'uuid',
      household_id: 'uuid',
      person_id: 'uuid',
      division: 'text',
      policy: 'text',
      from_on: 'date',
      until_on: 'date',
      term_on: 'date',
      amount: 'integer',
      period: 'text',
      source: 'text',
      origin: 'text',
      as_of: 'date',
      made_up: 'boolean',
      recorded_at: 'timestamptz',
      recorded_by: 'uuid',
      recorded_role: 'text',
    },
    receipts.map(r => ({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      household_id: r.household,
      person_id: r.person ?? null,
      division: r.division,
      policy: r.policy,
      from_on: r.fromOn,
      until_on: r.untilOn ?? null,
      term_on: r.untilOn ?? null,
      amount: r.amount ?? null,
      period: r.period ?? null,
      source: 'feed',
      origin: r.origin,
      as_of: r.asOf,
      made_up: madeUp,
      recorded_at: ctx.now,
      recorded_by: ctx.actor.account,
      recorded_role: ctx.actor.role,
    })),
  )
}
