import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { useConsoleWords } from '../words/index.ts'
import { useSignalsWords } from './words/index.ts'

const states = ['open', 'taken', 'closed'] as const

/** What waits for a trained person, the oldest first; what was said is read only when one is opened. */
export function SignalsScreen() {
  const words = useSignalsWords()
  const said = useSaid()
  const language = useLanguage()
  const [raw, set] = useFilters()
  const [open, setOpen] = useState<string>()
  const state = oneOf(states, raw['state']) ?? 'open'
  const pages = usePages(`signals ${state}`)
  const page = useLoad(`signals ${state} ${pages.after ?? ''}`, signal =>
    api('GET /signals', { query: { state, limit: 50, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  useLive(['guidance.'], page.again)
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second">{words.lead}</p>
        </div>
        <Segmented
          name="signals"
          label={words.show}
          value={state}
          onChange={value => set({ state: value === 'open' ? undefined : value })}
          options={states.map(value => ({ value, label: words.states[value] }))}
        />
      </header>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card', 'card']} />}
      {page.value?.items.length === 0 && (
        <Empty good title={words.none}>
          {words.noneText}
        </Empty>
      )}
      {page.value && page.value.items.length > 0 && (
        <Card label={words.rows}>
          <Table
            caption={words.rows}
            rows={page.value.items}
            rowKey={row => row.id}
            columns={[
              {
                key: 'what',
                head: words.heads.what,
                main: true,
                cell: row => (
                  <button type="button" data-row className="button text" onClick={() => setOpen(row.id)}>
                    {said(row.words)}
                  </button>
                ),
              },
              { key: 'found', head: words.heads.found, cell: row => formatInstant(row.foundAt, language) },
              {
                key: 'due',
                head: words.heads.due,
                cell: row => (
                  <>
                    {formatInstant(row.dueAt, language)}{' '}
                    {row.late && (
                      <Tag tone="seal" icon="warning">
                        {words.late}
                      </Tag>
                    )}
                  </>
                ),
              },
              { key: 'by', head: words.heads.by, cell: row => row.takenBy ?? words.nobody },
            ]}
          />
          <Pager pages={pages} next={page.value.next} />
        </Card>
      )}
      {open && <OneSignal signalId={open} onClose={() => setOpen(undefined)} changed={page.again} />}
    </>
  )
}

function OneSignal({
  signalId,
  onClose,
  changed,
}: {
  readonly signalId: string
  readonly onClose: () => void
  readonly changed: () => void
}) {
  const all = useConsoleWords()
  const words = useSignalsWords()
  const said = useSaid()
  const language = useLanguage()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const short = note.trim().length < 4
  const one = useLoad(`signal ${signalId}`, signal => api('GET /signals/:signalId', { params: { signalId }, signal }))
  const after = () => {
    one.again()
    changed()
  }
  const [take, taking] = useDeed(() => api('POST /signals/:signalId/take', { params: { signalId } }).finally(after))
  const [close, closing] = useDeed(() =>
    api('POST /signals/:signalId/close', { params: { signalId }, body: { note: note.trim() } }).finally(after),
  )
  const value = one.value
  const problem = taking.problem ?? closing.problem
  return (
    <Dialog title={value ? said(value.words) : words.title} closeName={all.close} onClose={onClose} wide>
      {one.problem && <Failed problem={one.problem} again={one.again} />}
      {!value && !one.problem && <Skeleton shape={['line', 'line', 'line']} />}
      {value && (
        <div className="stack-wide">
          <Notice>{words.calm}</Notice>
          {problem && <Failed problem={problem} />}
          <dl className="stack">
            <div>
              <dt className="second small">{words.said}</dt>
              <dd>{said(value.said)}</dd>
            </div>
            <div>
              <dt className="second small">{words.place}</dt>
              <dd>{value.place}</dd>
            </div>
            <div>
              <dt className="second small">{words.heads.due}</dt>
              <dd>{formatInstant(value.dueAt, language)}</dd>
            </div>
            {value.note && (
              <div>
                <dt className="second small">{words.note}</dt>
                <dd>{value.note}</dd>
              </div>
            )}
          </dl>
          {value.duty && (
            <Notice tone="seal">
              <b>{words.duty}</b> {said(value.duty)}
            </Notice>
          )}
          {value.takenBy && <p className="second">{words.taken(value.takenBy)}</p>}
          {value.mayTake && (
            <div>
              <Button kind="main" onClick={take} busy={taking.busy}>
                {words.take}
              </Button>
            </div>
          )}
          {value.state === 'taken' && (
            <form
              className="stack"
              noValidate
              onSubmit={event => {
                event.preventDefault()
                setTried(true)
                if (!short) close()
              }}
            >
              <TextField
                label={words.closeLabel}
                value={note}
                onChange={setNote}
                lines={3}
                maxLength={1000}
                error={tried && short ? words.mustNote : undefined}
              />
              <div>
                <Button submit busy={closing.busy}>
                  {words.close}
                </Button>
              </div>
            </form>
          )}
        </div>
      )}
    </Dialog>
  )
}
