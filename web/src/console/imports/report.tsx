import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table, type Column } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { apiFile } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import type { Whole } from './one.tsx'
import { Sum } from '../sum.tsx'
import { takeOut } from '../take-out.ts'
import { useValueWords } from './use-value-words.ts'
import { useImportWords } from './words.ts'

type Reported = NonNullable<Whole['report']>

/** What a file would change, or changed: counts that add up to its rows, then fact by fact, then line by line. */
export function Report({ batch, report }: { readonly batch: Whole; readonly report: Reported }) {
  const { report: say } = useImportWords()
  const said = useSaid()
  const most = Math.max(1, ...report.changes.map(change => change.count))
  const applied = batch.state === 'applied'
  const done = applied || batch.state === 'undone'
  const good = report.rows - report.faulty
  return (
    <>
      <Card label={applied ? say.did : say.would}>
        <div className="desk-card-head">
          <h2>{batch.state === 'undone' ? say.undone : applied ? say.did : say.would}</h2>
        </div>
        <dl className="import-sum">
          <Sum label={say.newPersons} count={report.newPersons} note={say.ofNew(report.newHouseholds)} sign="+" />
          <Sum
            label={say.changedPersons}
            count={report.changedPersons}
            note={say.changedHouseholds(report.changedHouseholds)}
            sign="+"
          />
          <Sum label={say.unchanged} count={report.unchanged} sign="+" />
          <Sum
            label={say.faulty}
            count={report.faulty}
            {...(report.faulty > 0 ? { note: say.faultyText } : {})}
            sign="="
          />
          <Sum label={say.rows} count={report.rows} />
        </dl>
        {good === 0 && <Notice tone="ochre">{say.allFaulty}</Notice>}
        {good > 0 && report.newPersons + report.changedPersons + report.changedHouseholds === 0 && (
          <Notice tone="river">{say.none}</Notice>
        )}
        {report.changes.length > 0 && (
          <>
            <h3 className="import-h3">{done ? say.byFactDone : say.byFact}</h3>
            <ul className="import-facts">
              {report.changes.map(change => (
                <li key={change.fact}>
                  <span>{said(change.label)}</span>
                  <meter
                    min={0}
                    max={most}
                    value={change.count}
                    aria-label={`${said(change.label)} ${say.count(change.count)}`}
                  />
                  <span className="import-facts-count">{say.count(change.count)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Card>
      {report.faulty > 0 && <Faults batch={batch} report={report} />}
      {report.firstChanges.length > 0 && <Changes report={report} />}
    </>
  )
}

/** What one looks through; the rest on demand. */
const few = 30

function Changes({ report }: { readonly report: Reported }) {
  const { report: say } = useImportWords()
  const said = useSaid()
  const valueWords = useValueWords()
  const lines = report.firstChanges.map((change, i) => ({ ...change, i })).sort((a, b) => a.row - b.row)
  const [all, setAll] = useState(false)
  const shown = all ? lines : lines.slice(0, few)
  const values: Column<(typeof lines)[number]>[] = [
    {
      key: 'before',
      head: say.before,
      cell: change =>
        change.kind === 'changed' && (
          <span className="second">
            {change.before === null ? say.unknown : valueWords(change.fact, change.before)}
          </span>
        ),
    },
    {
      key: 'after',
      head: say.after,
      cell: change =>
        change.kind === 'changed' && (
          <>
            {valueWords(change.fact, change.after)} {change.beside && <Tag tone="line">{say.beside}</Tag>}
          </>
        ),
    },
  ]
  return (
    <Card label={say.lines}>
      <div className="desk-card-head">
        <h2>{say.lines}</h2>
        <span className="second">{say.first(shown.length)}</span>
      </div>
      <Table
        caption={say.lines}
        rows={shown}
        rowKey={change => String(change.i)}
        columns={[
          {
            key: 'who',
            head: say.who,
            main: true,
            cell: change => (
              <>
                {change.who} <span className="second small">{say.rowNo(change.row)}</span>
              </>
            ),
          },
          {
            key: 'what',
            head: say.what,
            cell: change =>
              change.kind === 'changed' ? (
                change.label && said(change.label)
              ) : (
                <Tag tone="hill" icon="plus">
                  {say[change.kind]}
                </Tag>
              ),
          },
          ...(lines.some(change => change.kind === 'changed') ? values : []),
        ]}
      />
      {shown.length < lines.length && (
        <p>
          <Button onClick={() => setAll(true)}>{say.more(lines.length)}</Button>
        </p>
      )}
      {report.firstChanges.some(change => change.beside) && <p className="second small">{say.besideText}</p>}
    </Card>
  )
}

function Faults({ batch, report }: { readonly batch: Whole; readonly report: Reported }) {
  const { report: say } = useImportWords()
  const said = useSaid()
  const [take, taking] = useDeed(async () => {
    const file = await apiFile('GET /imports/:id/faults', { params: { id: batch.id }, query: { format: batch.format } })
    takeOut(file, `${batch.fileName.replace(/\.[^.]*$/, '')}-${say.mendName}.${batch.format}`)
  })
  const lines = report.firstFaults.flatMap(({ row, faults }) => faults.map((fault, i) => ({ row, i, ...fault })))
  return (
    <Card label={say.faults}>
      <div className="desk-card-head">
        <h2>{say.faults}</h2>
        {report.firstFaults.length < report.faulty && (
          <span className="second">{say.first(report.firstFaults.length)}</span>
        )}
      </div>
      <div className="import-mend">
        <p className="second">{say.mendText}</p>
        <Button onClick={take} busy={taking.busy}>
          {say.mend}
        </Button>
      </div>
      {taking.problem && <Failed problem={taking.problem} />}
      <Table
        caption={say.faults}
        rows={lines}
        rowKey={line => `${String(line.row)} ${String(line.i)}`}
        columns={[
          {
            key: 'row',
            head: say.row,
            main: true,
            cell: line => <span className="import-row">{say.rowNo(line.row)}</span>,
          },
          { key: 'column', head: say.column, cell: line => line.column ?? say.whole },
          { key: 'why', head: say.why, cell: line => said(line.words) },
        ]}
      />
    </Card>
  )
}
