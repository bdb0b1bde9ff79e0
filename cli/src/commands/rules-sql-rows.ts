import { createReadStream } from 'node:fs'
import type { Day, Words } from '@zhulian/kernel'
import { checkFacts, householdLine, rowsOf, type HouseholdFacts, type Pool } from '@zhulian/rules'
import { linesOf, type Line } from '../lines.ts'

export interface Inserts {
  /** Statements that fill the two tables; a household's id is the number of its line. */
  readonly text: string
  readonly faults: readonly string[]
}

/** The households of a file, one JSON object a line as `zhulian screen` reads them, as rows of the tables. */
export async function insertsOf(pool: Pool, file: string, on: Day, table: (name: string) => string): Promise<Inserts> {
  const faults: string[] = []
  const fault = (line: number, words: Words) => faults.push(`第 ${line} 行 / line ${line}: ${words.zh} / ${words.en}`)
  const households: HouseholdFacts[] = []
  const numbers: number[] = []
  for await (const line of linesOf(createReadStream(file))) {
    if ('text' in line && line.text.trim() === '') continue
    const read = factsOf(pool, line, on)
    if ('zh' in read) fault(line.number, read)
    else numbers[households.push(read) - 1] = line.number
  }
  const rows = rowsOf(pool, households)
  for (const [id, why] of rows.misfits)
    fault(numbers[id] ?? 0, { zh: `放不进表里（${why}）`, en: `does not fit the tables (${why})` })
  const insert = (name: string, values: readonly string[]) =>
    values.length === 0 ? '' : `INSERT INTO ${table(name)} VALUES\n${values.join(',\n')};\n`
  const text =
    insert(
      'household',
      rows.households.map(h => `(${numbers[h.id]}, ${quoted(JSON.stringify(h.facts))})`),
    ) +
    insert(
      'person',
      rows.persons.map(
        p => `(${numbers[p.household]}, ${p.place}, ${quoted(p.key)}, ${quoted(JSON.stringify(p.facts))})`,
      ),
    )
  return { text, faults }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

function factsOf(pool: Pool, line: Line, on: Day): HouseholdFacts | Words {
  if ('fault' in line) return line.fault
  let input: unknown
  try {
    input = JSON.parse(line.text)
  } catch {
    return { zh: '这一行不是 JSON', en: 'This line is not JSON' }
  }
  const checked = checkFacts(pool, householdLine(pool, input, on).input, on)
  if (checked.ok) return checked.facts
  const [first] = checked.faults
  return first?.words ?? { zh: '事实有错', en: 'Its facts have faults' }
}
