import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useConsoleWords } from '../words/index.ts'
import type { Guide, Network } from './network.ts'
import { useNetworkWords } from './words/index.ts'

/** Hands a village to another guide for good; those of its township stand first. */
export function HandForm({
  network,
  village,
  from,
  onDone,
  onLeave,
}: {
  readonly network: Network
  readonly village: { readonly code: string; readonly name: string }
  readonly from: Guide | undefined
  readonly onDone: (handing: string, to: string, moved: number) => void
  readonly onLeave: () => void
}) {
  const all = useConsoleWords()
  const { hand: words, openOf } = useNetworkWords()
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < 2
  const isNear = (guide: Guide) => guide.places.some(p => p.code.startsWith(village.code.slice(0, 9)))
  const takers = network.guides
    .filter(g => g.account !== from?.account && !g.places.some(p => p.code === village.code))
    .toSorted((a, b) => Number(isNear(b)) - Number(isNear(a)))
  const [send, sending] = useDeed(async () => {
    const body = { village: village.code, from: from?.account ?? null, to, reason: reason.trim() } as never
    const { id, moved, to: taker } = await api('POST /handings', { body })
    onDone(id, taker.name, moved)
  })
  return (
    <form
      className="stack-wide"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (to && !isShort) send()
      }}
    >
      <h4>{from ? words.title(village.name) : words.give(village.name)}</h4>
      {sending.problem && <Failed problem={sending.problem} />}
      <Notice>{from ? words.goesAlong : words.beside}</Notice>
      {from?.places.length === 1 && <Notice tone="ochre">{words.lastOne(from.name)}</Notice>}
      <SelectField
        label={words.to}
        error={tried && !to ? words.must : undefined}
        value={to}
        onChange={setTo}
        options={takers.map(g => ({
          value: g.account,
          label: `${g.name}（${g.places.map(p => p.name).join('、')}） ${openOf(g.openTasks, g.openCases)}`,
        }))}
      />
      <TextField
        label={words.reason}
        lines={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && isShort ? words.mustReason : undefined}
      />
      <div className="row">
        <Button kind="main" submit busy={sending.busy} busyWords={words.saving}>
          {from ? words.save : words.giveSave}
        </Button>
        <Button kind="text" onClick={onLeave}>
          {all.cancel}
        </Button>
      </div>
    </form>
  )
}
