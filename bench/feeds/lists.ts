import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Day, dayOf, idCheckCharacter } from '@zhulian/kernel'
import { listedPeople, madeUpDelivery } from '@zhulian/seed'
import { tableStream } from '../../server/src/platform/table-file.ts'

/** A bureau's list with planted faults, as CSV or as a workbook by its name. @param each every which row is about somebody of the registry */
export async function writeList(
  to: string,
  { rows, registered, faults, each }: { rows: number; registered: number; faults: number; each: number },
): Promise<void> {
  // The day of the registry they are about: made up on another day its people have other birthdays and numbers.
  const today = dayOf(new Date(), 'Asia/Shanghai')
  // Nobody else registers as unemployed.
  const adults = <P extends { birthDate: Day }>(people: P[]) =>
    people.filter(p => Number(today.slice(0, 4)) - Number(p.birthDate.slice(0, 4)) > 16)
  const ours = adults(listedPeople({ people: registered, today }))
  const others = adults(listedPeople({ people: 30_000, today, seed: 7 })).map((person, i) => ({
    ...person,
    idNumber: strangersNumber(person.birthDate, i),
  }))
  const mixed = Array.from({ length: rows }, (_, i) =>
    i % each === 0 ? ours[(i / each) % ours.length] : others[i % others.length],
  ) as typeof ours
  const cells = function* () {
    for (const row of madeUpDelivery('unemployment', mixed, { today, rows, faults, seed: each })) yield row.cells
  }
  await pipeline(tableStream(to.endsWith('.xlsx') ? 'xlsx' : 'csv', '名单', cells()), createWriteStream(to))
}

/** Of a place that does not exist, so that nobody of the registry has it. */
function strangersNumber(birthDate: Day, i: number): string {
  const first17 = `3359${String(10 + (Math.floor(i / 1000) % 90))}${birthDate.replaceAll('-', '')}${String(i % 1000).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}
