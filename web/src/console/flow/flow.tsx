import { useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { FlowPicture } from './picture.tsx'
import { Waits } from './waits.tsx'
import { useFlowWords } from './words.ts'
import './flow.css'

type Seen = Result<'GET /overview/needs'>
type Flow = NonNullable<Seen['flow']>
const spans = ['7', '30', '90', '366'] as const

/** Where needs came from, who holds them and what became of them; and how long help took. Counts only, small ones kept back. */
export function NeedFlow() {
  const say = useFlowWords()
  const language = useLanguage()
  const [span, setSpan] = useState<(typeof spans)[number]>('30')
  const seen = useLoad(`need flow ${span}`, signal =>
    api('GET /overview/needs', { query: { days: Number(span) }, signal }),
  )
  const value = seen.value
  return (
    <div className="desk-pile">
      <Card label={say.title}>
        <div className="desk-card-head">
          <div>
            <h2>{say.title}</h2>
            {value && (
              <p className="second small">
                {say.period(formatDay(value.from, language), formatDay(value.to, language))}
              </p>
            )}
          </div>
          <Segmented
            name="flow-span"
            label={say.within}
            value={span}
            onChange={setSpan}
            options={spans.map(days => ({ value: days, label: say.spans[days] }))}
          />
        </div>
        {seen.problem && <Failed problem={seen.problem} again={seen.again} at={seen.at} />}
        {!value && !seen.problem && <Skeleton shape={['tall']} />}
        {value && !value.flow && <Empty title={say.few}>{say.fewText}</Empty>}
        {value?.flow && <Drawn flow={value.flow} />}
      </Card>
      {value && <Waits seen={value} />}
    </div>
  )
}

/** Where the picture is not drawn. */
const narrow = '(max-width: 900px)'
const met = ['helpedByLevel', 'helpedByProject', 'helpedByClaim', 'helpedByBureau']

function Drawn({ flow }: { readonly flow: Flow }) {
  const say = useFlowWords()
  const counted = (...ids: readonly string[]) =>
    flow.outcomes.reduce((sum, group) => sum + (ids.includes(group.id) ? group.count : 0), 0)
  const sentence = say.sentence(flow.total, counted(...met), counted('underway'), counted('looking'))
  const names = [say.origins, say.levels, say.outcomes] as const
  const nameOf = (stop: number, id: string) => (names[stop] as Readonly<Record<string, string>>)[id] ?? id
  const rows = [...flow.taken.map(band => ({ ...band, at: 0 })), ...flow.ended.map(band => ({ ...band, at: 1 }))]
  return (
    <>
      <p>{sentence}</p>
      <FlowPicture
        label={sentence}
        heads={say.stops}
        stops={[flow.origins, flow.levels, flow.outcomes]}
        ways={[flow.taken, flow.ended]}
        nameOf={nameOf}
        isMet={id => met.includes(id)}
      />
      <details className="flow-table" open={matchMedia(narrow).matches}>
        <summary>{say.table}</summary>
        <Table
          caption={say.table}
          rows={rows}
          rowKey={row => `${row.at} ${row.from} ${row.to}`}
          columns={[
            { key: 'from', head: say.from, main: true, cell: row => nameOf(row.at, row.from) },
            { key: 'to', head: say.to, cell: row => nameOf(row.at + 1, row.to) },
            { key: 'count', head: say.count, figure: true, cell: row => row.count ?? say.hidden },
          ]}
        />
      </details>
      <p className="second small">{say.hiddenText}</p>
    </>
  )
}
