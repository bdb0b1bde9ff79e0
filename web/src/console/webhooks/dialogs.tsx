import { useState } from 'react'
import { Choices, Question } from '../../parts/choice.tsx'
import { NumberField, TextField } from '../../parts/field.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { withProof } from '../shell/proof.ts'
import type { Hook, Hooks } from './screen.tsx'
import { useHookWords } from './words.ts'

type Made = Result<'POST /webhooks'>
type Kind = Hooks['kinds'][number]['kind']

/** Connects a system, or changes where it is and what it is told of. */
export function ChangeDialog({
  kinds,
  form,
  of,
  onDone,
  onClose,
}: {
  readonly kinds: Hooks['kinds']
  readonly form: Hook['form']
  readonly of?: Hook
  readonly onDone: (made?: Made) => void
  readonly onClose: () => void
}) {
  const say = useHookWords()
  const said = useSaid()
  const [name, setName] = useState(of?.name ?? (form === 'province' ? say.provinceName : ''))
  const [url, setUrl] = useState(of?.url ?? '')
  const [chosen, setChosen] = useState<readonly string[]>(of?.kinds ?? kinds.map(one => one.kind))
  const [tried, setTried] = useState(false)
  const wrong = { name: name.trim().length < 2, url: !/^https?:\/\/[^/]/.test(url.trim()) || !URL.canParse(url.trim()) }
  const [send, sending] = useDeed(() =>
    withProof(async () => {
      const body = { name: name.trim(), url: url.trim(), kinds: form === 'province' ? [] : (chosen as Kind[]) }
      if (!of) return onDone(await api('POST /webhooks', { body: { form, ...body } }))
      const params = { subscriptionId: of.id }
      await api('PUT /webhooks/:subscriptionId', { params, body: { ...body, expectedVersion: of.version } })
      onDone()
    }),
  )
  const title = of ? say.change : form === 'province' ? say.addProvince : say.add
  return (
    <FormDialog
      title={title}
      deed={sending}
      save={of ? say.save : title}
      onSend={() => {
        setTried(true)
        if (!wrong.name && !wrong.url) send()
        else setTimeout(() => document.querySelector<HTMLElement>('dialog [aria-invalid]')?.focus())
      }}
      onClose={onClose}
      wide
    >
      <TextField
        label={say.name}
        hint={say.nameHint}
        error={tried && wrong.name ? say.nameWrong : undefined}
        value={name}
        maxLength={60}
        onChange={setName}
      />
      <TextField
        label={say.url}
        hint={form === 'province' ? say.provinceHint : say.urlHint}
        error={tried && wrong.url ? say.urlWrong : undefined}
        value={url}
        maxLength={500}
        onChange={setUrl}
      />
      {form === 'webhook' && (
        <Question title={say.kinds} small>
          <Choices
            name="webhook-kinds"
            many
            options={kinds.map(({ kind, words }) => ({ value: kind, label: said(words), help: kind }))}
            chosen={chosen}
            onChoose={setChosen}
          />
        </Question>
      )}
    </FormDialog>
  )
}

const longest = 168

export function RotateDialog({
  of,
  onMade,
  onClose,
}: {
  readonly of: Hook
  readonly onMade: (made: Made) => void
  readonly onClose: () => void
}) {
  const say = useHookWords()
  const [hours, setHours] = useState('24')
  const [wrong, setWrong] = useState<string>()
  const [rotate, rotating] = useDeed(() =>
    withProof(async () => {
      const body = { overlapHours: Number(hours) }
      onMade(await api('POST /webhooks/:subscriptionId/rotate', { params: { subscriptionId: of.id }, body }))
    }),
  )
  const isGood = /^\d{1,3}$/.test(hours.trim()) && Number(hours) <= longest
  return (
    <FormDialog
      title={say.rotate}
      deed={rotating}
      save={say.rotate}
      onSend={() => (isGood ? rotate() : setWrong(say.overlapWrong))}
      onClose={onClose}
    >
      <p>{say.rotateText(of.name)}</p>
      <NumberField
        label={say.overlap}
        hint={say.overlapHint}
        error={isGood ? undefined : wrong}
        value={hours}
        onChange={setHours}
      />
    </FormDialog>
  )
}
