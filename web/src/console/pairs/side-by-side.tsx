import { Link } from '@tanstack/react-router'
import { Table } from '../../parts/desk/table.tsx'
import { formatInstant } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Weight } from './compared-fields.tsx'
import type { Pair } from './one-pair.tsx'
import { usePairsWords } from './words/index.ts'

type Side = Pair['left']
const shown = ['name', 'idNumber', 'birthDate', 'sex', 'phone', 'address'] as const
const isShown = (key: string): key is (typeof shown)[number] => (shown as readonly string[]).includes(key)

/** Each field of both records, whether they agree, and what that says. */
export function SideBySide({ pair }: { readonly pair: Pair }) {
  const words = usePairsWords()
  const said = useSaid()
  const cell = (side: Side, key: string) => {
    const text = isShown(key) ? side[key] : ''
    if (text === '') return <span className="second">—</span>
    return key === 'sex' && (text === 'male' || text === 'female') ? words.sexes[text] : text
  }
  const isDouble = pair.source === 'registry'
  return (
    <div className="stack">
      <SideLine side={pair.left} title={isDouble ? words.sides.later : words.sides.delivery} row={pair.row} />
      <SideLine side={pair.right} title={isDouble ? words.sides.earlier : words.sides.registered} row={null} />
      <Table
        caption={words.fields}
        rows={pair.fields}
        rowKey={field => field.key}
        columns={[
          { key: 'field', head: words.heads.field, main: true, cell: field => said(field.words) },
          {
            key: 'left',
            head: isDouble ? words.sides.later : words.sides.delivery,
            cell: field => cell(pair.left, field.key),
          },
          {
            key: 'right',
            head: isDouble ? words.sides.earlier : words.sides.registered,
            cell: field => cell(pair.right, field.key),
          },
          { key: 'level', head: words.agreement, cell: field => (field.level ? said(field.level) : '—') },
          { key: 'weight', head: words.heads.weight, cell: field => <Weight field={field} /> },
        ]}
      />
    </div>
  )
}

/** Where a record comes from, and the way to it. */
function SideLine({ side, title, row }: { readonly side: Side; readonly title: string; readonly row: string | null }) {
  const words = usePairsWords()
  const language = useLanguage()
  return (
    <p className="pairs-side">
      <b>{title}</b>
      {row && <small className="second">{words.row(row)}</small>}
      {side.registeredAt && (
        <small className="second">{words.registeredOn(formatInstant(side.registeredAt, language))}</small>
      )}
      {side.household && (
        <Link to={`/registry/${side.household}`} target="_blank">
          {words.see}
        </Link>
      )}
    </p>
  )
}
