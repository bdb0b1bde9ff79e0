import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useHouseholdWords } from './words/index.ts'

type Mark = Result<'GET /households/:householdId/kept-from-partners'>['items'][number]

/** Whether systems of partners are told of a family, who said that they are not, and the way to say it or take it back. */
export function KeptFromPartners({ id }: { readonly id: string }) {
  const { kept: words } = useHouseholdWords()
  const [asking, setAsking] = useState<'keep' | 'takeBack'>()
  const loaded = useLoad(`kept ${id}`, signal =>
    api('GET /households/:householdId/kept-from-partners', { params: { householdId: id }, signal }),
  )
  useLive(['doors.kept'], happening => {
    if (happening.id === id) loaded.again()
  })
  const isKept = loaded.value?.items.some(mark => !mark.ended)
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <div>
          <h2>
            {words.title} {isKept && <Tag tone="ochre">{words.stands}</Tag>}
          </h2>
          <p className="second small">{words.text}</p>
        </div>
        {loaded.value?.mayKeep && <Button onClick={() => setAsking('keep')}>{words.keep}</Button>}
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['line']} />}
      {loaded.value?.items.length === 0 && <p className="second">{words.none}</p>}
      <ul className="household-named">
        {loaded.value?.items.map(mark => (
          <Line key={mark.id} mark={mark} onTakeBack={() => setAsking('takeBack')} />
        ))}
      </ul>
      {asking && <MarkDialog id={id} step={asking} again={loaded.again} onClose={() => setAsking(undefined)} />}
    </Card>
  )
}

function Line({ mark, onTakeBack }: { readonly mark: Mark; readonly onTakeBack: () => void }) {
  const { kept: words } = useHouseholdWords()
  const language = useLanguage()
  const day = (on: string) => formatDay(on, language)
  return (
    <li>
      <div>
        <p>
          {mark.setBy === 'family' ? words.byFamily(day(mark.from)) : words.byOffice(mark.by, day(mark.from))}
          {mark.reason && ` · ${mark.reason}`}
        </p>
        {mark.ended && (
          <p className="second small">
            {mark.setBy === 'family'
              ? words.endedByFamily(day(mark.ended.on))
              : words.ended(mark.ended.by, day(mark.ended.on))}
            {mark.ended.reason && ` · ${mark.ended.reason}`}
          </p>
        )}
      </div>
      {mark.mayTakeBack && (
        <Button kind="text" onClick={onTakeBack}>
          {words.takeBack}
        </Button>
      )}
    </li>
  )
}

function MarkDialog({
  id,
  step,
  again,
  onClose,
}: {
  readonly id: string
  readonly step: 'keep' | 'takeBack'
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { kept: words } = useHouseholdWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const lacks = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    const call = { params: { householdId: id }, body: { reason: reason.trim() } }
    await (step === 'keep'
      ? api('POST /households/:householdId/kept-from-partners', call)
      : api('POST /households/:householdId/kept-from-partners/take-back', call))
    again()
    onClose()
  })
  const title = step === 'keep' ? words.keep : words.takeBack
  return (
    <FormDialog
      title={title}
      deed={sending}
      save={title}
      onSend={() => {
        setTried(true)
        if (!lacks) send()
      }}
      onClose={onClose}
    >
      <p>{step === 'keep' ? words.keepText : words.takeBackText}</p>
      <TextField
        label={words.reason}
        lines={3}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && lacks ? words.mustReason : undefined}
      />
    </FormDialog>
  )
}
