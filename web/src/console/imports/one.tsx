import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { Columns } from './columns.tsx'
import { originOf } from './origins.ts'
import { Report } from './report.tsx'
import { isRunning, StateTag } from './state-tag.tsx'
import { Steps } from './steps.tsx'
import { Undo } from './undo.tsx'
import { useImportWords } from './words.ts'
import '../pools/pools.css'
import './imports.css'

export type Whole = Result<'GET /imports/:id'>

/** While a file is being worked through the page asks how far it is; the live stream alone does not count rows. */
const askAgainMs = 1_000

/** One file: match its columns, see what it would change, apply it, take it back. */
export function ImportScreen() {
  const say = useImportWords()
  const { importId: id } = useParams({ strict: false }) as { importId: string }
  const batch = useLoad(id, signal => api('GET /imports/:id', { params: { id }, signal }))
  useLive(['feeds.'], happening => {
    if (happening.name === '' || happening.id === id) batch.again()
  })
  const running = batch.value ? isRunning(batch.value.state) : false
  const { again } = batch
  // Only how far it is: opening the file itself is written down each time.
  const far = useLoad(running ? `progress ${id} ${batch.value?.state ?? ''}` : undefined, signal =>
    api('GET /imports/:id/progress', { params: { id }, signal }),
  )
  const askFar = far.again
  useEffect(() => {
    if (!running) return
    const timer = setInterval(askFar, askAgainMs)
    return () => clearInterval(timer)
  }, [running, askFar])
  const ended = running && far.value !== undefined && !isRunning(far.value.state)
  useEffect(() => {
    if (ended) again()
  }, [ended, again])
  if (!batch.value)
    return batch.problem ? (
      <Failed problem={batch.problem} again={batch.again} act={<Link to="/imports">{say.back}</Link>} />
    ) : (
      <Skeleton shape={['title', 'card', 'tall']} />
    )
  return (
    <div>
      {batch.problem && <Failed problem={batch.problem} again={batch.again} at={batch.at} />}
      <ImportView batch={batch.value} progress={far.value?.progress ?? batch.value.progress} again={batch.again} />
    </div>
  )
}

function ImportView({
  batch,
  progress,
  again,
}: {
  readonly batch: Whole
  readonly progress: Whole['progress']
  readonly again: () => void
}) {
  const say = useImportWords()
  const said = useSaid()
  const language = useLanguage()
  const [asking, setAsking] = useState<'apply' | 'undo' | 'discard'>()
  const close = () => setAsking(undefined)
  const params = { id: batch.id }
  const { state, report } = batch
  return (
    <>
      <header className="desk-head">
        <div>
          <p>
            <Link to="/imports">{say.back}</Link>
          </p>
          <h1>{batch.fileName}</h1>
          <p className="row second">
            <StateTag batch={batch} />
            <span>{say.rows(batch.rows)}</span>
            <span>{say.from(say.origins[originOf(batch.origin)], formatDay(batch.asOf, language))}</span>
            <span>{say.uploaded(formatInstant(batch.createdAt, language))}</span>
            {batch.appliedAt && <span>{say.apply.done(formatInstant(batch.appliedAt, language))}</span>}
          </p>
        </div>
        <div className="row">
          {(state === 'staged' || state === 'checked' || state === 'undone') && (
            <Button kind="text" onClick={() => setAsking('discard')}>
              {say.discard.go}
            </Button>
          )}
          {state === 'applied' && (
            <Button kind="danger" icon="undo" onClick={() => setAsking('undo')}>
              {say.undo.go}
            </Button>
          )}
          {state === 'checked' && report && report.faulty < report.rows && (
            <Button kind="main" onClick={() => setAsking('apply')}>
              {say.apply.go}
            </Button>
          )}
        </div>
      </header>
      <div className="desk-pile">
        <Steps state={state} />
        {batch.problem && <Notice tone="ochre">{said(batch.problem)}</Notice>}
        {isRunning(state) && <Running state={state} progress={progress} />}
        {state === 'discarded' && <Notice tone="river">{say.discard.done}</Notice>}
        {state === 'undone' && <Notice tone="river">{say.undoneText}</Notice>}
        {state === 'staged' && <Columns batch={batch} again={again} />}
        {report && !isRunning(state) && state !== 'staged' && <Report batch={batch} report={report} />}
        {(state === 'checked' || state === 'undone') && (
          <div className="import-rematch">
            <Card label={say.columns.change}>
              <Fold title={say.columns.change} plain>
                <Columns batch={batch} again={again} bare />
              </Fold>
            </Card>
          </div>
        )}
      </div>
      {asking === 'apply' && report && (
        <Confirm
          title={say.apply.go}
          kind="main"
          text={say.apply.ask(report.newPersons, report.changedPersons, report.faulty)}
          onClose={close}
          deed={async () => {
            await api('POST /imports/:id/apply', { params, body: {} })
            again()
          }}
        />
      )}
      {asking === 'discard' && (
        <Confirm
          title={say.discard.go}
          text={say.discard.ask(batch.fileName)}
          onClose={close}
          deed={async () => {
            await api('POST /imports/:id/discard', { params, body: {} })
            again()
          }}
        />
      )}
      {asking === 'undo' && <Undo batch={batch} again={again} onClose={close} />}
    </>
  )
}

function Running({ state, progress }: Pick<Whole, 'state' | 'progress'>) {
  const say = useImportWords()
  const what = state === 'applying' || state === 'undoing' ? say.running[state] : say.running.checking
  return (
    <Card>
      <div role="status">
        <h2 id="import-running">{what}</h2>
      </div>
      <progress
        className="import-progress"
        aria-labelledby="import-running"
        {...(progress ? { value: progress.done, max: progress.of } : {})}
      />
      <p>{progress && say.running.of(progress.done, progress.of)}</p>
      <p className="second small">{say.running.wait}</p>
    </Card>
  )
}
