import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { apiUpload } from '../../platform/api.ts'
import { dayOfInstant } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { originOf, origins } from './origins.ts'
import { useImportWords } from './words.ts'

/** An old .xls goes up as well: the answer says what to do with it. */
const isTable = (file: File) => /\.(xlsx?|csv|txt)$/i.test(file.name)
const sizeOf = (bytes: number) =>
  bytes < 1e6 ? `${String(Math.ceil(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`

/** Choose a file by hand or drop it, say whose figures they are and of which day. */
export function HandIn() {
  const say = useImportWords()
  const navigate = useNavigate()
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const [origin, setOrigin] = useState<string>(origins[0])
  const [asOf, setAsOf] = useState('')
  const [over, setOver] = useState(false)
  const [today] = useState(() => dayOfInstant(new Date()))
  const [wrong, setWrong] = useState('')
  const [send, sending] = useDeed(async (chosen: File) => {
    const query = { origin: originOf(origin), ...(asOf ? { asOf } : {}) }
    const batch = await apiUpload('POST /imports', chosen, { query })
    void navigate({ to: '/imports/$importId', params: { importId: batch.id } as never })
  })
  const take = (files: readonly File[]) => {
    const [one] = files
    sending.clear()
    setWrong(files.length > 1 ? say.choose.onlyOne : one && !isTable(one) ? say.choose.notTable : '')
    setFile(files.length === 1 && one && isTable(one) ? one : undefined)
  }
  return (
    <Card label={say.choose.title}>
      <h2>{say.choose.title}</h2>
      <div
        className={over ? 'import-drop over' : 'import-drop'}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take([...event.dataTransfer.files])
        }}
      >
        <Icon name="tray" />
        <div className="stack">
          {file ? (
            <p>
              <strong>{file.name}</strong> <span className="second">{sizeOf(file.size)}</span>
            </p>
          ) : (
            <p>{say.choose.drop}</p>
          )}
          <p>
            <Button onClick={() => picker.current?.click()}>{file ? say.choose.again : say.choose.pick}</Button>
          </p>
          <p className="second small">{say.choose.kinds}</p>
        </div>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".xlsx,.xls,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-label={say.choose.pick}
          onChange={event => {
            take([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </div>
      {wrong && (
        <Notice tone="ochre" said>
          {wrong}
        </Notice>
      )}
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
