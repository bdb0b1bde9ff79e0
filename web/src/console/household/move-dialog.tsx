import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { isProblem } from '../../platform/problem.ts'
import { useToday } from '../now.ts'
import { FormDialog } from '../form-dialog.tsx'
import { LikelyNotice, useLikely } from './likely.tsx'
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
  const words = useHouseholdWords()
  const { moving: say } = words
  const today = useToday()
  const [move, setMove] = useState<'join' | 'leave'>('join')
  const [person, setPerson] = useState(newDraft(1))
  const [leaver, setLeaver] = useState('')
  const [on, setOn] = useState(today)
  const [tried, setTried] = useState(false)
  const [conflict, setConflict] = useState(false)
  const likely = useLikely(family.place.code, [person])
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
    <FormDialog
      title={say.title}
      deed={sending}
      save={say.save[move]}
      saving={words.recording.saving}
      wide
      onSend={() => {
        setTried(true)
        if (fits) send()
      }}
      onClose={onClose}
    >
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
        <>
          <PersonFields person={person} tried={tried} set={part => setPerson({ ...person, ...part })} />
          <LikelyNotice likely={likely(person)} />
        </>
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
    </FormDialog>
  )
}
