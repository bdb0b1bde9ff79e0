import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatYuan } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import type { Role } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { useToday } from '../now.ts'
import { useConsoleWords } from '../words/index.ts'
import { useMinorsYearWords } from './words.ts'
import './minors-year.css'

type Year = Result<'GET /audit/minors'>

/** The yearly account of children's records, on paper: what the platform knows is filled in, the rest is for the auditor's pen. */
export function MinorsYearScreen() {
  const say = useMinorsYearWords()
  const thisYear = Number(useToday().slice(0, 4))
  const years = Array.from({ length: 4 }, (_, i) => String(thisYear - i))
  const [filters, set] = useFilters()
  const year = years.find(one => one === filters['year']) ?? years[0] ?? ''
  const loaded = useLoad(`minors of ${year}`, signal =>
    api('GET /audit/minors', { query: { year: Number(year) }, signal }),
  )
  return (
    <>
      <div className="year-acts">
        <SelectField
          label={say.year}
          value={year}
          onChange={one => set({ year: one === years[0] ? undefined : one })}
          options={years.map(value => ({ value, label: value }))}
        />
        <Button kind="main" icon="paper" off={!loaded.value} onClick={() => globalThis.print()}>
          {say.print}
        </Button>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['title', 'tall']} />}
      {loaded.value && <Paper of={loaded.value} />}
    </>
  )
}

function Paper({ of }: { readonly of: Year }) {
  const say = useMinorsYearWords()
  const words = useConsoleWords()
  const language = useLanguage()
  const count = (n: number | null) => (n === null ? say.few : formatYuan(n))
  const { held, may, opened } = say
  const roleName = (role: string) =>
    role === 'machine' ? opened.machine : role in words.roles ? words.roles[role as Role] : role
  return (
    <article className="year-sheet">
      <header>
        <h1 tabIndex={-1}>{say.title}</h1>
        <p>{say.lead(String(of.year), formatDay(of.lastOn, language))}</p>
        {!of.isOver && <Notice>{say.notOver}</Notice>}
      </header>
      <h2>{say.basis.title}</h2>
      <p>{say.basis.text}</p>
      <h2>{held.title}</h2>
      <Figures
        rows={[
          [held.children, count(of.children)],
          ...held.ages.map((age, i) => [age, count(of.ages[i] ?? null)] as const),
          [held.households, count(of.households)],
        ]}
      />
      <h2>{say.came.title}</h2>
      {of.statements.length === 0 && <p>{say.came.none}</p>}
      <Figures
        rows={of.statements.map(one => [say.came.sources[one.source] ?? one.source, say.came.n(formatYuan(one.n))])}
      />
      <h2>{may.title}</h2>
      <p>{may.text}</p>
      <Figures
        rows={(['given', 'takenBack', 'ranOut', 'standing', 'readers'] as const).map(key => [
          may[key],
          formatYuan(of.grants[key]),
        ])}
      />
      <h2>{opened.title}</h2>
      <p>{opened.text}</p>
      {of.openings.length === 0 && <p>{opened.none}</p>}
      <Figures
        rows={[
          ...of.openings.map(one => [roleName(one.role), say.came.n(formatYuan(one.n))] as const),
          [opened.refused, say.came.n(formatYuan(of.refused))],
        ]}
      />
      <h2>{say.guards.title}</h2>
      <ul>
        {say.guards.items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <h2>{say.write.title}</h2>
      <div className="year-write">
        {say.write.heads.map(head => (
          <div key={head}>{head}</div>
        ))}
      </div>
      <footer className="year-sign">
        {say.sign.map(one => (
          <span key={one}>{one}</span>
        ))}
      </footer>
    </article>
  )
}

const Figures = ({ rows }: { readonly rows: readonly (readonly [string, string])[] }) => (
  <dl className="year-figures">
    {rows.map(([label, figure]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{figure}</dd>
      </div>
    ))}
  </dl>
)
