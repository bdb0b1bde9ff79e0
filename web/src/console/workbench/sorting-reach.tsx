import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { Result } from '../../platform/api.ts'
import { Sides } from './sides.tsx'
import { useWorkbenchWords } from './words.ts'

type Reached = Result<'POST /simulations/drafts/:draftId'>

export const isSorted = ({ circle, class: classes }: Reached): boolean =>
  circle.moves.length > 0 || classes.moves.length > 0 || classes.held.length > 0

/** Who the rules would put into another circle, and whose class they would change. */
export function SortingReach({ answer: { circle, class: classes } }: { readonly answer: Reached }) {
  const say = useWorkbenchWords().sorting
  return (
    <>
      {circle.moves.length > 0 && (
        <>
          <h3>{say.reach.circles}</h3>
          <Notice>{say.reach.waits}</Notice>
          <Figures
            of={[
              [say.reach.inward, circle.inward],
              [say.reach.outward, circle.outward],
            ]}
          />
          <Table
            caption={say.reach.circles}
            rows={circle.moves}
            rowKey={move => `${move.from} ${move.to}`}
            columns={[
              { key: 'from', head: say.reach.from, main: true, cell: move => say.circles[move.from] },
              { key: 'to', head: say.reach.to, cell: move => say.circles[move.to] },
              { key: 'who', head: say.reach.who, figure: true, cell: move => <Sides of={move} /> },
            ]}
          />
          <ByTownship
            rows={circle.townships}
            columns={[
              ['inward', say.reach.inward],
              ['outward', say.reach.outward],
            ]}
          />
        </>
      )}
      {(classes.moves.length > 0 || classes.held.length > 0) && (
        <>
          <h3>{say.reach.classes}</h3>
          <Figures of={[[say.reach.moved, classes.all]]} />
          {classes.moves.length > 0 && (
            <Table
              caption={say.lists.primary}
              rows={classes.moves}
              rowKey={move => `${move.from} ${move.to}`}
              columns={[
                { key: 'from', head: say.reach.planFrom, main: true, cell: move => say.classes[move.from] },
                { key: 'to', head: say.reach.planTo, cell: move => say.classes[move.to] },
                { key: 'who', head: say.reach.who, figure: true, cell: move => <Sides of={move} /> },
              ]}
            />
          )}
          {classes.held.length > 0 && (
            <Table
              caption={say.lists.classes}
              rows={classes.held}
              rowKey={one => one.class}
              columns={[
                { key: 'class', head: say.class, main: true, cell: one => say.classes[one.class] },
                { key: 'gained', head: say.reach.gained, figure: true, cell: one => <Sides of={one.gained} /> },
                { key: 'lost', head: say.reach.lost, figure: true, cell: one => <Sides of={one.lost} /> },
              ]}
            />
          )}
          <ByTownship rows={classes.townships} columns={[['moved', say.reach.moved]]} />
        </>
      )}
    </>
  )
}

function Figures({ of }: { readonly of: readonly (readonly [string, Side])[] }) {
  return (
    <dl className="reach-figures">
      {of.map(([name, side]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Sides of={side} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Side = Parameters<typeof Sides>[0]['of']

function ByTownship<K extends string>({
  rows,
  columns,
}: {
  readonly rows: readonly ({ readonly code: string; readonly name: string } & Readonly<Record<K, Side>>)[]
  readonly columns: readonly (readonly [K, string])[]
}) {
  const say = useWorkbenchWords().reach
  return (
    <Fold title={say.byTownship} plain>
      <Table
        caption={say.byTownship}
        rows={rows}
        rowKey={row => row.code}
        columns={[
          { key: 'name', head: say.township, main: true, cell: row => row.name },
          ...columns.map(([key, head]) => ({
            key,
            head,
            figure: true,
            cell: (row: (typeof rows)[number]) => <Sides of={row[key]} />,
          })),
        ]}
      />
    </Fold>
  )
}
