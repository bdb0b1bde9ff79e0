import { dutyWords } from '@zhulian/kernel'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { formatDay } from '../../../platform/format.ts'
import { useLanguage, useSaid } from '../../../platform/words.ts'
import type { DutyLine } from '../kinds.ts'
import { useDutyWords } from './words/index.ts'
import type { DutiesViewProps } from './screen.tsx'

/** One piece of work: for whom, since when; done or taken back here. */
export function DutyRow({
  line,
  finish,
  takeBack,
  changing,
}: { readonly line: DutyLine } & Pick<DutiesViewProps, 'finish' | 'takeBack' | 'changing'>) {
  const words = useDutyWords()
  const language = useLanguage()
  const duty = useSaid()(dutyWords[line.duty])
  const [ending, setEnding] = useState(false)
  const [note, setNote] = useState('')
  const who = line.name ?? words.nobody
  const about = `${duty} · ${who}`
  return (
    <li className="card duty-row">
      <p>
        <Tag tone={line.doneOn ? 'hill' : 'river'}>{duty}</Tag> <b>{who}</b>{' '}
        <span className="second">{line.place}</span>
      </p>
      <p className="second small">
        {line.doneOn ? words.on(formatDay(line.doneOn, language)) : words.since(formatDay(line.begunOn, language))} ·{' '}
        {words.origins[line.origin]}
      </p>
      {ending && (
        <form
          className="duty-end"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            finish(line.id, note.trim())
          }}
        >
          <TextField label={words.finishNote} lines={2} maxLength={1000} optional value={note} onChange={setNote} />
          <Button kind="main" wide submit busy={changing.busy} busyWords={words.saving}>
            {words.finish}
          </Button>
        </form>
      )}
      <div className="row">
        {!line.doneOn && line.mine && !ending && (
          <Button onClick={() => setEnding(true)} name={`${words.finish} ${about}`}>
            {words.finish}
          </Button>
        )}
        {line.mayTakeBack && (
          <Button
            kind="text"
            icon="undo"
            busy={changing.busy}
            onClick={() => takeBack(line.id)}
            name={`${words.takeBack} ${about}`}
          >
            {words.takeBack}
          </Button>
        )}
      </div>
    </li>
  )
}
