import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import { AbsenceForm } from './absence-form.tsx'
import type { Guide, Network } from './network.ts'
import { Standing } from './people.tsx'
import { Patch } from './patch.tsx'
import { useNetworkWords } from './words/index.ts'

/** One guide: the patch, the work, being away. */
export function GuideDialog({
  network,
  account,
  changed,
  onClose,
}: {
  readonly network: Network
  readonly account: string
  readonly changed: () => void
  readonly onClose: () => void
}) {
  const all = useConsoleWords()
  const { one, openOf, lateOf, title } = useNetworkWords()
  const found = network.guides.find(g => g.account === account)
  const [before] = useState(found)
  // Who has just given their last village away is no guide any more, and it can be undone from here.
  const guide = found ?? (before && { ...before, places: [], openTasks: 0, openCases: 0, late: 0, away: null })
  return (
    <Dialog title={guide?.name ?? title} closeName={all.close} onClose={onClose} wide>
      {!guide && <Empty title={one.gone}>{one.goneText}</Empty>}
      {guide && (
        <div className="stack-wide">
          <dl className="network-facts">
            <div>
              <dt>{one.open}</dt>
              <dd>
                {openOf(guide.openTasks, guide.openCases)}
                {guide.late > 0 && (
                  <span className="network-late"> {one.lateIs(lateOf(guide.late, guide.lateDays))}</span>
                )}
              </dd>
            </div>
          </dl>
          <Patch guide={guide} network={network} changed={changed} />
          {found && <Absence guide={found} network={network} changed={changed} />}
        </div>
      )}
    </Dialog>
  )
}

function Absence({
  guide,
  network,
  changed,
}: {
  readonly guide: Guide
  readonly network: Network
  readonly changed: () => void
}) {
  const words = useNetworkWords()
  const language = useLanguage()
  const [noting, setNoting] = useState(false)
  const [said, setSaid] = useState('')
  const [noted, setNoted] = useState('')
  const { away } = guide
  const [end, ending] = useDeed(async (absenceId: string) => {
    const { back, left } = await api('DELETE /absences/:absenceId', { params: { absenceId } })
    setSaid(absenceId === noted && back + left === 0 ? words.absence.takenBack : words.one.ended(back, left))
    setNoted('')
    changed()
  })
  return (
    <section className="stack" aria-label={words.one.absence}>
      <h3>{words.one.absence}</h3>
      {said && (
        <Notice tone="hill" said>
          {said}
        </Notice>
      )}
      {ending.problem && <Failed problem={ending.problem} />}
      {!away && !noting && (
        <>
          <p className="second">{words.one.none}</p>
          <div>
            <Button
              onClick={() => {
                setSaid('')
                setNoting(true)
              }}
            >
              {words.one.note}
            </Button>
          </div>
        </>
      )}
      {!away && noting && (
        <AbsenceForm
          guide={guide}
          network={network}
          onDone={(id, name) => {
            setNoting(false)
            setNoted(id)
            setSaid(words.absence.done(name))
            changed()
          }}
          onLeave={() => setNoting(false)}
        />
      )}
      {away && (
        <>
          <p>
            {words.one.from(formatDay(away.fromOn, language), formatDay(away.backOn, language))}{' '}
            <Standing guide={guide} />
          </p>
          <Held key={away.id} absenceId={away.id} changed={changed} />
          <div className="row">
            <Button kind="danger" icon="undo" busy={ending.busy} onClick={() => end(away.id)}>
              {away.id === noted ? words.absence.takeBack : words.one.end}
            </Button>
            <span className="second small">{words.one.endText}</span>
          </div>
        </>
      )}
    </section>
  )
}

/** What is still held, looked at before it is handed over. */
function Held({ absenceId, changed }: { readonly absenceId: string; readonly changed: () => void }) {
  const { one: words } = useNetworkWords()
  const say = useSaid()
  const language = useLanguage()
  const [said, setSaid] = useState('')
  const absence = useLoad(`absence ${absenceId}`, signal =>
    api('GET /absences/:absenceId', { params: { absenceId }, signal }),
  )
  const held = absence.value?.held ?? []
  const idsOf = (kind: 'task' | 'case') => held.filter(h => h.kind === kind).map(h => h.id)
  const [handOver, handing] = useDeed(async () => {
    const body = { tasks: idsOf('task'), cases: idsOf('case') }
    const { moved, left } = await api('POST /absences/:absenceId/hand-over', { params: { absenceId }, body })
    setSaid(words.moved(moved, left))
    absence.again()
    changed()
  })
  if (absence.problem) return <Failed problem={absence.problem} again={absence.again} />
  if (!absence.value) return <Skeleton shape={['line', 'line']} />
  const { standIn, handedOver } = absence.value
  return (
    <div className="stack">
      {said && (
        <Notice tone="hill" said>
          {said}
        </Notice>
      )}
      {handing.problem && <Failed problem={handing.problem} />}
      {handedOver > 0 && <p className="second">{words.handedOver(handedOver)}</p>}
      {held.length === 0 && <p className="second">{words.nothingHeld}</p>}
      {held.length > 0 && (
        <>
          <h4>{words.held}</h4>
          <Table
            caption={words.held}
            rows={held}
            rowKey={row => row.id}
            columns={[
              { key: 'what', head: words.heldHeads.what, main: true, cell: row => words.kinds[row.kind] },
              { key: 'place', head: words.heldHeads.place, cell: row => row.place },
              { key: 'state', head: words.heldHeads.state, cell: row => say(row.stateWords) },
              {
                key: 'due',
                head: words.heldHeads.due,
                cell: row => (
                  <>
                    {row.dueOn ? formatDay(row.dueOn, language) : '—'} {row.late && <Tag tone="seal">{words.late}</Tag>}
                  </>
                ),
              },
            ]}
          />
          <div>
            <Button kind="main" busy={handing.busy} onClick={handOver}>
              {words.handOver(held.length, standIn?.name ?? words.toTownship)}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
