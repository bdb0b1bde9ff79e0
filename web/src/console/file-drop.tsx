import { useRef, useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'

/** An old .xls goes up as well: the answer says what to do with it. */
const isTable = (file: File) => /\.(xlsx?|csv|txt)$/i.test(file.name)
const sizeOf = (bytes: number) =>
  bytes < 1e6 ? `${String(Math.ceil(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`

export interface FileDropWords {
  readonly drop: string
  readonly pick: string
  readonly again: string
  readonly kinds: string
  readonly notTable: string
  readonly onlyOne: string
}

/** One table, dropped or chosen by hand. */
export function FileDrop({
  say,
  file,
  onFile,
}: {
  readonly say: FileDropWords
  readonly file: File | undefined
  /** Undefined when what was dropped cannot be taken. */
  readonly onFile: (file: File | undefined) => void
}) {
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [wrong, setWrong] = useState('')
  const take = (files: readonly File[]) => {
    const [one] = files
    setWrong(files.length > 1 ? say.onlyOne : one && !isTable(one) ? say.notTable : '')
    onFile(files.length === 1 && one && isTable(one) ? one : undefined)
  }
  return (
    <>
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
            <p>{say.drop}</p>
          )}
          <p>
            <Button onClick={() => picker.current?.click()}>{file ? say.again : say.pick}</Button>
          </p>
          <p className="second small">{say.kinds}</p>
        </div>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".xlsx,.xls,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-label={say.pick}
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
    </>
  )
}
