import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useProblemWords } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { problemOf, type Problem } from '../../platform/problem.ts'
import { useSaid } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import { type Begun, intoDraft } from './into-draft.ts'
import type { Slider } from './reading.ts'
import { plainNumber } from './slider.tsx'
import type { Variant } from './variant.ts'
import { useSimulationWords } from './words.ts'

type Outcome = Readonly<Record<string, 'done' | Problem>>

/** The figures tried become drafts of the workbench, one for each, from a day on; checked and published there by two. */
export function DraftDialog({
  variant,
  sliders,
  today,
  result,
  onClose,
}: {
  readonly variant: Variant
  readonly sliders: readonly Slider[]
  readonly today: string
  /** What the trial came to, in a sentence: the note of the draft. */
  readonly result: string
  readonly onClose: () => void
}) {
  const words = useSimulationWords()
  const console = useConsoleWords()
  const said = useSaid()
  const problemWords = useProblemWords()
  const [from, setFrom] = useState(() => firstOfNextMonth(today))
  const [note, setNote] = useState(result.slice(0, 500))
  const [outcome, setOutcome] = useState<Outcome>({})
  const changed = sliders.filter(s => variant[s.parameter] !== undefined)
  const left = changed.filter(s => outcome[s.parameter] !== 'done')
  const begun = useRef(new Map<string, Begun>())
  const begin = (key: string) => api('POST /drafts', { body: { kind: 'parameter', key } })
  const save = ({ id, version }: Begun, document: Readonly<Record<string, unknown>>) =>
    api('PUT /drafts/:draftId', { params: { draftId: id }, ifMatch: version, body: { document, note } })
  const [take, taking] = useDeed(async () => {
    for (const { parameter } of left) {
      const figure = { parameter, from, value: variant[parameter] ?? 0 }
      const came = await intoDraft({ begin, save }, figure, begun.current).then(
        () => 'done' as const,
        (thrown: unknown) => problemOf(thrown),
      )
      setOutcome(was => ({ ...was, [parameter]: came }))
    }
  })
  return (
    <Dialog title={words.draftTitle} closeName={console.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (from) take()
        }}
      >
        <p className="second">{words.draftText}</p>
        <ul className="lines simulation-drafts">
          {changed.map(s => {
            const came = outcome[s.parameter]
            return (
              <li key={s.parameter}>
                <b>{said(s.label)}</b> {plainNumber(s.value)} → {plainNumber(variant[s.parameter] ?? s.value)}{' '}
                {s.unit && said(s.unit)}
                {came !== undefined && (
                  <Notice tone={came === 'done' ? 'hill' : 'ochre'} said>
                    {came === 'done' ? words.draftDone : problemWords(came)}{' '}
                    <Link
                      to="/workbench/$kind/$ruleKey"
                      params={{ kind: 'parameter', ruleKey: s.parameter } as never}
                      className="desk-line"
                    >
                      {words.draftOpen}
                    </Link>
                  </Notice>
                )}
              </li>
            )
          })}
        </ul>
        {left.length > 0 && (
          <>
            <DayField label={words.draftFrom} value={from} onChange={setFrom} above />
            <TextField label={words.draftNote} lines={3} maxLength={500} value={note} onChange={setNote} />
            <Button kind="main" submit busy={taking.busy} off={!from}>
              {words.draftTake(left.length)}
            </Button>
          </>
        )}
      </form>
    </Dialog>
  )
}

function firstOfNextMonth(today: string): string {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}
