import type { Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { columnsOf } from './columns-of.ts'
import type { Batch } from './find-batch.ts'
import { placeFinder } from './places.ts'
import { type Plan, planHouseholds } from './plan.ts'
import { progressFor } from './progress.ts'
import { type ReadRow, rowReader } from './read-row.ts'
import { keepFaults, stagedRows } from './staged.ts'
import type { ChangeLine, Fault, Report } from './tables.ts'

const shownChanges = 200
const shownFaults = 100

/**
 * Goes through a file household by household: reads the rows, works out what they change, notes what is wrong with them.
 * @param write given when the changes are to be made
 */
export async function workThrough(ctx: Ctx, batch: Batch, write?: (plan: Plan) => Promise<void>): Promise<Report> {
  const columns = await columnsOf(ctx)
  const names = new Map(columns.flatMap(c => (c.fact ? [[`${c.fact.owner}.${c.fact.name}`, c.header] as const] : [])))
  const labels = (owner: 'household' | 'person', fact: string): Words =>
    names.get(`${owner}.${fact}`) ?? { zh: fact, en: fact }
  const readRow = rowReader(columns, batch.mapping, await placeFinder(ctx), batch.division, ctx.today)
  const seen = new Map<string, number>()
  const tally = new Tally()
  const progress = progressFor(batch.id, batch.row_count)
  try {
    for await (const rows of stagedRows(ctx, batch.id, 'household', write !== undefined)) {
      const faults = new Map<number, Fault[]>()
      const faulty = new Map<string, number[]>()
      const good: ReadRow[] = []
      for (const { row, number, cells } of rows) {
        const read = cells ? readRow(row, cells) : [unreadable]
        const known = Array.isArray(read) ? read : twice(seen, read)
        if (known) {
          faults.set(row, known)
          faulty.set(number, [...(faulty.get(number) ?? []), row])
        } else good.push(read as ReadRow)
      }
      const plan = await planHouseholds(ctx, batch, good, faulty, labels)
      for (const [row, found] of plan.faults) faults.set(row, found)
      await keepFaults(ctx, batch.id, faults)
      if (write) await write(plan)
      tally.add(rows.length, plan, faults)
      progress.add(rows.length)
    }
  } finally {
    progress.end()
  }
  return tally.report()
}

const unreadable: Fault = {
  words: {
    zh: '这一行存好后打不开了，请把它重新导入；运维日志里已记下',
    en: 'This row was kept and cannot be opened; bring it in again. The operator’s log says which',
  },
}

function twice(seen: Map<string, number>, { idNumber, row }: ReadRow): Fault[] | undefined {
  const before = seen.get(idNumber)
  if (before === undefined) {
    seen.set(idNumber, row)
    return undefined
  }
  return [
    {
      column: '身份证号',
      words: { zh: `和第${before}行的身份证号相同`, en: `The same identity number as in row ${before}` },
    },
  ]
}

class Tally {
  #sums = { rows: 0, faulty: 0, newHouseholds: 0, newPersons: 0, changedPersons: 0, changedHouseholds: 0, unchanged: 0 }
  readonly #byFact = new Map<string, { label: Words; count: number }>()
  readonly #changes: ChangeLine[] = []
  readonly #faults: { row: number; faults: Fault[] }[] = []
  add(rows: number, plan: Plan, faults: ReadonlyMap<number, Fault[]>): void {
    const sums = this.#sums
    sums.rows += rows
    sums.faulty += faults.size
    sums.unchanged += plan.unchanged
    sums.changedPersons += plan.changedPersons
    sums.changedHouseholds += plan.changedHouseholds
    for (const step of plan.steps) {
      if (step.kind === 'newHousehold') sums.newHouseholds++
      sums.newPersons += step.kind === 'newHousehold' ? step.members.length : step.joining.length
    }
    for (const change of plan.changes) {
      if (change.fact !== null && change.label) {
        const known = this.#byFact.get(change.fact)
        if (known) known.count++
        else this.#byFact.set(change.fact, { label: change.label, count: 1 })
      }
      if (this.#changes.length < shownChanges) this.#changes.push(change)
    }
    for (const [row, found] of faults) if (this.#faults.length < shownFaults) this.#faults.push({ row, faults: found })
  }

  report(): Report {
    return {
      ...this.#sums,
      changes: [...this.#byFact]
        .map(([fact, { label, count }]) => ({ fact, label, count }))
        .toSorted((a, b) => b.count - a.count),
      firstChanges: this.#changes,
      firstFaults: this.#faults.toSorted((a, b) => a.row - b.row),
    }
  }
}
