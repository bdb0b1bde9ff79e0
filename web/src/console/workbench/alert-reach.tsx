import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Sides } from './sides.tsx'
import { useWorkbenchWords } from './words.ts'

type Reached = Result<'POST /alerts/drafts/:draftId'>
const moves = ['raised', 'ceased', 'risen', 'fallen'] as const

/** Of which households the rules would raise an alert, and of which no longer. */
export function AlertCounts({ answer }: { readonly answer: Reached }) {
  const words = useWorkbenchWords()
  const say = words.alert.reach
  const said = useSaid()
  const language = useLanguage()
  const about = words.reach.about(formatDay(answer.on, language), answer.people, formatInstant(answer.asOf, language))
  const columns = <R extends Reached['all']>(rows: readonly R[]) =>
    moves
      .filter(move => rows.some(row => row[move].households !== 0))
      .map(move => ({ key: move, head: say.moves[move], figure: true, cell: (row: R) => <Sides of={row[move]} /> }))
  if (answer.people === 0) return <p className="second">{words.reach.nobody}</p>
  return (
    <>
      {answer.unseen.length > 0 && (
        <Notice tone="ochre">
          {say.unseen(answer.unseen.map(one => `${one.id} ${said(one.name)}`).join(words.alert.and))}
        </Notice>
      )}
      {answer.rules.length === 0 && answer.unseen.length === 0 && <Notice tone="hill">{words.reach.nothing}</Notice>}
      {answer.rules.length > 0 && (
        <>
          <Notice>{say.stays}</Notice>
          <dl className="reach-figures">
            {moves.map(move => (
              <div key={move}>
                <dt>{say.moves[move]}</dt>
                <dd>
                  <Sides of={answer.all[move]} />
                </dd>
              </div>
            ))}
          </dl>
          {answer.rules.length > 1 && (
            <Table
              caption={say.byRule}
              rows={answer.rules}
              rowKey={rule => rule.id}
              columns={[
                { key: 'name', head: words.reach.rule, main: true, cell: rule => `${rule.id} ${said(rule.name)}` },
                ...columns<Reached['rules'][number]>(answer.rules),
              ]}
            />
          )}
          <Fold title={words.reach.byTownship} plain>
            <Table
              caption={words.reach.byTownship}
              rows={answer.townships}
              rowKey={row => row.code}
              columns={[
                { key: 'name', head: words.reach.township, main: true, cell: row => row.name },
                ...columns<Reached['townships'][number]>(answer.townships),
              ]}
            />
          </Fold>
        </>
      )}
      {(answer.rules.length > 0 || answer.unseen.length === 0) && (
        <p className="mini second">
          {about} {answer.rules.length > 0 && say.hidden}
        </p>
      )}
    </>
  )
}
