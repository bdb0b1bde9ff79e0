import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Example } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { Provenance } from '../pools/provenance.tsx'
import { RuleSentences } from './condition.tsx'
import type { RuleDocument } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** The card of points to read: of each item the steps, the first that holds counts. */
export function PointsTable({ document }: { readonly document: RuleDocument }) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const rows = (document.items ?? []).flatMap(item => item.bands.map((band, i) => ({ item, band, i })))
  return (
    <section className="sheet pad">
      <h2>{say.points.title}</h2>
      <p className="second">{say.points.text}</p>
      <Table
        caption={say.points.title}
        rows={rows}
        rowKey={({ item, i }) => `${item.id} ${String(i)}`}
        columns={[
          { key: 'item', head: say.points.item, main: true, cell: ({ item, i }) => i === 0 && said(item.label) },
          { key: 'label', head: say.points.step, cell: ({ band }) => said(band.label) },
          {
            key: 'condition',
            head: say.sorting.condition,
            cell: ({ band }) => <RuleSentences bare text={band.condition} scope="household" />,
          },
          { key: 'points', head: say.points.points, figure: true, cell: ({ band }) => band.points },
          {
            key: 'source',
            head: say.document.provenance,
            cell: ({ item, i }) =>
              i === 0 && (
                <>
                  {item.provenance.includes('I') && <Example />} <Provenance of={item.provenance} />
                </>
              ),
          },
        ]}
      />
      <Notice>{say.points.hintOnly}</Notice>
    </section>
  )
}
