import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant, formatYuan } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { useTrackCheckWords } from './words.ts'
import './track-check.css'

type Proof = Result<'GET /track/proofs'>['items'][number]

const askAgainMs = 2_000

/** 轨迹核验: when the track was last proved, by what marks, what was found; begun here as well. */
export function TrackCheckScreen() {
  const say = useTrackCheckWords()
  const proofs = useLoad('track proofs', signal => api('GET /track/proofs', { query: {}, signal }))
  const { again } = proofs
  useLive(['track.proved'], again)
  const [newest, ...before] = proofs.value?.items ?? []
  const going = newest?.state === 'running' ? newest : undefined
  const isGoing = going !== undefined
  useEffect(() => {
    if (!isGoing) return
    const timer = setInterval(again, askAgainMs)
    return () => clearInterval(timer)
  }, [isGoing, again])
  const last = going ? before.find(one => one.state !== 'running') : newest
  // One that failed may not have come to the nights.
  const ended = proofs.value?.items.find(one => one.state === 'done')
  const earlier = proofs.value?.items.filter(one => one !== going && one !== last) ?? []
  const [start, starting] = useDeed(async () => {
    await api('POST /track/proofs', {})
    again()
  })
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <Button
          kind="main"
          onClick={start}
          busy={starting.busy}
          busyWords={say.starting}
          off={!proofs.value || isGoing}
        >
          {say.now}
        </Button>
      </header>
      <div className="desk-pile">
        {starting.problem && <Failed problem={starting.problem} />}
        {proofs.problem && <Failed problem={proofs.problem} again={again} at={proofs.at} />}
        {!proofs.value && !proofs.problem && <Skeleton shape={['card', 'line']} />}
        {proofs.value && !newest && <Empty title={say.never}>{say.neverText}</Empty>}
        {going && <Going proof={going} />}
        {last && <Found proof={last} />}
        {ended && <Nights proof={ended} />}
        {earlier.length > 0 && (
          <Card label={say.earlier}>
            <Fold title={say.earlier} plain>
              <Earlier rows={earlier} />
            </Fold>
          </Card>
        )}
      </div>
    </div>
  )
}

function Going({ proof }: { readonly proof: Proof }) {
  const say = useTrackCheckWords()
  return (
    <Card label={say.progress}>
      <div className="check-going" role="status">
        <p>{say.going(formatYuan(Math.min(proof.chains, proof.households)), formatYuan(proof.households))}</p>
        <progress aria-label={say.progress} max={Math.max(1, proof.households)} value={proof.chains} />
      </div>
    </Card>
  )
}

const useBy = () => {
  const say = useTrackCheckWords()
  return (proof: Proof) => proof.by || say.clock
}

function Found({ proof }: { readonly proof: Proof }) {
  const say = useTrackCheckWords()
  const language = useLanguage()
  const by = useBy()(proof)
  return (
    <Card label={say.result}>
      <div className="desk-card-head">
        <h2>{say.result}</h2>
        <span className="second small">{say.when(formatInstant(proof.endedAt ?? proof.begunAt, language), by)}</span>
      </div>
      {proof.state === 'failed' && <Notice tone="ochre">{say.failed}</Notice>}
      {proof.faults > 0 && <Notice tone="seal">{say.wrong(formatYuan(proof.faults))}</Notice>}
      {proof.state === 'done' && proof.faults === 0 && (
        <Notice tone={proof.firstWrong ? 'ochre' : 'hill'}>
          {proof.firstWrong
            ? say.unsure(formatYuan(proof.chains), formatYuan(proof.records))
            : proof.chains === 0
              ? say.none
              : say.whole(formatYuan(proof.chains), formatYuan(proof.records))}
        </Notice>
      )}
      {proof.broken.length > 0 && <Broken proof={proof} />}
    </Card>
  )
}

function Broken({ proof }: { readonly proof: Proof }) {
  const say = useTrackCheckWords()
  const session = useSession()
  const opens = session.state === 'known' && session.role === 'districtOfficer'
  return (
    <>
      <Table
        caption={say.broken}
        rows={proof.broken}
        rowKey={one => one.household}
        columns={[
          {
            key: 'household',
            head: say.heads.household,
            main: true,
            cell: one =>
              opens ? (
                <Link to="/registry/$householdId/whole" params={{ householdId: one.household } as never} data-row>
                  <code className="check-id">{one.household}</code>
                </Link>
              ) : (
                <code className="check-id">{one.household}</code>
              ),
          },
          { key: 'fault', head: say.heads.fault, cell: one => <Tag tone="seal">{say.faults[one.fault]}</Tag> },
          { key: 'turn', head: say.heads.turn, figure: true, cell: one => one.turn },
          {
            key: 'record',
            head: say.heads.record,
            cell: one => (one.record ? <code className="check-id">{one.record}</code> : say.gone),
          },
        ]}
      />
      {proof.faults > proof.broken.length && (
        <p className="second small">{say.brokenMore(formatYuan(proof.broken.length))}</p>
      )}
    </>
  )
}

function Nights({ proof: { nights, firstWrong, newest } }: { readonly proof: Proof }) {
  const say = useTrackCheckWords()
  const language = useLanguage()
  return (
    <Card label={say.anchors}>
      <div className="desk-card-head">
        <h2>{say.anchors}</h2>
      </div>
      <div className="stack">
        {firstWrong && <Notice tone="seal">{say.nightWrong(formatDay(firstWrong, language))}</Notice>}
        <p className="second">{nights === 0 ? say.noNights : say.nights(formatYuan(nights))}</p>
        {nights > 0 && !firstWrong && <p>{say.nightsHold}</p>}
        {newest && (
          <p>
            {say.newest(formatDay(newest.on, language))}
            <code className="check-mark">{newest.mark}</code>
          </p>
        )}
      </div>
    </Card>
  )
}

function Earlier({ rows }: { readonly rows: readonly Proof[] }) {
  const say = useTrackCheckWords()
  const language = useLanguage()
  const by = useBy()
  return (
    <Table
      caption={say.earlier}
      rows={rows}
      rowKey={one => one.id}
      columns={[
        { key: 'when', head: say.cols.when, main: true, cell: one => formatInstant(one.begunAt, language) },
        { key: 'by', head: say.cols.by, cell: by },
        { key: 'state', head: say.cols.state, cell: one => <Tag tone="line">{say.states[one.state]}</Tag> },
        { key: 'chains', head: say.cols.chains, figure: true, cell: one => formatYuan(one.chains) },
        { key: 'records', head: say.cols.records, figure: true, cell: one => formatYuan(one.records) },
        {
          key: 'faults',
          head: say.cols.faults,
          figure: true,
          cell: one => formatYuan(one.faults + (one.firstWrong ? 1 : 0)),
        },
      ]}
    />
  )
}
