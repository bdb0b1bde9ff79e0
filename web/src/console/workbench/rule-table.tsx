import { Table } from '../../parts/desk/table.tsx'
import { Example } from '../../parts/tag.tsx'
import { formatDay } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Provenance } from '../pools/provenance.tsx'
import { RuleSentences } from './condition.tsx'
import type { RuleDocument } from './document.ts'
import { AlertTable } from './alert-table.tsx'
import { PointsTable } from './points-table.tsx'
import { SortingTable } from './sorting-table.tsx'
import { useWorkbenchWords } from './words.ts'

/** The rule to read: as sentences, and what it gives, by day. */
export function RuleTable({ document }: { readonly document: RuleDocument }) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const language = useLanguage()
  const day = (on: string) => <span className="whole">{formatDay(on, language)}</span>
  const source = (tags: readonly string[]) => (
    <>
      {tags.includes('I') && <Example />} <Provenance of={tags} />
    </>
  )
  if (document.lines || document.classes) return <SortingTable document={document} />
  if (document.levels) return <AlertTable document={document} />
  if (document.items) return <PointsTable document={document} />
  if (document.condition !== undefined)
    return (
      <section className="sheet pad">
        <RuleSentences text={document.condition} scope="person" />
      </section>
    )
  return (
    <section className="sheet pad">
      {document.rows ? (
        <Table
          caption={say.document.rows}
          rows={document.rows.toReversed()}
          rowKey={row => row.from}
          columns={[
            { key: 'from', head: say.document.from, main: true, cell: row => day(row.from) },
            { key: 'until', head: say.document.until, cell: row => row.until && day(row.until) },
            { key: 'value', head: say.document.value, figure: true, cell: row => row.value.toLocaleString('zh-CN') },
            { key: 'source', head: say.document.provenance, cell: row => source(row.provenance) },
          ]}
        />
      ) : (
        <Table
          caption={say.document.versions}
          rows={(document.versions ?? []).toReversed()}
          rowKey={version => version.from}
          columns={[
            { key: 'from', head: say.document.from, main: true, cell: version => day(version.from) },
            {
              key: 'condition',
              head: say.document.condition,
              cell: version => <RuleSentences text={version.condition} scope={document.scope ?? 'household'} />,
            },
            {
              key: 'benefit',
              head: say.document.gives,
              cell: version => (
                <>
                  {said(version.benefit.words)}
                  {version.benefit.amount && <code className="formula">{version.benefit.amount.trim()}</code>}
                </>
              ),
            },
            {
              key: 'source',
              head: say.document.provenance,
              cell: version => source([...new Set([...version.provenance, ...version.benefit.provenance])]),
            },
          ]}
        />
      )}
    </section>
  )
}
