import { channels, channelWords } from '@zhulian/kernel'
import { useState } from 'react'
import { SelectField, TextField } from '../../parts/field.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useVillagesInReach } from '../shell/place-name.ts'
import { useLeadWords } from './words.ts'

/** What somebody told: a grid worker, the hotline, or what one saw oneself. */
export function NoteDialog({ onNoted, onClose }: { readonly onNoted: () => void; readonly onClose: () => void }) {
  const { note: say } = useLeadWords()
  const said = useSaid()
  const villages = useVillagesInReach()
  const [chosen, setVillage] = useState('')
  const [channel, setChannel] = useState('')
  const [name, setName] = useState('')
  const [where, setWhere] = useState('')
  const [phone, setPhone] = useState('')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const village = villages.length === 1 ? (villages[0]?.value ?? '') : chosen
  const wrong = {
    village: village === '',
    channel: channel === '',
    name: name.trim() === '',
    words: words.trim().length < 4,
  }
  const [send, sending] = useDeed(async () => {
    await api('POST /leads', {
      body: {
        village,
        channel: channel as (typeof channels)[number],
        name: name.trim(),
        words: words.trim(),
        ...(where.trim() ? { where: where.trim() } : {}),
        ...(phone.trim().length > 2 ? { phone: phone.trim() } : {}),
      },
    })
    onNoted()
    onClose()
  })
  return (
    <FormDialog
      title={say.title}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <SelectField
        label={say.village}
        value={village}
        onChange={setVillage}
        options={villages}
        error={tried && wrong.village ? say.mustVillage : undefined}
      />
      <SelectField
        label={say.channel}
        value={channel}
        onChange={setChannel}
        options={channels.map(value => ({ value, label: said(channelWords[value]) }))}
        error={tried && wrong.channel ? say.mustChannel : undefined}
      />
      <TextField
        label={say.name}
        maxLength={30}
        value={name}
        onChange={setName}
        error={tried && wrong.name ? say.mustName : undefined}
      />
      <TextField label={say.where} optional maxLength={80} value={where} onChange={setWhere} />
      <TextField label={say.phone} optional kind="tel" maxLength={30} value={phone} onChange={setPhone} />
      <TextField
        label={say.words}
        lines={3}
        maxLength={500}
        value={words}
        onChange={setWords}
        error={tried && wrong.words ? say.mustWords : undefined}
      />
    </FormDialog>
  )
}
