import { useState } from 'react'
import { Choices, Question } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Finding } from './one.tsx'
import { useEntitlementWords } from './words/index.ts'

interface DialogProps {
  readonly one: Finding
  /** Reads the line again; what was written stays when somebody was faster. */
  readonly changed: () => void
  readonly onClose: () => void
}

/** What somebody found, in their own name. */
export function CloseDialog({ one, changed, onClose }: DialogProps) {
  const { close: words, one: oneWords } = useEntitlementWords()
  const said = useSaid()
  const [outcome, setOutcome] = useState<Finding['outcomes'][number]['outcome']>()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const short = one.kind === 'recheck' && note.trim().length < 4
  const [send, sending] = useDeed(async () => {
    if (!outcome) return
    try {
      await api('POST /entitlements/findings/:findingId/close', {
        params: { findingId: one.id },
        body: { outcome, expectedVersion: one.version, ...(note.trim() ? { note: note.trim() } : {}) },
      })
    } finally {
      changed()
    }
    onClose()
  })
  return (
    <FormDialog
      title={words.title}
      deed={sending}
      save={words.save}
      saving={words.saving}
      onSend={() => {
        setTried(true)
        if (outcome && !short) send()
      }}
      onClose={onClose}
    >
      {tried && !outcome && (
        <Notice tone="seal" said>
          {words.must}
        </Notice>
      )}
      <Question small title={words.outcome}>
        <Choices
          name="outcome"
          options={one.outcomes.map(o => ({ value: o.outcome, label: said(o.words) }))}
          chosen={outcome ? [outcome] : []}
          onChoose={([next]) => setOutcome(one.outcomes.find(o => o.outcome === next)?.outcome)}
        />
      </Question>
      <TextField
        label={words.note}
        hint={words.noteHint[one.kind]}
        lines={3}
        maxLength={1000}
        optional={one.kind === 'unclaimed'}
        value={note}
        onChange={setNote}
        error={tried && short ? words.mustNote : undefined}
      />
      {one.kind === 'recheck' && <p className="second small">{oneWords.nothingEnds}</p>}
    </FormDialog>
  )
}

/** The office asks to look again, and says why. */
export function ReopenDialog({ one, changed, onClose }: DialogProps) {
  const { close, reopen: words } = useEntitlementWords()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const short = note.trim().length < 4
  const [send, sending] = useDeed(async () => {
    try {
      await api('POST /entitlements/findings/:findingId/reopen', {
        params: { findingId: one.id },
        body: { note: note.trim(), expectedVersion: one.version },
      })
    } finally {
      changed()
    }
    onClose()
  })
  return (
    <FormDialog
      title={words.title}
      deed={sending}
      save={words.save}
      saving={close.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={words.note}
        lines={3}
        maxLength={1000}
        value={note}
        onChange={setNote}
        error={tried && short ? close.mustNote : undefined}
      />
    </FormDialog>
  )
}
