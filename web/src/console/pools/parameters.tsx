import { Link } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { Provenance } from './provenance.tsx'
import { Sources, tagsIn } from './sources.tsx'
import { usePoolWords } from './words.ts'
import './pools.css'

/** 标准: the dated figures the rules use, and which of them is in force on a day. */
export function ParametersScreen() {
  const words = usePoolWords()
  const { parameters: say, policy } = words
  const said = useSaid()
  const language = useLanguage()
  const [filters, set] = useFilters()
  const on = /^\d{4}-\d{2}-\d{2}$/.test(filters['on'] ?? '') ? filters['on'] : undefined
  const list = useLoad(`parameters ${on ?? ''}`, signal => api('GET /parameters', { query: on ? { on } : {}, signal }))
  if (!list.value)
    return list.problem ? (
      <Failed problem={list.problem} again={list.again} />
    ) : (
      <Skeleton shape={['title', 'card', 'card']} />
    )
  const rows = list.value.items.flatMap(figure =>
    [...figure.rows].reverse().map((row, at) => ({ ...row, figure, first: at === 0 })),
  )
  return (
    <div className="desk-pile">
      <header className="desk-head">
        <div>
          <p>
            <Link to="/policies">{policy.back}</Link>
          </p>
          <h1 className="inscription">{say.title}</h1>
          <p className="second">{say.sentence(list.value.items.length)}</p>
        </div>
        <DayField
          label={words.policies.on}
          value={on ?? list.value.on}
          onChange={day => set({ on: day === '' ? undefined : day })}
        />
      </header>
      <Card label={say.title}>
        <Table
          caption={say.title}
          rows={rows}
          busy={list.busy}
          rowKey={row => `${row.figure.key} ${row.from}`}
          columns={[
            {
              key: 'figure',
              head: policy.figure,
              main: true,
              cell: row => <span className={row.first ? '' : 'again'}>{said(row.figure.label)}</span>,
            },
            {
              key: 'from',
              head: policy.from,
              cell: row => (
                <>
                  <span className="whole">{formatDay(row.from, language)}</span>{' '}
                  {row.inForce && (
                    <Tag tone="hill" icon="check">
                      {policy.inForce}
                    </Tag>
                  )}
                </>
              ),
            },
            {
              key: 'value',
              head: policy.value,
              figure: true,
              cell: row => (
                <>
                  {typeof row.value === 'number' ? row.value.toLocaleString('en-US') : row.value}{' '}
                  <span className="second small">{row.figure.unit ? said(row.figure.unit) : ''}</span>
                </>
              ),
            },
            {
              key: 'provenance',
              head: policy.provenance,
              cell: row => (
                <>
                  {row.example && <Example />} <Provenance of={row.provenance} />
                </>
              ),
            },
          ]}
        />
      </Card>
      <Sources tags={tagsIn(list.value.items)} />
    </div>
  )
}
