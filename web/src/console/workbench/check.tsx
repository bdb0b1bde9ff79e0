import { Button } from '../../parts/button.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { Difference } from './difference.tsx'
import { useDictionary } from './dictionary.ts'
import { isSingle, type WorkedCase } from './document.ts'
import { useWorkbenchWords } from './words.ts'

export type Check = Result<'POST /drafts/:draftId/check'>
export type FailedCase = Check['cases']['failed'][number]

/** What stands between a draft and publishing: each problem with its place, each worked household that differs. */
export function CheckResult({
  check,
  stale,
  second,
  onEdit,
}: {
  /** Looked at by somebody who does not write in it now. */
  readonly second: boolean
  readonly check: Check | undefined
  readonly stale: boolean
  /** Absent where nothing can be edited. */
  readonly onEdit: ((owner: string, index: number, example: WorkedCase) => void) | undefined
}) {
  const words = useWorkbenchWords()
  const say = words.check
  const said = useSaid()
  return (
    <section className="sheet pad" aria-label={say.title}>
      <h2>{say.title}</h2>
      {!check && <p className="second">{second ? say.noneSecond : say.none}</p>}
      {stale && <Notice tone="ochre">{say.stale}</Notice>}
      {check && (
        <div className="desk-pile" role="status">
          {check.ready && <Notice tone="hill">{say.ready(check.cases.ran)}</Notice>}
          {check.problems.length > 0 && (
            <Notice tone="seal">
              <p>{words.problem.title(check.problems.length)}</p>
              <ul className="lines plain">
                {check.problems.map(problem => (
                  <li key={`${problem.where} ${problem.words.zh}`}>
                    {said(problem.words)}{' '}
                    <span className="small second">
                      {problem.at && words.problem.at(problem.at.line, problem.at.column)}{' '}
                      {problem.field === null &&
                        !/ params\./.test(problem.where) &&
                        `${words.problem.elsewhere} ${problem.where}`}
                    </span>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {check.cases.failed.length > 0 && (
            <Notice tone="seal">{say.failed(check.cases.failed.length, check.cases.ran)}</Notice>
          )}
          <ul className="lines plain">
            {check.cases.failed.slice(0, mostShown).map(failed => (
              <FailedLine key={`${failed.owner} ${String(failed.index)}`} failed={failed} onEdit={onEdit} />
            ))}
          </ul>
          {check.cases.failed.length > mostShown && (
            <p className="second">{say.more(check.cases.failed.length - mostShown)}</p>
          )}
          {check.reached.length > 0 && (
            <Fold title={say.reached(check.reached.length)} plain>
              <ul className="lines plain">
                {check.reached.map(one => (
                  <li key={one.id}>{isSingle(one.id) ? said(one.name) : `${one.id} ${said(one.name)}`}</li>
                ))}
              </ul>
            </Fold>
          )}
        </div>
      )}
    </section>
  )
}

/** A wrong figure may fail hundreds; those who see twenty know. */
const mostShown = 20

function FailedLine({
  failed,
  onEdit,
}: {
  readonly failed: FailedCase
  readonly onEdit: ((owner: string, index: number, example: WorkedCase) => void) | undefined
}) {
  const { check: say, owners } = useWorkbenchWords()
  const dictionary = useDictionary()
  return (
    <li className="failed-case">
      <p>
        <strong>{owners[failed.owner] ?? failed.owner}</strong> {failed.name}
      </p>
      <dl>
        {failed.differences.map(one => (
          <Difference key={one.what} of={one} dictionary={dictionary} />
        ))}
      </dl>
      {onEdit && (
        <Button kind="text" icon="pen" onClick={() => onEdit(failed.owner, failed.index, failed.case as never)}>
          {say.change}
        </Button>
      )}
    </li>
  )
}
