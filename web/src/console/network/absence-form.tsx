import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useToday } from '../now.ts'
import { useConsoleWords } from '../words/index.ts'
import { type Guide, type Network, standInsOf } from './network.ts'
import { useNetworkWords } from './words/index.ts'

/** From when, until when, and who stands in. */
export function AbsenceForm({
  guide,
  network,
  onDone,
  onLeave,
}: {
  readonly guide: Guide
  readonly network: Network
  readonly onDone: (absence: string, standIn: string) => void
  readonly onLeave: () => void
}) {
  const all = useConsoleWords()
  const { absence: words } = useNetworkWords()
  const today = useToday()
  const [fromOn, setFrom] = useState(today)
  const [backOn, setBack] = useState('')
  const [standIn, setStandIn] = useState('')
  const [tried, setTried] = useState(false)
  const colleagues = standInsOf(network, guide)
  const isWrong = backOn <= fromOn
  const [note, noting] = useDeed(async () => {
    const body = { guide: guide.account, fromOn, backOn, standIn } as never
    const noted = await api('POST /absences', { body })
    onDone(noted.id, noted.standIn?.name ?? words.township)
  })
  return (
    <form
      className="stack-wide"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (!isWrong && standIn) note()
      }}
    >
      <h4>{words.title(guide.name)}</h4>
      {noting.problem && <Failed problem={noting.problem} />}
      {tried && isWrong && (
        <Notice tone="seal" said>
          {words.wrong}
        </Notice>
      )}
      <div className="network-filters">
        <DayField above label={words.from} value={fromOn} onChange={setFrom} />
        <DayField above label={words.back} value={backOn} onChange={setBack} min={fromOn} />
        <SelectField
          label={words.standIn}
          hint={words.standInHint}
          error={tried && !standIn ? words.must : undefined}
          value={standIn}
          onChange={setStandIn}
          options={[
            ...colleagues.map(c => ({ value: c.account, label: c.name })),
            { value: 'township', label: words.township },
          ]}
        />
      </div>
      <div className="row">
        <Button kind="main" submit busy={noting.busy} busyWords={words.saving}>
          {words.save}
        </Button>
        <Button kind="text" onClick={onLeave}>
          {all.cancel}
        </Button>
      </div>
    </form>
  )
}
