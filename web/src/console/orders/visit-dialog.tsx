import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { NumberField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { api } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Order } from './one.tsx'
import { useOrderWords } from './words.ts'

/** One time somebody was there: how much, what, the code the family read out, and who was with a child. */
export function VisitDialog({
  order,
  put,
  onClose,
}: {
  readonly order: Order
  readonly put: (order: Order) => void
  readonly onClose: () => void
}) {
  const { visit: say, one } = useOrderWords()
  const [on, setOn] = useState('')
  const [units, setUnits] = useState('1')
  const [words, setWords] = useState('')
  const [code, setCode] = useState('')
  const [score, setScore] = useState('')
  const [there, setThere] = useState<readonly string[]>([])
  const [happened, setHappened] = useState(false)
  const [tried, setTried] = useState(false)
  const adults = useLoad(order.guarded ? 'adults' : undefined, signal =>
    everyPage(page => api('GET /adults', { query: page, signal })),
  )
  const asksScore = order.records.includes('score')
  const done = numberIn(units) ?? 0
  const points = numberIn(score) ?? -1
  const wrong = {
    units: !Number.isInteger(done) || done < 1 || done > 100,
    words: words.trim().length < 2,
    code: code !== '' && !/^\d{6}$/.test(code),
    score: asksScore && !happened && (points < 0 || points > 100 || points % 5 !== 0),
  }
  const [send, sending] = useDeed(async () => {
    put(
      await api('POST /orders/:orderId/visits', {
        params: { orderId: order.id },
        body: {
          units: done,
          words: words.trim(),
          adults: there as never,
          happened,
          ...(on ? { on: on as never } : {}),
          ...(code ? { code } : {}),
          ...(asksScore && points >= 0 ? { score: points } : {}),
        },
      }),
    )
    onClose()
  })
  return (
    <FormDialog
      title={say.title}
      deed={sending}
      save={one.save}
      saving={one.saving}
      reads={[adults]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <div className="orders-two">
        <DayField above optional label={say.on} value={on} onChange={setOn} />
        <NumberField
          label={say.units}
          value={units}
          onChange={setUnits}
          error={tried && wrong.units ? say.mustUnits : undefined}
        />
      </div>
      <TextField
        label={say.words}
        lines={2}
        maxLength={500}
        value={words}
        onChange={setWords}
        error={tried && wrong.words ? say.mustWords : undefined}
      />
      {asksScore && (
        <NumberField
          label={say.score}
          hint={say.scoreHint}
          value={score}
          onChange={setScore}
          error={tried && wrong.score ? say.mustScore : undefined}
        />
      )}
      {order.guarded && (
        <fieldset className="field">
          <legend className="field-label">{say.adults}</legend>
          {adults.value?.items.length === 0 && <p className="field-hint">{say.noAdults}</p>}
          {adults.value?.items.map(adult => (
            <label key={adult.id} className="orders-check">
              <input
                type="checkbox"
                checked={there.includes(adult.id)}
                onChange={event =>
                  setThere(event.currentTarget.checked ? [...there, adult.id] : there.filter(id => id !== adult.id))
                }
              />
              {adult.name}
            </label>
          ))}
          {there.length < 2 && (
            <label className="orders-check">
              <input type="checkbox" checked={happened} onChange={event => setHappened(event.currentTarget.checked)} />
              {say.happened}
            </label>
          )}
        </fieldset>
      )}
      <TextField
        label={say.code}
        hint={say.codeHint}
        optional
        inputMode="numeric"
        maxLength={6}
        value={code}
        onChange={setCode}
        error={tried && wrong.code ? say.codeWrong : undefined}
      />
    </FormDialog>
  )
}
