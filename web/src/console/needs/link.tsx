import { Link } from '@tanstack/react-router'
import type { Words } from '@zhulian/kernel'
import { useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useMarks, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { FormDialog } from '../form-dialog.tsx'
import { Meant, useTakerWords } from './candidates.tsx'
import { withDeclined } from './with-declined.ts'
import { useNeedWords } from './words.ts'

type Suggestion = Result<'POST /linking/suggestion'>
type Row = Suggestion['rows'][number]
type Taker = NonNullable<Row['taker']>
interface Linked {
  readonly row: Row
  readonly taker: Taker
}

/** Said not to fit a moment ago, and which row of the page it was. */
interface Declined extends Linked {
  readonly id: string
  readonly at: number
}

interface NotLinked {
  readonly row: Row
  readonly why: Words
}

const shows = ['given', 'open'] as const
const atOnce = 25

/** 链接: who might take on what, for all needs of the level at once. A person accepts, row by row or all, and can take it back. */
export function LinkNeeds() {
  const { link: say } = useNeedWords()
  const [raw, set] = useFilters()
  const show = oneOf(shows, raw['show']) ?? 'given'
  const [from, setFrom] = useState(0)
  const loaded = useLoad(`linking ${show} ${from}`, signal =>
    api('POST /linking/suggestion', { body: { show, from }, signal }),
  )
  const [linked, setLinked] = useState<readonly Linked[]>([])
  const [refused, setRefused] = useState<readonly NotLinked[]>([])
  // The whole is solved anew when somebody asks for it: rows do not move under a hand, and the server is spared.
  const [moved, setMoved] = useState(false)
  const own = useRef(new Set<string>())
  useLive(['wishes.need', 'wishes.urgentNeed'], ({ id }) => {
    if (id !== '' && !own.current.has(id)) setMoved(true)
  })
  const again = () => {
    setMoved(false)
    loaded.again()
  }
  const [declining, setDeclining] = useState<Omit<Declined, 'id'>>()
  const [declined, setDeclined] = useState<readonly Declined[]>([])
  const turn = (page: number) => {
    setFrom(page)
    setDeclined([])
  }
  const [accept, accepting] = useDeed(async (rows: readonly Row[]) => {
    const links = rows.flatMap(row =>
      row.taker
        ? [{ need: row.need.id, taker: { kind: row.taker.kind, id: row.taker.id }, expectedVersion: row.need.version }]
        : [],
    )
    for (const { need } of links) own.current.add(need)
    const { items } = await api('POST /linking/links', { body: { links } as never })
    const done = new Set(items.filter(item => item.refused === null).map(item => item.need))
    const added = rows.flatMap(row => (row.taker && done.has(row.need.id) ? [{ row, taker: row.taker }] : []))
    setLinked(before => [...before, ...added])
    setRefused(
      items.flatMap(({ need, refused }) => {
        const row = rows.find(one => one.need.id === need)
        return refused && row ? [{ row, why: refused }] : []
      }),
    )
    again()
  })
  const [undo, undoing] = useDeed(async ({ row }: Linked) => {
    const params = { needId: row.need.id }
    const { state, version } = await api('GET /needs/:needId', { params })
    // What somebody has begun meanwhile is not undone with it: by the version it had before the server says so.
    const expectedVersion = state === 'matched' ? version : row.need.version
    await api('POST /needs/:needId/steps', {
      params,
      body: { step: 'decline', note: say.undoNote, expectedVersion } as never,
    })
    setLinked(linked.filter(one => one.row.need.id !== row.need.id))
    again()
  })
  const [takeBack, takingBack] = useDeed(async (id: string) => {
    await api('DELETE /linking/declined/:declinedId', { params: { declinedId: id } as never })
    setDeclined(declined.filter(one => one.id !== id))
    again()
  })
  const found = loaded.value
  // The last page was linked empty: the one before it still has rows.
  if (found && found.rows.length === 0 && from > 0) turn(Math.max(0, from - atOnce))
  return (
    <div className="desk-pile">
      <p className="second">{say.lead}</p>
      {loaded.problem && <Failed problem={loaded.problem} again={again} />}
      {[accepting, undoing, takingBack].map(
        (deed, i) => deed.problem && <Failed key={String(i)} problem={deed.problem} />,
      )}
      <div role="status">
        {linked.length > 0 && (
          <Card label={say.linked(linked.length)}>
            <h2>{say.linked(linked.length)}</h2>
            <ul className="link-done">
              {linked.map(one => (
                <li key={one.row.need.id}>
                  <span>
                    <Link to="/needs/$needId" params={{ needId: one.row.need.id } as never}>
                      {one.row.need.title}
                    </Link>{' '}
                    <span className="second">{one.row.need.name}</span> → {one.taker.name}
                  </span>
                  <Button
                    name={`${say.undo} ${one.row.need.title} ${one.row.need.number}`}
                    busy={undoing.busy}
                    onClick={() => undo(one)}
                  >
                    {say.undo}
                  </Button>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Refused items={refused} />
        {moved && found && (
          <Notice act={<Button onClick={again}>{say.again}</Button>}>
            <p>{say.changed}</p>
          </Notice>
        )}
      </div>
      {!found && !loaded.problem && <Skeleton shape={['card', 'tall']} />}
      {found && (
        <>
          <div className="needs-filters">
            <Segmented
              name="link-show"
              label={say.show}
              value={show}
              onChange={value => {
                turn(0)
                set({ show: value === 'given' ? undefined : value })
              }}
              options={shows.map(value => ({ value, label: say.shows[value](found[value]) }))}
            />
            {show === 'given' && found.rows.length > 1 && (
              <Button kind="main" busy={accepting.busy} onClick={() => accept(found.rows)}>
                {say.acceptAll(found.rows.length)}
              </Button>
            )}
          </div>
          {found.beyond > 0 && <p className="second">{say.beyond(found.beyond)}</p>}
          {found.rows.length === 0 && (
            <Empty title={say.empty[show]}>
              {show === 'given' && found.open > 0
                ? say.emptyOpen(found.open, isShort(found))
                : show === 'open' && found.given > 0
                  ? say.emptyGiven(found.given)
                  : say.emptyText}
            </Empty>
          )}
          <ol className="link-rows">
            {withDeclined(found.rows, declined).map(({ row, said }, at) => (
              <li key={row.need.id}>
                {row.gone ? (
                  <article className="link-row" tabIndex={-1} ref={takeLostFocus}>
                    <NeedOf row={row} />
                    <div>
                      <JustDeclined said={said} busy={takingBack.busy} onTakeBack={takeBack} />
                    </div>
                  </article>
                ) : (
                  <OneRow
                    row={row}
                    said={said}
                    busy={accepting.busy || takingBack.busy}
                    onAccept={() => accept([row])}
                    onDecline={taker => setDeclining({ row, taker, at })}
                    onTakeBack={takeBack}
                  />
                )}
              </li>
            ))}
          </ol>
          {(found.more || from > 0) && (
            <div className="row">
              {from > 0 && <Button onClick={() => turn(Math.max(0, from - atOnce))}>{say.before}</Button>}
              {found.more && <Button onClick={() => turn(from + atOnce)}>{say.after}</Button>}
            </div>
          )}
          <Short found={found} />
          {found.illustrative && <p className="second small">{say.illustrative}</p>}
        </>
      )}
      {declining && (
        <DeclineDialog
          linked={declining}
          onDone={id => {
            setDeclined([...declined.filter(one => one.id !== id), { ...declining, id }])
            again()
          }}
          onClose={() => setDeclining(undefined)}
        />
      )}
    </div>
  )
}

function Refused({ items }: { readonly items: readonly NotLinked[] }) {
  const { link: say } = useNeedWords()
  const said = useSaid()
  if (items.length === 0) return null
  return (
    <Card label={say.refused(items.length)}>
      <h2>{say.refused(items.length)}</h2>
      <ul className="link-done">
        {items.map(({ row, why }) => (
          <li key={row.need.id}>
            <span>
              <b>{row.need.title}</b> <span className="second">{row.need.name}</span> {said(why)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** With the row went the button that had the focus. */
const takeLostFocus = (row: HTMLElement | null) => {
  if (document.activeElement === document.body) row?.focus({ preventScroll: true })
}

function JustDeclined({
  said,
  busy,
  onTakeBack,
}: {
  readonly said: readonly Declined[]
  readonly busy: boolean
  readonly onTakeBack: (declined: string) => void
}) {
  const { link: say } = useNeedWords()
  return said.map(({ id, row, taker }) => (
    <p key={id} className="link-declined" role="status">
      {say.declineTitle(taker.name)}
      <Button
        kind="text"
        name={`${say.takeBack} ${taker.name} ${row.need.number}`}
        busy={busy}
        onClick={() => onTakeBack(id)}
      >
        {say.takeBack}
      </Button>
    </p>
  ))
}

/** Whose need it is, and how long it waits. */
function NeedOf({ row: { need } }: { readonly row: Row }) {
  const all = useNeedWords()
  const { link: say } = all
  const said = useSaid()
  return (
    <div>
      <p className="row small">
        {need.urgent && <Tag tone="seal">{all.urgent}</Tag>}
        <Tag tone={need.item ? 'river' : 'plain'}>
          {need.item ? said(need.item.name) : need.guess ? say.guessed(said(need.guess.name)) : say.unsorted}
        </Tag>
        <span className="second">{say.waited(need.waitedDays)}</span>
      </p>
      <h2>
        <Link to="/needs/$needId" params={{ needId: need.id } as never}>
          {need.title}
        </Link>
      </h2>
      <p className="second">
        {need.village.name} · {need.name} · {need.number}
      </p>
    </div>
  )
}

function OneRow({
  row,
  said,
  busy,
  onAccept,
  onDecline,
  onTakeBack,
}: {
  readonly row: Row
  readonly said: readonly Declined[]
  readonly busy: boolean
  readonly onAccept: () => void
  readonly onDecline: (taker: Taker) => void
  readonly onTakeBack: (declined: string) => void
}) {
  const { link: say } = useNeedWords()
  const { colon } = useMarks()
  const takerWords = useTakerWords()
  const { need, taker, km, meant, others } = row
  return (
    <article className="link-row">
      <NeedOf row={row} />
      <div>
        {taker ? (
          <>
            <p className="link-taker">
              <b>{taker.name}</b> <span className="second">{takerWords(taker, km)}</span>
            </p>
            <Meant meant={meant} />
            <div className="row">
              <Button kind="main" name={`${say.accept} ${need.title} ${need.number}`} busy={busy} onClick={onAccept}>
                {say.accept}
              </Button>
              <Button kind="text" name={`${say.decline} ${need.title} ${need.number}`} onClick={() => onDecline(taker)}>
                {say.decline}
              </Button>
            </div>
          </>
        ) : (
          <p>{others.length > 0 ? say.nobodyNow : say.nobody}</p>
        )}
        <JustDeclined said={said} busy={busy} onTakeBack={onTakeBack} />
        {others.length > 0 && (
          <details className="link-others">
            <summary>{taker ? say.others(others.length) : say.whyNone(others.length)}</summary>
            <ul>
              {others.map(({ declined, ...other }) => (
                <li key={other.taker.id}>
                  {other.taker.name}
                  {colon}
                  {say.why[other.why]}
                  {other.farther !== null && ` ${say.farther(other.farther)}`}
                  {other.before.map(one => (
                    <span key={one.number} className="needs-note second small">
                      {say.prior(one.name, one.number, one.waitedDays, one.urgent)}
                    </span>
                  ))}
                  {declined && (
                    <>
                      <span className="needs-note second small">{say.said(declined.by, declined.reason)}</span>
                      {!said.some(one => one.id === declined.id) && (
                        <Button
                          kind="text"
                          name={`${say.takeBack} ${other.taker.name} ${need.number}`}
                          onClick={() => onTakeBack(declined.id)}
                        >
                          {say.takeBack}
                        </Button>
                      )}
                    </>
                  )}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </article>
  )
}

const isShort = (found: Suggestion) => found.wanted.length + found.lacking.length > 0

/** Which places are short, and what nobody gives at all. */
function Short({ found }: { readonly found: Suggestion }) {
  const { link: say } = useNeedWords()
  const said = useSaid()
  if (!isShort(found)) return null
  return (
    <Card label={say.short}>
      <h2>{say.short}</h2>
      <ul>
        {found.wanted.map(({ taker, meets, km, upTo }) => (
          <li key={taker.id}>
            {say.onePlace(taker.name)}
            {meets ? say.meets : say.saves(km)}
            {say.upTo(upTo)}
          </li>
        ))}
        {found.lacking.map(({ item, needs }) => (
          <li key={item.id}>{say.lacking(said(item.name), needs)}</li>
        ))}
      </ul>
    </Card>
  )
}

function DeclineDialog({
  linked: { row, taker },
  onDone,
  onClose,
}: {
  readonly linked: Linked
  readonly onDone: (declined: string) => void
  readonly onClose: () => void
}) {
  const all = useNeedWords()
  const { link: say } = all
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isTooShort = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    const { id } = await api('POST /linking/declined', {
      body: { need: row.need.id, taker: { kind: taker.kind, id: taker.id }, reason: reason.trim() },
    })
    onDone(id)
    onClose()
  })
  return (
    <FormDialog
      title={say.declineTitle(taker.name)}
      deed={sending}
      save={all.form.save}
      saving={all.form.saving}
      onSend={() => {
        setTried(true)
        if (!isTooShort) send()
      }}
      onClose={onClose}
    >
      <p className="second">{row.need.title}</p>
      <TextField
        label={all.form.reason}
        lines={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && isTooShort ? all.form.must : undefined}
      />
    </FormDialog>
  )
}
