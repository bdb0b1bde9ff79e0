import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useToday } from '../now.ts'
import { usePairingWords } from './words.ts'

const hows = ['dayVisit', 'eveningTalk', 'call'] as const

/** What was seen and heard, and what is needed, in sentences. */
export function VisitDialog({
  pairing,
  name,
  onNoted,
  onClose,
}: {
  readonly pairing: string
  readonly name: string
  readonly onNoted: () => void
  readonly onClose: () => void
}) {
  const { visit: say } = usePairingWords()
  const today = useToday()
  const [how, setHow] = useState<(typeof hows)[number]>('dayVisit')
  const [on, setOn] = useState(today)
  const [met, setMet] = useState(true)
  const [words, setWords] = useState('')
  const [need, setNeed] = useState('')
  const [nextOn, setNextOn] = useState('')
  const [tried, setTried] = useState(false)
  const short = words.trim().length < 2
  const shortNeed = need.trim() !== '' && need.trim().length < 4
  const [send, sending] = useDeed(async () => {
    await api('POST /pairings/:pairingId/visits', {
      params: { pairingId: pairing },
      body: {
        how,
        on: on || today,
        met,
        words: words.trim(),
        ...(need.trim() ? { need: need.trim() } : {}),
        ...(nextOn ? { nextOn } : {}),
      },
    })
    onNoted()
    onClose()
  })
  return (
    <FormDialog
      title={say.title(name)}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!short && !shortNeed) send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={say.how}
        value={how}
        onChange={value => setHow(value as typeof how)}
        options={hows.map(value => ({ value, label: say.hows[value] }))}
      />
      <DayField label={say.on} above max={today} value={on} onChange={setOn} />
      <label className="pairing-check">
        <input type="checkbox" checked={met} onChange={event => setMet(event.currentTarget.checked)} />
        {say.met}
      </label>
      <TextField
        label={say.words}
        hint={say.wordsHint}
        lines={3}
        maxLength={500}
        value={words}
        onChange={setWords}
        error={tried && short ? say.mustWords : undefined}
      />
      <TextField
        label={say.need}
        hint={say.needHint}
        optional
        lines={2}
        maxLength={300}
        value={need}
        onChange={setNeed}
        error={tried && shortNeed ? say.shortNeed : undefined}
      />
      <DayField label={say.nextOn} above min={today} value={nextOn} onChange={setNextOn} />
    </FormDialog>
  )
}
