import { useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Masked } from './masked.tsx'
import { useValueWords, type Dictionary, type Household, type Known, type Scope } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

const sealed = ['contactPhone', 'electricityAccountNo', 'waterAccountNo', 'gasAccountNo', 'cableTvAccountNo'] as const
type Sealed = (typeof sealed)[number]
const isSealed = (fact: string): fact is Sealed => sealed.some(one => one === fact)

type Said = Pick<Known, 'source' | 'origin' | 'asOf' | 'recordedBy'>
const tones: Record<Known['source'], Tone> = { verified: 'hill', feed: 'river', declared: 'plain' }

/** Who said it, of which day, and how sure that makes it. */
function Origin({ said }: { readonly said: Said }) {
  const words = useHouseholdWords()
  const language = useLanguage()
  return (
    <span className="fact-origin">
      <Tag tone={tones[said.source]}>{words.sources[said.source]}</Tag>
      <span className="second small">
        {words.from(words.origins[said.origin] ?? said.origin, formatDay(said.asOf, language))}
        {said.recordedBy && ` · ${words.by(said.recordedBy)}`}
      </span>
    </span>
  )
}

/** What is known: first where sources disagree, side by side; then of the family and of each person, by source. */
export function Facts({
  family,
  dictionary,
  mayReveal,
}: {
  readonly family: Household
  readonly dictionary: Dictionary
  readonly mayReveal: boolean
}) {
  const words = useHouseholdWords()
  const [whose, setWhose] = useState('family')
  const member = family.members.find(one => one.id === whose)
  const facts = member ? member.facts : family.facts
  const disputed = [
    ...family.facts.map(fact => ({ fact, of: words.family, scope: 'household' as const, id: family.id })),
    ...family.members.flatMap(one =>
      one.facts.map(fact => ({ fact, of: one.name, scope: 'person' as const, id: one.id })),
    ),
  ].filter(row => row.fact.disputed)
  return (
    <>
      {disputed.length > 0 && <Disputed rows={disputed} dictionary={dictionary} />}
      <Card label={words.facts}>
        <div className="desk-card-head">
          <h2>{words.facts}</h2>
          <Segmented
            name="whose-facts"
            label={words.whose}
            value={member ? whose : 'family'}
            onChange={setWhose}
            options={[
              { value: 'family', label: words.family },
              ...family.members.map(one => ({ value: one.id, label: one.name })),
            ]}
          />
        </div>
        {facts.length === 0 && <p className="second">{words.noFacts}</p>}
        <div className="fact-groups">
          {grouped(facts).map(([key, group]) => (
            <section key={key}>
              <h3>{group[0] && <Origin said={group[0]} />}</h3>
              <dl className="facts">
                {group.map(fact => (
                  <div key={fact.fact}>
                    <dt>{<Label fact={fact} />}</dt>
                    <dd>
                      <Value
                        fact={fact}
                        scope={member ? 'person' : 'household'}
                        dictionary={dictionary}
                        householdId={family.id}
                        mayReveal={mayReveal}
                      />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Card>
    </>
  )
}

/** One group for each source and day, the newest first. */
function grouped(facts: readonly Known[]): readonly (readonly [string, readonly Known[]])[] {
  const groups = new Map<string, Known[]>()
  for (const fact of facts) {
    const key = [fact.asOf, fact.source, fact.origin, fact.recordedBy].join('|')
    groups.set(key, [...(groups.get(key) ?? []), fact])
  }
  return [...groups].sort(([a], [b]) => (a < b ? 1 : -1))
}

function Label({ fact }: { readonly fact: Known }) {
  const said = useSaid()
  return <>{said(fact.label)}</>
}

function Value({
  fact,
  scope,
  dictionary,
  householdId,
  mayReveal,
}: {
  readonly fact: Known
  readonly scope: Scope
  readonly dictionary: Dictionary
  readonly householdId: string
  readonly mayReveal: boolean
}) {
  const words = useHouseholdWords()
  const value = useValueWords()
  const shown = value(dictionary.of(scope, fact.fact), fact.value)
  const what = fact.fact
  if (scope === 'household' && isSealed(what) && typeof fact.value === 'string')
    return (
      <Masked
        masked={shown}
        what={words.what[what]}
        reveal={
          mayReveal
            ? reason =>
                api('POST /households/:id/reveal', { params: { id: householdId }, body: { what, reason } }).then(
                  answer => answer.value,
                )
            : undefined
        }
      />
    )
  return <>{shown}</>
}

interface Row {
  readonly fact: Known
  readonly of: string
  readonly scope: Scope
  readonly id: string
}

function Disputed({ rows, dictionary }: { readonly rows: readonly Row[]; readonly dictionary: Dictionary }) {
  const words = useHouseholdWords()
  const value = useValueWords()
  const list = useSaid()
  const one = (row: Row, said: Said & { readonly value: unknown }) => (
    <span className="disputed-one">
      <b>{value(dictionary.of(row.scope, row.fact.fact), said.value)}</b>
      <Origin said={said} />
    </span>
  )
  return (
    <Card label={words.disputed}>
      <div className="desk-card-head">
        <h2>
          {words.disputed} {rows.length}
        </h2>
      </div>
      <p className="second">{words.disputedText}</p>
      <Table
        caption={words.disputed}
        rows={rows}
        rowKey={row => `${row.id} ${row.fact.fact}`}
        columns={[
          {
            key: 'fact',
            head: words.recording.fact,
            main: true,
            cell: row => (
              <>
                {list(row.fact.label)} <span className="second">{row.of}</span>
              </>
            ),
          },
          { key: 'used', head: words.used, cell: row => one(row, row.fact) },
          {
            key: 'rivals',
            head: words.rivals,
            cell: row => (
              <span className="disputed-rivals">
                {row.fact.rivals.map(rival => (
                  <span key={rival.origin + rival.recordedAt}>{one(row, rival)}</span>
                ))}
              </span>
            ),
          },
        ]}
      />
    </Card>
  )
}
