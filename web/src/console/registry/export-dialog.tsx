import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { apiFile } from '../../platform/api.ts'
import { dayOfInstant } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { withProof } from '../shell/proof.ts'
import { takeOut } from '../take-out.ts'
import { useConsoleWords } from '../words/index.ts'
import { queryOf, type ListFilters } from './list-filters.ts'
import { useRegistryWords } from './words/index.ts'

const reasons = ['verifyApplication', 'fileOnBehalf', 'contactFamily', 'checkDuplicate', 'answerEnquiry'] as const

/** The list as a file, for a reason that the trail keeps. */
export function ExportDialog({
  filters,
  query,
  onClose,
}: {
  readonly filters: ListFilters
  /** What was searched for; empty for the whole list. */
  readonly query: string
  readonly onClose: () => void
}) {
  const all = useConsoleWords()
  const words = useRegistryWords()
  const { exporting: say } = words
  const [reason, setReason] = useState('')
  const [format, setFormat] = useState<string>('xlsx')
  const [missing, setMissing] = useState(false)
  const [done, setDone] = useState(false)
  const [take, taking] = useDeed(async () => {
    const file = await withProof(() =>
      apiFile('POST /households/export', {
        body: { ...queryOf(filters), ...(query === '' ? {} : { q: query }), format, reason },
      }),
    )
    takeOut(file, `${say.file} ${dayOfInstant(new Date())}.${format}`)
    setDone(true)
  })
  return (
    <Dialog title={say.title} closeName={all.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          setMissing(reason === '')
          if (reason !== '') take()
        }}
      >
        <p>{say.text}</p>
        {taking.problem && <Failed problem={taking.problem} />}
        {done && (
          <Notice tone="hill" said>
            {say.done}
          </Notice>
        )}
        <SelectField
          label={say.reason}
          value={reason}
          onChange={setReason}
          options={reasons.map(value => ({ value, label: words.reasons[value] }))}
          error={missing && reason === '' ? say.must : undefined}
        />
        <SelectField
          label={say.format}
          value={format}
          onChange={setFormat}
          options={(['xlsx', 'csv'] as const).map(value => ({ value, label: say.formats[value] }))}
        />
        <div className="row">
          <Button kind="main" submit busy={taking.busy} busyWords={say.going}>
            {say.go}
          </Button>
          <Button kind="text" onClick={onClose}>
            {all.close}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
