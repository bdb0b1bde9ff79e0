import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { useWorkbenchWords } from './words.ts'

type Draft = Result<'GET /drafts/:draftId'>

/** What the second person reads: each change in words, as it was and as it will be, and the two texts line by line. */
export function Changes({ draft }: { readonly draft: Draft }) {
  const { changes: say, owners: ownerNames } = useWorkbenchWords()
  const said = useSaid()
  const owners = Object.keys(draft.cases)
  const differs = draft.text.some(line => line.sign !== 'same')
  return (
    <section className="sheet pad" aria-label={say.title}>
      <h2>{say.title}</h2>
      {!differs && owners.length === 0 && <p className="second">{say.none}</p>}
      {draft.changes.length > 0 && (
        <Table
          caption={say.title}
          rows={draft.changes}
          rowKey={change => `${change.what.zh} ${change.before?.zh ?? ''} ${change.after?.zh ?? ''}`}
          columns={[
            { key: 'what', head: say.what, main: true, cell: change => said(change.what) },
            {
              key: 'before',
              head: say.before,
              cell: change => (change.before ? <del>{said(change.before)}</del> : <NotThere />),
            },
            {
              key: 'after',
              head: say.after,
              cell: change => (change.after ? <ins>{said(change.after)}</ins> : <NotThere />),
            },
          ]}
        />
      )}
      {owners.length > 0 && <p>{say.cases(owners.map(owner => ownerNames[owner] ?? owner).join(' '))}</p>}
      {differs && (
        <Fold title={say.text} plain>
          <ol className="text-changes">
            {draft.text.map((line, i) => (
              // Lines repeat; their place is what tells them apart.
              <li key={`${String(i)} ${line.sign}`} className={line.sign}>
                <span aria-hidden="true">{line.sign === 'same' ? ' ' : line.sign === 'gone' ? '−' : '+'}</span>
                {line.sign !== 'same' && <span className="unseen">{say[line.sign]} </span>}
                <code>{line.line}</code>
              </li>
            ))}
          </ol>
        </Fold>
      )}
    </section>
  )
}

function NotThere() {
  const say = useWorkbenchWords().changes
  return <span className="second">{say.nothing}</span>
}
