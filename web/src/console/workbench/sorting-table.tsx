import { Table } from '../../parts/desk/table.tsx'
import { Example } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { Provenance } from '../pools/provenance.tsx'
import { RuleSentences } from './condition.tsx'
import type { RuleDocument } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** The lines that sort people and households, in the order in which they are gone through. */
export function SortingTable({ document }: { readonly document: RuleDocument }) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const lists = (['lines', 'classes', 'primary'] as const).filter(list => document[list])
  return lists.map(list => (
    <section key={list} className="sheet pad">
      <h2>{say.sorting.lists[list]}</h2>
      <p className="second">{say.sorting.listText[list]}</p>
      <Table
        caption={say.sorting.lists[list]}
        rows={[...(document[list] ?? []).entries()]}
        rowKey={([i]) => String(i)}
        columns={[
          ...(list === 'classes'
            ? []
            : [
                {
                  key: 'order',
                  head: say.sorting.order,
                  figure: true,
                  cell: ([i]: readonly [number, unknown]) => i + 1,
                },
              ]),
          {
            key: 'to',
            head: list === 'lines' ? say.sorting.circle : say.sorting.class,
            main: true,
            cell: ([, line]) => (
              <span className="whole">
                {line.circle === undefined
                  ? say.sorting.classes[line.class ?? 'prevention']
                  : say.sorting.circles[line.circle]}
              </span>
            ),
          },
          ...(list === 'lines'
            ? [
                {
                  key: 'label',
                  head: say.sorting.who,
                  cell: ([, line]: readonly [number, { readonly label?: Parameters<typeof said>[0] }]) =>
                    line.label && said(line.label),
                },
              ]
            : []),
          {
            key: 'condition',
            head: say.sorting.condition,
            cell: ([, line]) => (
              <RuleSentences bare text={line.condition} scope={list === 'lines' ? 'person' : 'household'} />
            ),
          },
          {
            key: 'source',
            head: say.document.provenance,
            cell: ([, { provenance }]) => (
              <>
                {provenance.includes('I') && <Example />} <Provenance of={provenance} />
              </>
            ),
          },
        ]}
      />
    </section>
  ))
}
