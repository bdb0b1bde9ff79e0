import { useState } from 'react'
import { TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Slip, SlipStep } from './one.tsx'
import { useSlipWords } from './words.ts'

/** An answer in words; where it came on paper, from whom. */
export function StepDialog({
  slip,
  step,
  put,
  onClose,
}: {
  readonly slip: Slip
  readonly step: SlipStep
  readonly put: (slip: Slip) => void
  readonly onClose: () => void
}) {
  const { form: say } = useSlipWords()
  const said = useSaid()
  const [note, setNote] = useState('')
  const [who, setWho] = useState('')
  const [tried, setTried] = useState(false)
  const short = step.asks !== null && note.trim().length < 2
  const lacks = step.onPaper && who.trim() === ''
  const [send, sending] = useDeed(async () => {
    const body = {
      step: step.step,
      expectedVersion: slip.version,
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(step.onPaper ? { answeredBy: who.trim() } : {}),
    }
    put(await api('POST /slips/:slipId/steps', { params: { slipId: slip.id }, body }))
    onClose()
  })
  return (
    <FormDialog
      title={said(step.words)}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!short && !lacks) send()
      }}
      onClose={onClose}
    >
      {step.asks && (
        <TextField
          label={say[step.asks]}
          lines={3}
          maxLength={1000}
          value={note}
          onChange={setNote}
          error={tried && short ? say.must : undefined}
        />
      )}
      {step.onPaper && (
        <TextField
          label={say.who}
          maxLength={40}
          value={who}
          onChange={setWho}
          error={tried && lacks ? say.mustWho : undefined}
        />
      )}
    </FormDialog>
  )
}
