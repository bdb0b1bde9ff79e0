import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useSettled } from '../settled.ts'
import { useConsoleWords } from '../words/index.ts'
import { isFacts, readJson } from './case-facts.ts'
import { CaseForm } from './case-form.tsx'
import { Difference } from './difference.tsx'
import { useDictionary, type Dictionary } from './dictionary.ts'
import type { WorkedCase } from './document.ts'
import { useWorkbenchWords } from './words.ts'

type Reading = Result<'POST /drafts/:draftId/case'>
export type CaseFault = Reading['problems'][number]

const written = (example: WorkedCase) => JSON.stringify(example, undefined, 1)

/** One worked household two ways, in step: as a form in the words of the dictionary, and as text. What it comes to is shown. */
export function CaseDialog({
  draftId,
  owner,
  example,
  isNew,
  onKeep,
  onClose,
}: {
  readonly draftId: string
  readonly owner: string
  readonly example: WorkedCase
  /** It is what the new one begins from. */
  readonly isNew: boolean
  /** undefined takes it out. */
  readonly onKeep: (next: WorkedCase | undefined) => void
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useWorkbenchWords().cases
  const dictionary = useDictionary()
  const [text, setText] = useState(() => written(example))
  const read = readJson(text)
  const isCase = 'value' in read && isFacts(read.value)
  const [last, setLast] = useState(example)
  const now = isCase ? (read.value as unknown as WorkedCase) : last
  const settled = useSettled(isCase ? JSON.stringify(now) : '', 400)
  const reading = useLoad(settled ? `case ${draftId} ${settled}` : undefined, signal =>
    api('POST /drafts/:draftId/case', {
      params: { draftId },
      body: { case: JSON.parse(settled) as never, owner },
      signal,
    }),
  )
  const isRead = reading.value !== undefined && settled === JSON.stringify(now)
  const faults = isRead ? (reading.value?.problems ?? []) : []
  const change = (next: WorkedCase) => {
    setLast(next)
    setText(written(next))
  }
  return (
    <Dialog title={isNew ? say.add : say.editName(example.name)} closeName={words.close} onClose={onClose} wide="whole">
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (isCase && faults.length === 0) onKeep({ ...now, name: now.name.trim() })
        }}
      >
        <div className="case-both">
          {dictionary ? (
            <CaseForm example={shaped(now)} {...{ owner, dictionary, faults }} onChange={change} />
          ) : (
            <Skeleton shape={['line', 'card', 'card']} />
          )}
          <div className="case-text">
            <TextField
              label={say.text}
              hint={say.textHint}
              error={
                'fault' in read ? say.badJson(read.fault.line, read.fault.column) : isCase ? undefined : say.noCase
              }
              lines={24}
              value={text}
              onChange={next => {
                setText(next)
                const again = readJson(next)
                if ('value' in again && isFacts(again.value)) setLast(again.value as unknown as WorkedCase)
              }}
            />
          </div>
        </div>
        {reading.problem && <Failed problem={reading.problem} again={reading.again} />}
        {dictionary && isRead && <Outcome reading={reading.value as Reading} dictionary={dictionary} />}
        <div className="row">
          <Button kind="main" submit off={!isCase || faults.length > 0}>
            {say.keep}
          </Button>
          {!isNew && (
            <Button kind="danger" onClick={() => onKeep(undefined)}>
              {say.remove}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

/** What is written by hand may lack a part; the form shows it as empty. */
const shaped = (example: WorkedCase): WorkedCase => ({
  ...example,
  name: typeof example.name === 'string' ? example.name : '',
  on: typeof example.on === 'string' ? example.on : '',
})

function Outcome({ reading, dictionary }: { readonly reading: Reading; readonly dictionary: Dictionary }) {
  const say = useWorkbenchWords().cases
  const said = useSaid()
  if (reading.problems.length > 0)
    return (
      <Notice tone="seal" said>
        <p>{say.faults(reading.problems.length)}</p>
        <ul className="lines plain">
          {reading.problems.map(fault => (
            <li key={`${fault.place} ${fault.person ?? ''} ${fault.fact ?? ''} ${fault.words.zh}`}>
              <Icon name="warning" /> <strong>{placeOf(fault, say)}</strong> {said(fault.words)}
            </li>
          ))}
        </ul>
      </Notice>
    )
  if (reading.differences.length === 0)
    return (
      <Notice tone="hill" said>
        {reading.byDraft ? say.comesOut : say.comesOutInForce}
      </Notice>
    )
  return (
    <Notice tone="ochre" said>
      <p>{reading.byDraft ? say.differs : say.differsInForce}</p>
      <dl className="case-differences">
        {reading.differences.map(one => (
          <Difference key={one.what} of={one} dictionary={dictionary} />
        ))}
      </dl>
    </Notice>
  )
}

/** Words about a fact name it themselves. */
function placeOf(fault: CaseFault, say: ReturnType<typeof useWorkbenchWords>['cases']): string {
  if (fault.place === 'person') return say.personShort(fault.person ?? '')
  return fault.place === 'form' ? (fault.fact ?? say.places.form) : say.places[fault.place]
}
