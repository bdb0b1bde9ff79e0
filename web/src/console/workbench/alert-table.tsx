import type { ReactNode } from 'react'
import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Example } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { LevelTag } from '../alerts/level.tsx'
import { Provenance } from '../pools/provenance.tsx'
import { RuleSentences } from './condition.tsx'
import { useDictionary } from './dictionary.ts'
import { type RuleDocument, type Turn } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** A rule of alerts to read: its levels as sentences, and what else it says. */
export function AlertTable({ document }: { readonly document: RuleDocument }) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const dictionary = useDictionary()
  const scope = document.about ?? 'household'
  const names = new Map([...(dictionary?.policies ?? []), ...(dictionary?.services ?? [])].map(r => [r.id, r.name]))
  const named = (id: string) => {
    const name = names.get(id)
    return name ? `${id} ${said(name)}` : id
  }
  const factName = (fact: string) => {
    const label = dictionary?.facts.get(fact)?.label
    return label ? said(label) : fact
  }
  const sentence = (text: string | undefined) => text && <RuleSentences bare text={text} scope={scope} />
  const { persons, windowDays, proofMonths, leadsTo = [], turns = [] } = document
  const rows: readonly (readonly [string, ReactNode])[] = [
    [say.alert.about, say.alert.abouts[persons === 'everyone' ? 'everyone' : scope]],
    [say.alert.occurrence, sentence(document.occurrence)],
    [say.alert.ifUnknown, document.ifUnknown && <LevelTag level={document.ifUnknown} />],
    [say.alert.goesTo, say.alert.audiences[document.goesTo ?? 'village']],
    [say.alert.careful, sentence(document.careful)],
    [say.alert.windowDays, windowDays !== undefined && say.alert.days(windowDays)],
    [say.alert.proofMonths, proofMonths !== undefined && say.alert.months(proofMonths)],
    [say.alert.firstAction, document.firstAction && said(document.firstAction)],
    [say.alert.leadsTo, leadsTo.map(named).join(say.alert.and)],
    [say.alert.turns, turns.length > 0 && <Turns turns={turns} name={factName} />],
  ]
  return (
    <section className="sheet pad">
      <h2>{say.alert.levels}</h2>
      <p className="second">{say.alert.levelsText}</p>
      <Table
        caption={say.alert.levels}
        rows={document.levels ?? []}
        rowKey={line => line.level}
        columns={[
          { key: 'level', head: say.alert.level, main: true, cell: line => <LevelTag level={line.level} /> },
          {
            key: 'condition',
            head: say.sorting.condition,
            cell: line => <RuleSentences bare text={line.condition} scope={scope} />,
          },
          {
            key: 'source',
            head: say.document.provenance,
            cell: ({ provenance }) => (
              <>
                {provenance.includes('I') && <Example />} <Provenance of={provenance} />
              </>
            ),
          },
        ]}
      />
      <dl className="alert-rest">
        {rows.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Notice>{say.alert.stays}</Notice>
    </section>
  )
}

function Turns({ turns, name }: { readonly turns: readonly Turn[]; readonly name: (fact: string) => string }) {
  const say = useWorkbenchWords().alert
  return (
    <ul className="lines">
      {turns.map(turn => (
        <li key={JSON.stringify(turn)}>{say.turn(name(turn.fact), turn)}</li>
      ))}
    </ul>
  )
}
