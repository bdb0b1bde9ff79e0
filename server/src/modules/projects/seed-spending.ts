import { addDays, type Day, type Id } from '@zhulian/kernel'
import { as, edges } from '../../platform/act-as.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { secondFromFen } from './funds.ts'
import { moveSpending, writeSpending } from './spending.ts'

interface Made {
  readonly id: Id
  readonly number: string
  readonly from: Day
  /** The last day on which something was paid. */
  readonly until: Day
  readonly months: number
  readonly amountFen: number
  /** What was paid last is large and not confirmed yet. */
  readonly waits: boolean
}

const most = 6

/** A payment a month, each by its own paper; what is large was confirmed by an officer the day after. */
export async function seedSpending(machine: Ctx, operator: Actor, officer: Actor, made: Made): Promise<void> {
  const params = { projectId: made.id }
  const days = Array.from({ length: Math.min(made.months, most) }, (_, i) => addDays(made.from, 20 + 30 * i)).filter(
    day => day <= made.until,
  )
  const amountFen = Math.floor((made.amountFen * 0.85) / made.months / 100) * 100
  if (amountFen === 0) return
  const number = made.number.split('-').at(-1)
  for (const [i, on] of days.entries()) {
    const what = `${Number(on.slice(5, 7))}月服务费（示例）`
    const paper = `示例票据-${number}-${i + 1}`
    const entry = await as(machine, operator, at(on), ctx =>
      writeSpending(ctx, { ...edges, params, body: { on, amountFen, what, paper } }),
    )
    if (entry.state !== 'waits') continue
    await as(machine, officer, at(addDays(on, 1)), ctx =>
      moveSpending(ctx, { ...edges, params: { ...params, entryId: entry.id }, body: { step: 'confirm' } }),
    )
  }
  const largeFen = await secondFromFen()
  if (!made.waits || made.amountFen - days.length * amountFen < largeFen) return
  const body = { on: made.until, amountFen: largeFen, what: '买器材（示例）', paper: `示例票据-${number}-大额` }
  await as(machine, operator, at(made.until), ctx => writeSpending(ctx, { ...edges, params, body }))
}

const at = (day: Day) => new Date(`${day}T15:00:00+08:00`)
