import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { useDeed } from '../../platform/load.ts'
import { useRegistryWords } from '../registry/words/index.ts'
import { withProof } from '../shell/proof.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useHouseholdWords } from './words/index.ts'

const shownMs = 60_000
const reasons = ['verifyApplication', 'fileOnBehalf', 'contactFamily', 'checkDuplicate', 'answerEnquiry'] as const

/** Something masked that may be shown with a reason: the whole for sixty seconds, counted in words, then masked again. */
export function Masked({
  masked,
  what,
  reveal,
}: {
  readonly masked: string
  readonly what: string
  /** Asks the server, with the reason for the trail; absent for those who may not. */
  readonly reveal: ((reason: string) => Promise<string>) | undefined
}) {
  const words = useHouseholdWords()
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<{ value: string; until: number }>()
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (!shown) return
    const count = () => {
      const ms = shown.until - Date.now()
      setLeft(Math.ceil(ms / 1000))
      if (ms <= 0) setShown(undefined)
    }
    count()
    const timer = setInterval(count, 500)
    return () => clearInterval(timer)
  }, [shown])
  return (
    <span className="masked">
      <span className="masked-value">{shown?.value ?? masked}</span>
      {shown && (
        <span className="second small" role="timer">
          {words.hidesIn(left)}
        </span>
      )}
      {reveal && (
        <Button
          kind="text"
          name={`${shown ? words.hide : words.show} ${what}`}
          onClick={() => (shown ? setShown(undefined) : setAsking(true))}
        >
          {shown ? words.hide : words.show}
        </Button>
      )}
      {asking && reveal && (
        <RevealDialog
          what={what}
          onClose={() => setAsking(false)}
          reveal={async reason => {
            const value = await reveal(reason)
            setAsking(false)
            setShown({ value, until: Date.now() + shownMs })
          }}
        />
      )}
    </span>
  )
}

function RevealDialog({
  what,
  reveal,
  onClose,
}: {
  readonly what: string
  readonly reveal: (reason: string) => Promise<void>
  readonly onClose: () => void
}) {
  const list = useRegistryWords()
  const words = useHouseholdWords()
  const { reveal: say } = words
  const [reason, setReason] = useState('')
  const [other, setOther] = useState('')
  const [tried, setTried] = useState(false)
  const given = reason === 'other' ? other.trim() : reason
  const fits = reason === 'other' ? Array.from(given).length >= 10 : reason !== ''
  const [show, showing] = useDeed(() => withProof(() => reveal(given)))
  return (
    <FormDialog
      title={say.title(what)}
      deed={showing}
      save={say.go}
      onSend={() => {
        setTried(true)
        if (fits) show()
      }}
      onClose={onClose}
    >
      <p>{say.text}</p>
      <SelectField
        label={say.reason}
        value={reason}
        onChange={setReason}
        options={[
          ...reasons.map(value => ({ value, label: list.reasons[value] })),
          { value: 'other', label: say.other },
        ]}
        error={tried && reason === '' ? say.must : undefined}
      />
      {reason === 'other' && (
        <TextField
          label={say.otherWhat}
          value={other}
          onChange={setOther}
          lines={2}
          maxLength={200}
          error={tried && !fits ? say.mustOther : undefined}
        />
      )}
    </FormDialog>
  )
}
