import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Code } from '../../parts/desk/code.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import '../../parts/tag.css'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { Found } from '../found.tsx'
import { useToday } from '../now.ts'
import { useConsoleWords } from '../words/index.ts'
import { grouped } from './grouped.ts'
import { useFamilyWords } from './words.ts'
import '../household/household.css'
import './family.css'

type Sheet = Result<'GET /households/:householdId/quarter'>

/** The last eight quarters, the present one first, as `2021-Q3`. */
function lastQuarters(today: string): readonly string[] {
  const at = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3)
  return Array.from({ length: 8 }, (_, i) => `${Math.floor((at - i) / 4)}-Q${((at - i) % 4) + 1}`)
}

/** 幸福清单: what a family received in a quarter, on a sheet in large type for its table. The code is the village's, never a family's. */
export function QuarterScreen() {
  const say = useFamilyWords()
  const all = useConsoleWords()
  const { householdId = '' } = useParams({ strict: false }) as { householdId?: string }
  const [{ quarter }, set] = useFilters()
  const quarters = lastQuarters(useToday())
  const asked = quarters.find(one => one === quarter)
  const loaded = useLoad(`quarter of ${householdId} ${asked ?? ''}`, signal =>
    api('GET /households/:householdId/quarter', {
      params: { householdId },
      query: asked === undefined ? {} : { quarter: asked },
      signal,
    }),
  )
  return (
    <Found loaded={loaded} title={all.screens.quarter} words={say} list="/registry">
      {sheet => (
        <Paper
          sheet={sheet}
          id={householdId}
          quarters={quarters}
          choose={one => set({ quarter: one === quarters[0] ? undefined : one })}
        />
      )}
    </Found>
  )
}

function Paper({
  sheet,
  id,
  quarters,
  choose,
}: {
  readonly sheet: Sheet
  readonly id: string
  readonly quarters: readonly string[]
  readonly choose: (quarter: string) => void
}) {
  const all = useFamilyWords()
  const { sheet: say } = all
  const said = useSaid()
  const language = useLanguage()
  const [isLarger, setLarger] = useState(true)
  const nameOf = (quarter: string) => say.name(quarter.slice(0, 4), quarter.slice(6))
  const today = useToday()
  const yuan = (n: number) => n.toLocaleString('en-US')
  const when = (one: Sheet['benefits'][number]) =>
    [
      one.amount && said(one.amount),
      one.from > sheet.from ? say.since(formatDay(one.from, language)) : undefined,
      one.until && say.to(formatDay(one.until, language)),
    ]
      .filter(Boolean)
      .join(' · ')
  const address = `${location.origin}/#/level/${sheet.village}`
  return (
    <>
      <nav className="household-back family-ways">
        <Link to={`/registry/${id}/whole` as '/'}>
          <Icon name="back" />
          {all.toWhole}
        </Link>
      </nav>
      <div className="quarter-acts">
        <SelectField
          label={say.quarter}
          value={sheet.quarter}
          onChange={choose}
          options={quarters.map(value => ({ value, label: nameOf(value) }))}
        />
        <label className="quarter-large">
          <input type="checkbox" checked={isLarger} onChange={event => setLarger(event.target.checked)} />
          {say.larger}
        </label>
        <Button kind="main" icon="paper" onClick={() => globalThis.print()}>
          {say.print}
        </Button>
      </div>
      <article className={isLarger ? 'quarter-sheet larger' : 'quarter-sheet'}>
        <header>
          <h1 tabIndex={-1}>
            {say.title} {sheet.madeUp && <span className="example">{say.madeUp}</span>}
          </h1>
          <p>
            {say.lead(sheet.name)} · {nameOf(sheet.quarter)} · {sheet.place}
          </p>
        </header>
        <section aria-label={say.benefits}>
          <h2>{say.benefits}</h2>
          {sheet.benefits.length === 0 && <p>{say.none}</p>}
          <ul>
            {grouped(sheet.benefits, one => `${one.id} ${when(one)}`).map(({ row, rows }) => (
              <li key={`${row.id} ${when(row)}`}>
                <b>{said(row.name)}</b>
                <span>
                  {when(row)}
                  {rows.length > 1 && ` × ${String(rows.length)}`}
                </span>
                <span className="quarter-sum">
                  {rows.every(one => one.cameTo !== null) &&
                    say.cameTo(yuan(rows.reduce((sum, one) => sum + (one.cameTo ?? 0), 0)))}
                </span>
              </li>
            ))}
          </ul>
          {sheet.benefits.length > 0 && (
            <p className="quarter-all">
              {sheet.isWhole
                ? say.sum(yuan(sheet.sum), sheet.until <= today)
                : sheet.sum === 0
                  ? say.sumNone
                  : say.sumPart(yuan(sheet.sum))}
            </p>
          )}
        </section>
        <Done title={say.services} rows={sheet.services} />
        <Done title={say.visits} rows={sheet.visits} />
        <footer>
          <div>
            <p>{say.code}</p>
            <p className="small">{address}</p>
            <p>{say.wrong}</p>
          </div>
          <Code address={address} name={say.codeOf(sheet.place)} />
        </footer>
      </article>
    </>
  )
}

function Done({ title, rows }: { readonly title: string; readonly rows: Sheet['services'] }) {
  const { sheet: say, between } = useFamilyWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 && <p>{say.none}</p>}
      <ul>
        {rows.map(row => (
          <li key={row.id}>
            <b>{formatDay(row.on, language)}</b>
            <span>
              {said(row.words)}
              {row.item && ` · ${said(row.item.name)}`}
              {row.lines.map(line => ` · ${said(line.label)}${between}${said(line.said)}`).join('')}
            </span>
            <span className="quarter-sum">{say.by[row.role] ?? ''}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
