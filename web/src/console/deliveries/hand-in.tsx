import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { apiUpload, type Result } from '../../platform/api.ts'
import { dayOfInstant } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FileDrop } from '../file-drop.tsx'
import { useDeliveryWords } from './words.ts'

/** Choose whose list it is, then the file. */
export function HandIn({ feeds }: { readonly feeds: Result<'GET /feeds'>['items'] }) {
  const { choose: say } = useDeliveryWords()
  const said = useSaid()
  const navigate = useNavigate()
  const [file, setFile] = useState<File>()
  const [source, setSource] = useState(feeds[0]?.source ?? '')
  const [asOf, setAsOf] = useState('')
  const [today] = useState(() => dayOfInstant(new Date()))
  const [send, sending] = useDeed(async (chosen: File) => {
    const query = { source, ...(asOf ? { asOf } : {}) }
    const { delivery, isAgain } = await apiUpload('POST /deliveries', chosen, { query })
    const to = { to: '/deliveries/$deliveryId', params: { deliveryId: delivery.id } } as never
    void navigate(isAgain ? ({ ...(to as object), hash: 'again' } as never) : to)
  })
  return (
    <Card label={say.title}>
      <h2>{say.title}</h2>
      <FileDrop
        say={say}
        file={file}
        onFile={one => {
          sending.clear()
          setFile(one)
        }}
      />
      {sending.problem && <Failed problem={sending.problem} />}
      <div className="filters import-source">
        <SelectField
          label={say.source}
          value={source}
          options={feeds.map(feed => ({ value: feed.source, label: `${feed.code} ${said(feed.name)}` }))}
          onChange={value => {
            sending.clear()
            setSource(value)
          }}
        />
        <label className="filter-day">
          <span>
            {say.asOf} <span className="second small">{say.asOfHint}</span>
          </span>
          <input type="date" max={today} value={asOf} onChange={event => setAsOf(event.currentTarget.value)} />
        </label>
        <Button kind="main" off={!file} busy={sending.busy} busyWords={say.sending} onClick={() => file && send(file)}>
          {say.send}
        </Button>
      </div>
    </Card>
  )
}
