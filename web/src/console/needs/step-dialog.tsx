import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { api, type Result } from '../../platform/api.ts'
import { everyPage } from '../../platform/every-page.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useNeedWords } from './words.ts'

export type Need = Result<'GET /needs/:needId'>
export type NeedStep = Need['next'][number]
/** What a step needs to know of the need. */
export type Moved = Pick<Need, 'id' | 'title' | 'version' | 'item'> & Partial<Pick<Need, 'suggestions'>>

const kinds = ['service', 'policy', 'wish', 'emergency'] as const

/** Whatever a step asks for, and the choice between several. */
export function StepDialog({
  need,
  steps,
  onSend,
  onClose,
}: {
  readonly need: Moved
  /** Several: which one is chosen here. */
  readonly steps: readonly NeedStep[]
  readonly onSend: (step: NeedStep, body: Record<string, unknown>) => Promise<unknown>
  readonly onClose: () => void
}) {
  const all = useNeedWords()
  const { form: say } = all
  const said = useSaid()
  const [chosen, choose] = useState(0)
  const [note, setNote] = useState('')
  const [kind, setKind] = useState('')
  const [item, setItem] = useState(need.item?.id ?? '')
  const [resource, setResource] = useState('')
  const [rating, setRating] = useState('')
  const [tried, setTried] = useState(false)
  const step = steps[chosen] ?? steps[0]
  const asks = (what: NeedStep['asks'][number]) => step?.asks.includes(what) ?? false
  const resources = useLoad(asks('resource') ? `resources for ${need.id}` : undefined, signal =>
    everyPage(page => api('GET /resources', { query: { need: need.id, ...page } as never, signal })),
  )
  const services = useLoad(asks('kind') ? 'services' : undefined, signal => api('GET /services', { query: {}, signal }))
  const policies = useLoad(asks('kind') ? 'policies' : undefined, signal => api('GET /policies', { query: {}, signal }))
  const guesses = need.suggestions ?? []
  const least = asks('need') ? 4 : 2
  const wrong = {
    note: (asks('note') || asks('reason') || asks('need')) && note.trim().length < least,
    kind: asks('kind') && kind === '',
    resource: asks('resource') && resource === '',
    rating: asks('rating') && rating === '',
  }
  const [send, sending] = useDeed(async () => {
    if (!step) return
    await onSend(step, {
      ...(asks('need') ? { need: note.trim() } : note.trim() ? { note: note.trim() } : {}),
      ...(asks('kind') ? { kind, ...(item ? { item } : {}) } : {}),
      ...(asks('resource') ? { resource } : {}),
      ...(asks('rating') ? { rating: Number(rating) } : {}),
    })
    onClose()
  })
  if (!step) return null
  return (
    <FormDialog
      title={steps.length === 1 ? said(step.words) : all.moveCard(need.title)}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[resources, services, policies]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      {steps.length === 1 && (
        <p className="second">
          {need.title}
          {step.lands && ` → ${all.lanes[step.lands]}`}
        </p>
      )}
      {steps.length > 1 && (
        <SelectField
          label={say.step}
          value={String(chosen)}
          onChange={value => choose(Number(value))}
          options={steps.map((s, i) => ({
            value: String(i),
            label: s.lands ? `${said(s.words)} → ${all.lanes[s.lands]}` : said(s.words),
          }))}
        />
      )}
      {asks('kind') && (
        <>
          {guesses.length > 0 && (
            <div>
              <p className="second small">{say.guessed}</p>
              <div className="row">
                {guesses.map(guess => (
                  <Button
                    key={guess.item?.id ?? guess.kind}
                    onClick={() => {
                      setKind(guess.kind)
                      setItem(guess.item?.id ?? '')
                    }}
                  >
                    {guess.item ? said(guess.item.name) : all.kinds[guess.kind]}
                  </Button>
                ))}
              </div>
            </div>
          )}
          <SelectField
            label={say.kind}
            value={kind}
            onChange={setKind}
            options={kinds.map(value => ({ value, label: all.kinds[value] }))}
            error={tried && wrong.kind ? say.mustKind : undefined}
          />
          <SelectField
            label={say.item}
            optional
            blank={say.noItem}
            value={item}
            onChange={setItem}
            options={[...(services.value?.items ?? []), ...(policies.value?.items ?? [])].map(one => ({
              value: one.id,
              label: `${one.id} ${said(one.name)}`,
            }))}
          />
        </>
      )}
      {asks('resource') && (
        <SelectField
          label={say.resource}
          hint={resources.value?.items.length === 0 ? say.noResource : undefined}
          value={resource}
          onChange={setResource}
          options={(resources.value?.items ?? []).map(one => ({ value: one.id, label: say.free(one.name, one.free) }))}
          error={tried && wrong.resource ? say.mustResource : undefined}
        />
      )}
      {asks('rating') && (
        <SelectField
          label={say.rating}
          value={rating}
          onChange={setRating}
          options={say.ratings.map((label, i) => ({ value: String(i + 1), label: `${i + 1} ${label}` }))}
          error={tried && wrong.rating ? say.mustRating : undefined}
        />
      )}
      {(asks('note') || asks('reason') || asks('need')) && (
        <TextField
          label={asks('need') ? say.need : asks('reason') ? say.reason : say.note}
          lines={3}
          maxLength={500}
          value={note}
          onChange={setNote}
          error={tried && wrong.note ? (asks('need') ? say.mustNeed : say.must) : undefined}
        />
      )}
    </FormDialog>
  )
}
