import { duties, type Duty, dutyWords } from '@zhulian/kernel'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Choices, Question } from '../../../parts/choice.tsx'
import { TextField } from '../../../parts/field.tsx'
import { FindFamily } from '../../../parts/find-family.tsx'
import { Notice } from '../../../parts/notice.tsx'
import type { Family } from '../../../platform/families.ts'
import { useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { DutiesViewProps } from './screen.tsx'
import { useDutyWords } from './words/index.ts'

export interface NewDuty {
  readonly household: string
  readonly duty: Duty
  readonly done: boolean
  readonly note?: string
}

/** First the family, then which duty, then whether it is done. */
export function NoteForm({
  find,
  finding,
  found,
  start,
  starting,
  onLeave,
}: Pick<DutiesViewProps, 'find' | 'finding' | 'found' | 'start' | 'starting'> & { readonly onLeave: () => void }) {
  const words = useDutyWords()
  const said = useSaid()
  const [whom, setWhom] = useState<Family>()
  const [duty, setDuty] = useState<Duty>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const send = (done: boolean) => {
    setTried(true)
    const text = note.trim()
    if (whom && duty) start({ household: whom.id, duty, done, ...(text ? { note: text } : {}) })
  }
  return (
    <section className="section card" aria-label={words.start}>
      {!whom && (
        <>
          <h2>{words.who}</h2>
          <FindFamily
            find={find}
            finding={finding}
            found={found}
            failed={problem => <Failed problem={problem} />}
            none={words.notFound}
            act={household => <Button onClick={() => setWhom(household)}>{words.choose(household.head)}</Button>}
          />
        </>
      )}
      {whom && (
        <div className="stack-wide">
          <p>
            <b>{words.choose(whom.head)}</b>{' '}
            <Button kind="text" onClick={() => setWhom(undefined)}>
              {words.other}
            </Button>
          </p>
          <Question small title={words.which}>
            <Choices
              name="duty"
              options={duties.map(value => ({ value, label: said(dutyWords[value]), help: words.help[value] }))}
              chosen={duty ? [duty] : []}
              onChoose={([next]) => setDuty(duties.find(one => one === next))}
            />
          </Question>
          {tried && !duty && (
            <Notice tone="seal" said>
              <p>{words.mustDuty}</p>
            </Notice>
          )}
          <TextField
            label={words.note}
            hint={words.noteHint}
            lines={3}
            maxLength={1000}
            optional
            value={note}
            onChange={setNote}
          />
          {starting.problem && <Failed problem={starting.problem} />}
          <Button kind="main" wide busy={starting.busy} busyWords={words.saving} onClick={() => send(true)}>
            {words.done}
          </Button>
          <Button wide busy={starting.busy} onClick={() => send(false)}>
            {words.begin}
          </Button>
        </div>
      )}
      <Button kind="text" onClick={onLeave}>
        {words.leave}
      </Button>
    </section>
  )
}
