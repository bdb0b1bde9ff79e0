import { useState } from 'react'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Decided, Pair } from './one-pair.tsx'
import { usePairsWords } from './words/index.ts'

interface Doing {
  readonly pair: Pair
  readonly after: (decided: Decided | undefined) => void
  readonly onClose: () => void
}

const fewest = 4

/** Two who are registered become one: who stays, in which household, and how it is known. */
export function MergeDialog({ pair, after, onClose }: Doing) {
  const words = usePairsWords()
  const { merge: say } = words
  const { left, right } = pair
  const [keep, setKeep] = useState<'left' | 'right'>(left.idNumber && !right.idNumber ? 'left' : 'right')
  const [kept, other] = keep === 'left' ? [left, right] : [right, left]
  const isApart = left.household !== null && right.household !== null && left.household !== right.household
  const [home, setHome] = useState<string>()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const fits = reason.trim().length >= fewest
  const household = home ?? kept.household
  const [send, sending] = useDeed(async () => {
    const { emptied } = await api('POST /persons/:id/merge', {
      params: { id: kept.person ?? '' },
      body: {
        other: other.person ?? '',
        ...(isApart && household ? { household } : {}),
        pair: pair.id,
        reason: reason.trim(),
      },
    })
    onClose()
    after({ pair: undefined, said: 'merged', emptied: emptied !== null })
  })
  return (
    <FormDialog
      title={say.title}
      deed={sending}
      save={say.go}
      saving={say.going}
      onSend={() => {
        setTried(true)
        if (fits) send()
      }}
      onClose={onClose}
    >
      <p className="second">{say.lead}</p>
      <div>
        <Segmented
          name="keep"
          label={say.keep}
          value={keep}
          onChange={setKeep}
          options={[
            { value: 'left', label: `${words.sides.later} ${left.name}` },
            { value: 'right', label: `${words.sides.earlier} ${right.name}` },
          ]}
        />
        <p className="second small">{say.keepHint}</p>
      </div>
      {isApart && (
        <SelectField
          label={say.household}
          value={household ?? ''}
          onChange={setHome}
          options={[kept, other].map(side => ({
            value: side.household ?? '',
            label: say.homeOf(side.name, side.address),
          }))}
        />
      )}
      <TextField
        label={say.reason}
        value={reason}
        onChange={setReason}
        maxLength={200}
        error={tried && !fits ? say.must : undefined}
      />
    </FormDialog>
  )
}

/** Both stand again as they stood. */
export function UndoMergeDialog({ pair, after, onClose }: Doing) {
  const { merge: say } = usePairsWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const fits = reason.trim().length >= fewest
  const [send, sending] = useDeed(async () => {
    await api('POST /merges/:mergeId/undo', {
      params: { mergeId: pair.merge?.id ?? '' },
      body: { reason: reason.trim() },
    })
    onClose()
    after(undefined)
  })
  return (
    <FormDialog
      title={say.undoTitle}
      deed={sending}
      save={say.undo}
      onSend={() => {
        setTried(true)
        if (fits) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.undoReason}
        value={reason}
        onChange={setReason}
        maxLength={200}
        error={tried && !fits ? say.must : undefined}
      />
    </FormDialog>
  )
}
