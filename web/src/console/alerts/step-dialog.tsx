import { useState } from 'react'
import { Choices, Question } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Alert } from './one.tsx'
import { useAlertWords } from './words/index.ts'

type Step = 'verify' | 'opine' | 'close' | 'reopen'

const choices = {
  verify: ['confirmed', 'false', 'duplicate', 'alreadyHandled'],
  opine: ['helpNow', 'filePolicy', 'proposeCircle', 'watch', 'nothingMore'],
  close: ['helped', 'riskRemoved', 'notSo', 'duplicate', 'alreadyHandled', 'declined', 'moved', 'died'],
  reopen: [],
} as const

/** What was found, what follows, or why it is closed: one choice and a sentence, in one's own name. */
export function StepDialog({
  one,
  step,
  title,
  changed,
  onClose,
}: {
  readonly one: Alert
  readonly step: Step
  readonly title: string
  readonly changed: () => void
  readonly onClose: () => void
}) {
  const { form: words } = useAlertWords()
  const [chosen, choose] = useState<string>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const all: readonly string[] = choices[step]
  const labels: Readonly<Record<string, string>> =
    step === 'verify' ? words.verdicts : step === 'opine' ? words.opinions : words.causes
  const lacks = all.length > 0 && !chosen
  const short = note.trim().length < 4
  const [send, sending] = useDeed(async () => {
    const params = { alertId: one.id }
    const body = { expectedVersion: one.version, note: note.trim() }
    try {
      if (step === 'verify')
        await api('POST /alerts/:alertId/verify', { params, body: { ...body, verdict: chosen as 'confirmed' } })
      else if (step === 'opine')
        await api('POST /alerts/:alertId/opine', { params, body: { ...body, opinion: chosen as 'watch' } })
      else if (step === 'close')
        await api('POST /alerts/:alertId/close', { params, body: { ...body, cause: chosen as 'helped' } })
      else await api('POST /alerts/:alertId/reopen', { params, body })
    } finally {
      changed()
    }
    onClose()
  })
  return (
    <FormDialog
      title={title}
      deed={sending}
      save={words.save}
      saving={words.saving}
      onSend={() => {
        setTried(true)
        if (!lacks && !short) send()
      }}
      onClose={onClose}
    >
      {tried && lacks && (
        <Notice tone="seal" said>
          {words.must}
        </Notice>
      )}
      {all.length > 0 && (
        <Question small title={step === 'verify' ? words.verdict : step === 'opine' ? words.opinion : words.cause}>
          <Choices
            name="choice"
            options={all.map(value => ({ value, label: labels[value] ?? value }))}
            chosen={chosen ? [chosen] : []}
            onChoose={([next]) => choose(next)}
          />
        </Question>
      )}
      <TextField
        label={words.note}
        lines={3}
        maxLength={500}
        value={note}
        onChange={setNote}
        error={tried && short ? words.mustNote : undefined}
      />
    </FormDialog>
  )
}
