import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant, formatYuan } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { useEntitlementWords } from './words/index.ts'

type Run = Result<'GET /entitlements/runs'>['items'][number]

/** The registry judged as a whole: how far it is now, when it was last and by which rules, begun and called off here. */
export function Runs({ onEnd }: { readonly onEnd: () => void }) {
  const { runs: words } = useEntitlementWords()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const runs = useLoad('runs', signal => api('GET /entitlements/runs', { query: { limit: 6 }, signal }))
  useLive(['entitlements.ran'], runs.again)
  const [newest, ...earlier] = runs.value?.items ?? []
  const going = newest?.state === 'running' ? newest : undefined
  useEnd(going?.id, onEnd)
  const [start, starting] = useDeed(async () => {
    setSaid('')
    const { run } = await api('POST /entitlements/runs', { body: {} })
    setSaid(run ? words.started : words.nobody)
    runs.again()
  })
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <h2>{words.title}</h2>
        {runs.value && !going && (
          <Button onClick={start} busy={starting.busy} busyWords={words.starting}>
            {words.start}
          </Button>
        )}
        {going && <Button onClick={() => setAsking(true)}>{words.cancel}</Button>}
      </div>
      <p className="second small">{words.text}</p>
      {starting.problem && <Failed problem={starting.problem} />}
      {runs.problem && <Failed problem={runs.problem} again={runs.again} at={runs.at} />}
      {!runs.value && !runs.problem && <Skeleton shape={['line']} />}
      {said && (
        <Notice tone="hill" said>
          {said}
        </Notice>
      )}
      {runs.value && !newest && <p>{words.never}</p>}
      {going && (
        <div className="run-going">
          <p>{words.going(formatYuan(going.done), formatYuan(going.households))}</p>
          <progress aria-label={words.progress} max={Math.max(1, going.households)} value={going.done} />
        </div>
      )}
      {newest && !going && (
        <p className="run-last">
          {words.last} <b>{formatInstant(newest.endedAt ?? newest.startedAt, language)}</b>{' '}
          <Tag tone={newest.state === 'done' ? 'hill' : 'ochre'} icon={newest.state === 'done' ? 'check' : 'minus'}>
            {words.states[newest.state]}
          </Tag>{' '}
          {newest.looked !== null && (
            <span className="small">{words.looked(formatYuan(newest.looked), formatYuan(newest.households))} </span>
          )}
          <span className="second small">
            {words.rules(formatDay(newest.judgedOn, language), newest.poolVersion.slice(0, 8))}
          </span>
        </p>
      )}
      {newest?.state === 'failed' && <Notice tone="ochre">{words.failed}</Notice>}
      {earlier.length > 0 && (
        <Fold title={words.earlier} plain>
          <RunTable rows={earlier} />
        </Fold>
      )}
      {asking && going && (
        <Confirm
          title={words.cancel}
          text={words.cancelAsk}
          onClose={() => setAsking(false)}
          deed={async () => {
            await api('POST /entitlements/runs/:runId/cancel', { params: { runId: going.id }, body: {} })
            setSaid('')
            runs.again()
          }}
        />
      )}
    </Card>
  )
}

/** Tells once when what was going on goes on no more. */
function useEnd(running: string | undefined, onEnd: () => void): void {
  const was = useRef(running)
  const tell = useEffectEvent(onEnd)
  useEffect(() => {
    if (was.current && !running) tell()
    was.current = running
  }, [running])
}

function RunTable({ rows }: { readonly rows: readonly Run[] }) {
  const { runs: words } = useEntitlementWords()
  const language = useLanguage()
  return (
    <Table
      caption={words.earlier}
      rows={rows}
      rowKey={run => run.id}
      columns={[
        { key: 'when', head: words.heads.when, main: true, cell: run => formatInstant(run.startedAt, language) },
        { key: 'kind', head: words.heads.kind, cell: run => words.kinds[run.kind] },
        { key: 'state', head: words.heads.state, cell: run => <Tag tone="line">{words.states[run.state]}</Tag> },
        {
          key: 'households',
          head: words.heads.households,
          figure: true,
          cell: run =>
            run.looked === null
              ? `${formatYuan(run.done)} / ${formatYuan(run.households)}`
              : words.looked(formatYuan(run.looked), formatYuan(run.households)),
        },
        { key: 'changed', head: words.heads.changed, figure: true, cell: run => formatYuan(run.changed) },
        {
          key: 'took',
          head: words.heads.took,
          figure: true,
          cell: run => words.seconds((run.workMs / 1000).toFixed(1)),
        },
        { key: 'rules', head: words.heads.rules, cell: run => <code>{run.poolVersion.slice(0, 8)}</code> },
      ]}
    />
  )
}
