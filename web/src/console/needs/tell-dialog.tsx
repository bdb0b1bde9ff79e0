import { useState } from 'react'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useConsoleWords } from '../words/index.ts'
import { useNeedWords } from './words.ts'

/** What a family needs, in its words. What turns out to need care is said to have gone to the township. */
export function TellDialog({
  household,
  members,
  onTold,
  onClose,
}: {
  readonly household: string
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly onTold: () => void
  readonly onClose: () => void
}) {
  const all = useNeedWords()
  const { tell: say } = all
  const console = useConsoleWords()
  const said = useSaid()
  const [words, setWords] = useState('')
  const [item, setItem] = useState('')
  const [person, setPerson] = useState('')
  const [urgent, setUrgent] = useState(false)
  const [careful, setCareful] = useState(false)
  const [tried, setTried] = useState(false)
  const [wentUp, setWentUp] = useState<'careful' | 'child'>()
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const short = words.trim().length < 4
  const [send, sending] = useDeed(async () => {
    const told = await api('POST /households/:householdId/needs', {
      params: { householdId: household },
      body: {
        words: words.trim(),
        ...(item ? { item } : {}),
        ...(person ? { person: person as never } : {}),
        urgent,
        careful,
      },
    })
    onTold()
    if (told.careful) setWentUp('careful')
    else if (!told.isYours) setWentUp('child')
    else onClose()
  })
  if (wentUp)
    return (
      <Dialog title={say.careTitle} closeName={console.close} onClose={onClose}>
        <div className="stack-wide">
          <Notice>{wentUp === 'child' ? say.childText : say.careText}</Notice>
          <Button kind="main" onClick={onClose}>
            {console.close}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <FormDialog
      title={say.title}
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[services]}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.words}
        hint={say.wordsHint}
        lines={3}
        maxLength={500}
        value={words}
        onChange={setWords}
        error={tried && short ? say.must : undefined}
      />
      <SelectField
        label={all.form.item}
        optional
        blank={all.form.noItem}
        value={item}
        onChange={setItem}
        options={(services.value?.items ?? []).map(one => ({ value: one.id, label: `${one.id} ${said(one.name)}` }))}
      />
      {members.length > 1 && (
        <SelectField
          label={say.person}
          blank={say.wholeFamily}
          value={person}
          onChange={setPerson}
          options={members.map(one => ({ value: one.id, label: one.name }))}
        />
      )}
      <label className="needs-check">
        <input type="checkbox" checked={urgent} onChange={event => setUrgent(event.currentTarget.checked)} />
        {say.urgent}
      </label>
      <label className="needs-check">
        <input type="checkbox" checked={careful} onChange={event => setCareful(event.currentTarget.checked)} />
        {say.careful}
      </label>
    </FormDialog>
  )
}
