import { Link } from '@tanstack/react-router'
import { Table } from '../../parts/desk/table.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useRegistryWords } from './words/index.ts'

type Line = Result<'GET /households'>['items'][number]

const circleTones: Record<number, Tone> = { 1: 'river', 2: 'dusk', 3: 'hill' }

/** @param undecided a fact nobody has given decides; in none is then not known */
export function CircleTag({ circle, undecided }: { readonly circle: 1 | 2 | 3 | null; readonly undecided?: boolean }) {
  const words = useRegistryWords()
  if (circle === null) return <Tag tone="line">{undecided ? words.undecided : words.circles[4]}</Tag>
  return <Tag tone={circleTones[circle] ?? 'plain'}>{words.circles[circle]}</Tag>
}

export function HouseholdTable({ rows, busy }: { readonly rows: readonly Line[]; readonly busy: boolean }) {
  const words = useRegistryWords()
  const list = (parts: readonly string[]) => parts.join(' · ')
  return (
    <Table
      caption={words.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={[
        {
          key: 'head',
          head: words.heads.head,
          main: true,
          cell: row => (
            <span className="registry-head">
              <Link to={`/registry/${row.id}`} data-row className="desk-line">
                {row.head}
              </Link>
              {row.madeUp && <span className="example">{words.madeUp}</span>}
            </span>
          ),
        },
        { key: 'place', head: words.heads.place, cell: row => `${row.place.township} ${row.place.name}` },
        { key: 'size', head: words.heads.size, figure: true, cell: row => row.size },
        {
          key: 'circle',
          head: words.heads.circle,
          cell: row => <CircleTag circle={row.circle} undecided={row.traits.includes('undecided')} />,
        },
        {
          key: 'tier',
          head: words.heads.tier,
          cell: row => (row.tier ? words.tiers[row.tier] : <span className="second">{words.unknown}</span>),
        },
        { key: 'classes', head: words.heads.classes, cell: row => list(row.classes.map(one => words.classes[one])) },
        {
          key: 'traits',
          head: words.heads.traits,
          cell: row => <span className="second">{list(row.traits.map(one => words.traits[one]))}</span>,
        },
        {
          key: 'no',
          head: words.heads.no,
          cell: row => <span className="second small registry-no">{row.registerNo ?? ''}</span>,
        },
      ]}
    />
  )
}
