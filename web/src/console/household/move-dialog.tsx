import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { isProblem } from '../../platform/problem.ts'
import { useToday } from '../now.ts'
import { useConsoleWords } from '../words/index.ts'
import { isComplete, newDraft, PersonFields, personOf } from './person-fields.tsx'
import type { Household } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

/** Somebody joins the family, or leaves it, on a day. */
export function MoveDialog({
  family,
  again,
  onClose,
}: {
  readonly family: Household
  readonly again: () => void
  readonly onClose: () => void
}) {
  const all = useConsoleWords()
  const words = useHouseholdWords()
  const { moving: say } = words
  const today = useToday()
  const [move, setMove] = useState<'join' | 'leave'>('join')
  const [person, setPerson] = useState(newDraft(1))
  const [leaver, setLeaver] = useState('')
  const [on, setOn] = useState(today)
  const [tried, setTried] = useState(false)
  const [conflict, setConflict] = useState(false)
  const fits = on !== '' && on <= today && (move === 'join' ? isComplete(person, today) : leaver !== '')
  const [send, sending] = useDeed(async () => {
    setConflict(false)
    try {
      await api('POST /households/:id/members', {
        params: { id: family.id },
        ifMatch: family.version,
        body: move === 'join' ? { move, on, person: personOf(person) } : { move, on, person: leaver },
      })
    } catch (thrown) {
      if (!isProblem(thrown) || thrown.status !== 412) throw thrown
      setConflict(true)
      again()
      return
    }
    again()
    onClose()
  })
  return (
    <Dialog title={say.title} closeName={all.close} onClose={onClose} wide>
      <form
        className="stack-wide"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setTried(true)
          if (fits) send()
        }}
      >
        {sending.problem && <Failed problem={sending.problem} />}
        {conflict && (
          <Notice tone="ochre" said>
            {words.recording.conflict}
          </Notice>
        )}
        <Segmented
          name="move"
          label={say.title}
          value={move}
          onChange={setMove}
          options={(['join', 'leave'] as const).map(value => ({ value, label: say.moves[value] }))}
        />
        {move === 'join' ? (
          <PersonFields person={person} tried={tried} set={part => setPerson({ ...person, ...part })} />
        ) : (
          <SelectField
            label={say.who}
            value={leaver}
            onChange={setLeaver}
            options={family.members.map(member => ({ value: member.id, label: member.name }))}
            error={tried && leaver === '' ? say.mustWho : undefined}
          />
        )}
        <DayField label={say.on} max={today} value={on} onChange={setOn} />
        {tried && (on === '' || on > today) && <Notice tone="seal">{words.recording.mustDay}</Notice>}
        <div className="row">
          <Button kind="main" submit busy={sending.busy} busyWords={words.recording.saving}>
            {say.save[move]}
          </Button>
          <Button kind="text" onClick={onClose}>
            {all.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
