import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useConsoleWords } from '../words/index.ts'
import { useHouseholdWords } from './words/index.ts'

type Note = Result<'GET /households/:householdId/protected-notes'>['items'][number]

/** Notes that name who looks. The card is the same for everybody: it tells nobody whether there are others. */
export function ProtectedNotes({ id }: { readonly id: string }) {
  const { notes: words } = useHouseholdWords()
  const language = useLanguage()
  const [asking, setAsking] = useState<'write' | Note>()
  const loaded = useLoad(`notes of ${id}`, signal =>
    api('GET /households/:householdId/protected-notes', { params: { householdId: id }, signal }),
  )
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <div>
          <h2>{words.title}</h2>
          <p className="second small">{words.text}</p>
        </div>
        <Button onClick={() => setAsking('write')}>{words.write}</Button>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['line']} />}
      {loaded.value?.items.length === 0 && <p className="second">{words.none}</p>}
      <ul className="household-named">
        {loaded.value?.items.map(note => (
          <li key={note.id}>
            <div>
              <p className="household-note">{note.text}</p>
              <p className="second small">
                {note.by} · {formatInstant(note.at, language)} ·{' '}
                {note.readers.length === 0 ? words.onlyWriter : words.seenBy(note.readers.map(r => r.name))}
              </p>
            </div>
            {note.mine && (
              <Button kind="text" onClick={() => setAsking(note)}>
                {words.readers}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asking && (
        <NoteDialog
          id={id}
          note={asking === 'write' ? undefined : asking}
          again={loaded.again}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  )
}

function NoteDialog({
  id,
  note,
  again,
  onClose,
}: {
  readonly id: string
  /** One's own, whose readers are named anew; undefined for a new one. */
  readonly note: Note | undefined
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { notes: words } = useHouseholdWords()
  const { roles } = useConsoleWords()
  const session = useSession()
  const [text, setText] = useState('')
  const [readers, setReaders] = useState<readonly string[]>(note?.readers.map(r => r.id) ?? [])
  const [tried, setTried] = useState(false)
  const me = session.state === 'known' ? session.described.account?.id : undefined
  const workers = useLoad(`workers of ${id}`, signal =>
    api('GET /households/:householdId/workers', { params: { householdId: id }, signal }),
  )
  const others = workers.value?.items.filter(one => one.id !== me) ?? []
  const lacks = !note && text.trim().length < 2
  const [send, sending] = useDeed(async () => {
    // Somebody who was named and has left is named no more.
    const named = readers.filter(reader => others.some(one => one.id === reader))
    await (note
      ? api('PUT /protected-notes/:noteId/readers', { params: { noteId: note.id }, body: { readers: named } })
      : api('POST /households/:householdId/protected-notes', {
          params: { householdId: id },
          body: { text: text.trim(), readers: named },
        }))
    again()
    onClose()
  })
  return (
    <FormDialog
      title={note ? words.readers : words.writeTitle}
      deed={sending}
      save={words.save}
      onSend={() => {
        setTried(true)
        if (!lacks && workers.value) send()
      }}
      onClose={onClose}
    >
      {note ? (
        <p className="household-note">{note.text}</p>
      ) : (
        <TextField
          label={words.what}
          lines={4}
          maxLength={2000}
          value={text}
          onChange={setText}
          error={tried && lacks ? words.mustWhat : undefined}
        />
      )}
      {workers.problem && <Failed problem={workers.problem} again={workers.again} />}
      {!workers.value && !workers.problem && <Skeleton shape={['line', 'line']} />}
      {workers.value && (
        <fieldset className="record-sets">
          <legend>{words.who}</legend>
          {others.map(one => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={readers.includes(one.id)}
                disabled={!readers.includes(one.id) && readers.length >= 9}
                onChange={event =>
                  setReaders(event.currentTarget.checked ? [...readers, one.id] : readers.filter(r => r !== one.id))
                }
              />
              {one.name} <span className="second small">{roles[one.role]}</span>
            </label>
          ))}
          {others.length === 0 && <p className="second">{words.nobodyElse}</p>}
        </fieldset>
      )}
    </FormDialog>
  )
}
