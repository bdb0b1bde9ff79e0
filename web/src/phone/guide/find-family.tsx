import { type ReactNode, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import type { Deed } from '../../platform/load.ts'
import { Failed } from '../failed.tsx'
import type { HouseholdLine } from './kinds.ts'
import { useGuideWords } from './words/index.ts'
import './find-family.css'

export interface Finding {
  readonly find: (q: string) => void
  readonly finding: Deed
  readonly found: readonly HouseholdLine[] | undefined
}

/** A family of the guide's area, by name, pinyin or identity number; each that is found with what can be done. */
export function FindFamily({
  find,
  finding,
  found,
  none,
  row,
  act,
}: Finding & {
  readonly none: ReactNode
  readonly row: string
  readonly act: (household: HouseholdLine) => ReactNode
}) {
  const { ask: words } = useGuideWords()
  const [q, setQ] = useState('')
  return (
    <>
      <form
        className="find-family"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          if (q.trim()) find(q.trim())
        }}
      >
        <TextField label={words.findLabel} hint={words.findHint} value={q} onChange={setQ} maxLength={60} />
        <Button submit icon="search" busy={finding.busy}>
          {words.search}
        </Button>
      </form>
      {finding.problem && <Failed problem={finding.problem} />}
      <div role="status">
        {found && found.length === 0 && <p>{none}</p>}
        {found && found.length > 0 && <p className="second small">{words.found(found.length)}</p>}
      </div>
      <ul className="stack">
        {found?.map(household => (
          <li key={household.id} className={row}>
            <p>
              <b>{household.head}</b>
              <span className="second">
                {' '}
                · {household.place.name} · {words.size(household.size)}
              </span>
            </p>
            {act(household)}
          </li>
        ))}
      </ul>
    </>
  )
}
