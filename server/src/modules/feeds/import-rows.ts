import type { FactDocument } from '@zhulian/rules'
import type { Cell } from '../../platform/table-file.ts'
import type { NewHousehold, NewPerson, NewStatement } from '../registry/index.ts'
import { dictionaryOf, importColumns, relations } from './columns.ts'

const relationWords = new Map(relations.map(([code, word]) => [code, word ?? code]))

/** Households as rows of an import file, the header first: what came in as facts goes out in the words of the dictionary. */
export function* importRowsOf(
  households: Iterable<NewHousehold>,
  facts: readonly FactDocument[],
  places: ReadonlyMap<string, { readonly name: string; readonly township: string }>,
): Generator<Cell[]> {
  const columns = importColumns(dictionaryOf(facts))
  yield columns.map(c => c.header.zh)
  for (const h of households) {
    const place = places.get(h.division)
    const own = latest(h.statements)
    for (const [i, m] of h.members.entries()) {
      const said = latest(m.statements)
      const who: Record<string, Cell> = {
        householdNo: h.registerNo,
        relation: relationWords.get(m.relation) ?? m.relation,
        name: m.name,
        idNumber: m.idNumber,
        phone: m.phone,
        villageCode: h.division,
        township: place?.township,
        village: place?.name,
      }
      yield columns.map(c => {
        if (!c.fact) return who[c.key]
        const value = c.fact.owner === 'person' ? said[c.fact.name] : i === 0 ? own[c.fact.name] : undefined
        return cellOf(value, c.fact.document)
      })
    }
  }
}

const latest = (statements: NewPerson['statements']): Readonly<Record<string, unknown>> =>
  Object.assign({}, ...statements.toSorted(weakFirst).map(s => s.facts)) as Record<string, unknown>
const order = { declared: 0, feed: 1, verified: 2 }
const weakFirst = (a: NewStatement, b: NewStatement) => order[a.source] - order[b.source] || (a.asOf < b.asOf ? -1 : 1)

function cellOf(value: unknown, fact: FactDocument): Cell {
  if (value === undefined) return undefined
  if (value === null) return '无'
  if (Array.isArray(value)) return value.length === 0 ? '无' : value.map(v => labelOf(v, fact)).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'number' ? value : labelOf(value, fact)
}

const labelOf = (value: unknown, fact: FactDocument): string =>
  fact.values?.find(v => v.value === value)?.label.zh ?? String(value)
