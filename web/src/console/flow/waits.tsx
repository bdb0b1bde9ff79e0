import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import type { Result } from '../../platform/api.ts'
import { useFlowWords } from './words.ts'

type Seen = Result<'GET /overview/needs'>

/** How long it took until a wish was claimed and until help began; for all, by level and by township. */
export function Waits({ seen }: { readonly seen: Seen }) {
  const say = useFlowWords()
  return (
    <Card label={say.waits}>
      <h2>{say.waits}</h2>
      <div className="flow-waits">
        <OneWait title={say.toClaim} waits={seen.toClaim} />
        <OneWait title={say.toService} waits={seen.toService} />
      </div>
      <p className="second small">{say.waitsText}</p>
    </Card>
  )
}

function OneWait({ title, waits }: { readonly title: string; readonly waits: Seen['toClaim'] }) {
  const say = useFlowWords()
  const rows = [
    { name: say.all, ...waits.all },
    ...waits.levels.map(({ level, ...row }) => ({ name: say.levels[level], ...row })),
    ...waits.townships,
  ]
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {waits.all.count === 0 ? (
        <p className="second">{say.none}</p>
      ) : (
        <Table
          caption={title}
          rows={rows}
          rowKey={row => row.name}
          columns={[
            { key: 'where', head: say.where, main: true, cell: row => row.name },
            { key: 'n', head: say.cases, figure: true, cell: row => row.count ?? say.hidden },
            { key: 'median', head: say.median, figure: true, cell: row => row.median ?? say.unknown },
            { key: 'p90', head: say.p90, figure: true, cell: row => row.p90 ?? say.unknown },
          ]}
        />
      )}
    </section>
  )
}
