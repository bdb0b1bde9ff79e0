import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { apiUpload } from '../../platform/api.ts'
import { dayOfInstant } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { FileDrop } from '../file-drop.tsx'
import { originOf, origins } from './origins.ts'
import { useImportWords } from './words.ts'

/** Choose a file by hand or drop it, say whose figures they are and of which day. */
export function HandIn() {
  const say = useImportWords()
  const navigate = useNavigate()
  const [file, setFile] = useState<File>()
  const [origin, setOrigin] = useState<string>(origins[0])
  const [asOf, setAsOf] = useState('')
  const [today] = useState(() => dayOfInstant(new Date()))
  const [send, sending] = useDeed(async (chosen: File) => {
    const query = { origin: originOf(origin), ...(asOf ? { asOf } : {}) }
    const batch = await apiUpload('POST /imports', chosen, { query })
    void navigate({ to: '/imports/$importId', params: { importId: batch.id } as never })
  })
  return (
    <Card label={say.choose.title}>
      <h2>{say.choose.title}</h2>
      <FileDrop
        say={say.choose}
        file={file}
        onFile={one => {
          sending.clear()
          setFile(one)
        }}
      />
      {sending.problem && <Failed problem={sending.problem} />}
      <div className="filters import-source">
        <SelectField
          label={say.choose.origin}
          value={origin}
          options={origins.map(value => ({ value, label: say.origins[value] }))}
          onChange={setOrigin}
        />
        <label className="filter-day">
          <span>
            {say.choose.asOf} <span className="second small">{say.choose.asOfHint}</span>
          </span>
          <input type="date" max={today} value={asOf} onChange={event => setAsOf(event.currentTarget.value)} />
        </label>
        <Button
          kind="main"
          off={!file}
          busy={sending.busy}
          busyWords={say.choose.sending}
          onClick={() => file && send(file)}
        >
          {say.choose.send}
        </Button>
      </div>
    </Card>
  )
}
