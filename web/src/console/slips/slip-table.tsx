import { Link } from '@tanstack/react-router'
import { Table } from '../../parts/desk/table.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { SlipDue } from './due.tsx'
import { useSlipWords } from './words.ts'

export type SlipLine = Result<'GET /slips'>['items'][number]

const tones: Readonly<Record<SlipLine['state'], Tone>> = {
  sent: 'river',
  takenOn: 'river',
  askedBack: 'ochre',
  done: 'hill',
  declined: 'plain',
  withdrawn: 'plain',
}

export function SlipState({ slip }: { readonly slip: Pick<SlipLine, 'state' | 'stateWords'> }) {
  const said = useSaid()
  return <Tag tone={tones[slip.state]}>{said(slip.stateWords)}</Tag>
}

export function SlipTable({
  rows,
  busy,
  ofOne,
}: {
  readonly rows: readonly SlipLine[]
  readonly busy?: boolean
  /** All are of the family whose page it is. */
  readonly ofOne?: boolean
}) {
  const say = useSlipWords()
  const said = useSaid()
  const whom = {
    key: 'whom',
    head: say.heads.whom,
    cell: (row: SlipLine) => (row.name ? `${row.name} · ${row.place}` : row.place),
  }
  return (
    <Table
      caption={say.rows}
      rows={rows}
      busy={busy ?? false}
      rowKey={row => row.id}
      columns={[
        {
          key: 'need',
          head: say.heads.need,
          main: true,
          cell: row => (
            <>
              <Link to="/slips/$slipId" params={{ slipId: row.id } as never} data-row className="desk-line">
                {row.subject ? said(row.subject.name) : say.other}
              </Link>{' '}
              <span className="second small slip-number">{row.number}</span>
              {row.careful && <span className="second small"> {say.careful}</span>}
            </>
          ),
        },
        ...(ofOne ? [] : [whom]),
        { key: 'unit', head: say.heads.unit, cell: row => said(row.unit.name) },
        { key: 'due', head: say.heads.due, cell: row => <SlipDue daysLeft={row.daysLeft} /> },
        { key: 'state', head: say.heads.state, cell: row => <SlipState slip={row} /> },
      ]}
    />
  )
}
