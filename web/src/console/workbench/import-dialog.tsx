import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useConsoleWords } from '../words/index.ts'
import { useWorkbenchWords } from './words.ts'

/** A file of a policy, a service, circles or classes, an alert or the card of points, with its cases.yaml or without, becomes a draft. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useConsoleWords()
  const say = useWorkbenchWords()
  const navigate = useNavigate()
  const [rule, setRule] = useState<File>()
  const [cases, setCases] = useState<File>()
  const [read, reading] = useDeed(async () => {
    if (!rule) return
    const text = await rule.text()
    const draft = await fileIn(text, cases && (await cases.text()))
    onClose()
    await navigate({ to: '/workbench/$kind/$ruleKey', params: { kind: draft.kind, ruleKey: draft.key } as never })
  })
  const file = (label: string, set: (chosen: File | undefined) => void) => (
    <label className="day-field">
      {label}
      <input type="file" accept=".yaml,.yml" onChange={event => set(event.currentTarget.files?.[0])} />
    </label>
  )
  return (
    <Dialog title={say.importTitle} closeName={words.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          read()
        }}
      >
        <p>{say.importText}</p>
        {reading.problem && <Failed problem={reading.problem} />}
        {file(say.importFile, setRule)}
        {file(say.importCases, setCases)}
        <Button kind="main" submit busy={reading.busy} off={!rule}>
          {say.importGo}
        </Button>
      </form>
    </Dialog>
  )
}

/** By what stands at its margin; what is none of these is read as a policy, and told what is wrong with it. */
function fileIn(text: string, cases: string | undefined) {
  const beside = cases === undefined ? {} : { cases }
  if (/^id:\s*["']?S-/m.test(text)) return api('POST /services/file', { body: { service: text, ...beside } })
  const alert = /^levels:/m.test(text) ? 'alert' : /^items:/m.test(text) ? 'points' : undefined
  if (alert) return api('POST /alert-rules/file', { body: { kind: alert, rule: text, ...beside } })
  const kind = /^lines:/m.test(text) ? 'circle' : /^classes:/m.test(text) ? 'class' : undefined
  return kind === undefined
    ? api('POST /policies/file', { body: { policy: text, ...beside } })
    : api('POST /circles/file', { body: { kind, rule: text, ...beside } })
}
