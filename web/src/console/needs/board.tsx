import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { NeedDue } from './due.tsx'
import { beside, columnsOf, laneBeside, placeOf, stepsOf } from './board-keys.ts'
import { type NeedStep, StepDialog } from './step-dialog.tsx'
import { Together } from './together.tsx'
import { Week } from './week.tsx'
import { useNeedWords } from './words.ts'

type Board = Result<'GET /needs/board'>
type Lane = Board['lanes'][number]
type LaneName = Lane['lane']
type NeedCard = Lane['cards'][number]

/** Four columns of cards with their clocks. A card moves by dragging, by Shift and an arrow, by `m`, or by its button, always with a why. */
export function NeedsBoard() {
  const say = useNeedWords()
  const loaded = useLoad('needs board', signal => api('GET /needs/board', { query: {}, signal }))
  useLive(['wishes.need', 'wishes.urgentNeed'], loaded.again)
  const [asking, setAsking] = useState<{ card: NeedCard; steps: readonly NeedStep[] }>()
  const [told, setTold] = useState('')
  const [refused, refuse] = useState(false)
  const [dragged, drag] = useState<NeedCard>()
  // Whose card is moved by hand or key keeps it in hand: it is drawn anew in its column, and with the old one went the focus.
  const followed = useRef<Followed>(undefined)
  const whole = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (whole.current && !asking) takeLostFocus(whole.current, followed.current)
  })
  const [moveAtOnce, moving] = useDeed((card: NeedCard, step: NeedStep) => move(card, step, {}))

  /** The card goes to its new column at once, and back where the server refuses. */
  async function move(card: NeedCard, step: NeedStep, body: Record<string, unknown>): Promise<void> {
    const before = loaded.value
    if (before) loaded.put(moved(before, card, step))
    try {
      await api('POST /needs/:needId/steps', {
        params: { needId: card.id },
        body: { step: step.step, expectedVersion: card.version, ...body } as never,
      })
    } catch (thrown) {
      if (before) loaded.put(before)
      throw thrown
    }
    setTold(step.lands ? say.moved(card.title, say.lanes[step.lands]) : '')
    loaded.again()
  }

  /** Who let it go over a column, or sent it there by key, said where it is to go; a button or `m` says no more than that it is to move. */
  function begin(card: NeedCard, steps: readonly NeedStep[], hasColumn: boolean): void {
    const [only] = steps
    refuse(!only)
    if (!only) return
    if (hasColumn && steps.length === 1 && only.asks.length === 0) moveAtOnce(card, only)
    else setAsking({ card, steps })
  }

  if (!loaded.value)
    return loaded.problem ? (
      <Failed problem={loaded.problem} again={loaded.again} />
    ) : (
      <Skeleton shape={['card', 'tall']} />
    )
  const board = loaded.value
  return (
    <>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {moving.problem && <Failed problem={moving.problem} />}
      {refused && (
        <div className="needs-refused">
          <Notice tone="ochre" said>
            {say.cannotDrop}
          </Notice>
        </div>
      )}
      <Stuck board={board} />
      <Week board={board} />
      {board.alike > 0 && (
        <p className="needs-again">
          <Link to="/needs" search={{ look: 'list', show: 'alike' } as never}>
            {say.alike(board.alike)}
          </Link>
        </p>
      )}
      <p className="unseen" role="status">
        {told}
      </p>
      <div
        ref={whole}
        onPointerDown={() => {
          followed.current = undefined
        }}
      >
        <Columns
          board={board}
          dragged={dragged}
          onDrag={drag}
          onMove={card => {
            followed.current = placeIn(board, card)
            begin(card, stepsOf(card), false)
          }}
          onSend={(card, way) => {
            followed.current = placeIn(board, card)
            const lane = laneBeside(
              board.lanes.map(one => one.lane),
              card,
              way,
            )
            begin(
              card,
              stepsOf(card).filter(step => step.lands === lane),
              true,
            )
          }}
          onDrop={lane => {
            if (dragged && dragged.lane !== lane)
              begin(
                dragged,
                stepsOf(dragged).filter(step => step.lands === lane),
                true,
              )
            drag(undefined)
          }}
        />
      </div>
      <p className="second small needs-keys">{say.keysHelp}</p>
      {asking && (
        <StepDialog
          need={asking.card}
          steps={asking.steps}
          onSend={(step, body) => move(asking.card, step, body)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

interface Followed {
  readonly id: string
  readonly column: number
  readonly row: number
}

const placeIn = ({ lanes }: Board, { id }: NeedCard): Followed => {
  const column = lanes.findIndex(lane => lane.cards.some(card => card.id === id))
  return { id, column, row: lanes[column]?.cards.findIndex(card => card.id === id) ?? 0 }
}

/** To the card where it is now; where it has left the board, to what stands in its place. */
function takeLostFocus(board: HTMLElement, followed: Followed | undefined): void {
  if (!followed || document.activeElement !== document.body) return
  const card = board.querySelector<HTMLElement>(`[data-card="${followed.id}"]`)
  const rest = columnsOf(board)[followed.column] ?? []
  const to = card ?? rest[Math.min(followed.row, rest.length - 1)]
  to?.focus()
}

function moved(board: Board, card: NeedCard, step: NeedStep): Board {
  return {
    ...board,
    lanes: board.lanes.map(lane => {
      const [had, gets] = [lane.cards.some(c => c.id === card.id), lane.lane === step.lands]
      if (!had && !gets) return lane
      const cards = lane.cards.filter(c => c.id !== card.id)
      return {
        ...lane,
        count: lane.count - (had ? 1 : 0) + (gets ? 1 : 0),
        cards: gets ? [{ ...card, lane: lane.lane, next: [] }, ...cards] : cards,
      }
    }),
  }
}

function Stuck({ board }: { readonly board: Board }) {
  const say = useNeedWords()
  const [worst] = board.stuck
  return (
    <p className={worst ? 'needs-stuck late' : 'needs-stuck'}>
      <Icon name={worst ? 'warning' : 'check'} />
      {worst ? say.stuckAt(worst.place.name, say.lanes[worst.lane], worst.late, worst.days) : say.notStuck}
    </p>
  )
}

function Columns({
  board,
  dragged,
  onDrag,
  onMove,
  onSend,
  onDrop,
}: {
  readonly board: Board
  readonly dragged: NeedCard | undefined
  readonly onDrag: (card: NeedCard | undefined) => void
  readonly onMove: (card: NeedCard) => void
  readonly onSend: (card: NeedCard, way: -1 | 1) => void
  readonly onDrop: (lane: LaneName) => void
}) {
  const say = useNeedWords()
  const whole = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.shiftKey) return
    const at = whole.current && placeOf(whole.current, event.target)
    const to = at && beside(at, event.key)
    if (!to) return
    event.preventDefault()
    to.focus()
  }
  return (
    <div className="needs-board" ref={whole} onKeyDown={onKeyDown}>
      {board.lanes.map(lane => (
        <section
          key={lane.lane}
          aria-label={say.lanes[lane.lane]}
          className={
            dragged && stepsOf(dragged).some(step => step.lands === lane.lane) ? 'needs-lane takes' : 'needs-lane'
          }
          onDragOver={event => event.preventDefault()}
          onDrop={() => onDrop(lane.lane)}
        >
          <header>
            <h2>
              {say.lanes[lane.lane]}
              <span>{say.count(lane.count)}</span>
            </h2>
            <p>
              {say.laneAbout[lane.lane]}
              {lane.late > 0 && <b> · {say.late(lane.late)}</b>}
            </p>
          </header>
          {lane.count === 0 && (
            <p className="needs-empty">
              <Icon name="check" />
              {say.empty}
            </p>
          )}
          <ol>
            {lane.cards.map(card => (
              <li key={card.id}>
                <CardOf card={card} onDrag={onDrag} onMove={() => onMove(card)} onSend={way => onSend(card, way)} />
              </li>
            ))}
          </ol>
          {lane.lane === 'project' && board.together.map(alike => <Together key={alike.item.id} alike={alike} />)}
          {lane.count > lane.cards.length && (
            <Link to="/needs" search={{ look: 'list', lane: lane.lane } as never} className="needs-more">
              {say.more(lane.count - lane.cards.length)}
            </Link>
          )}
        </section>
      ))}
    </div>
  )
}

function CardOf({
  card,
  onDrag,
  onMove,
  onSend,
}: {
  readonly card: NeedCard
  readonly onDrag: (card: NeedCard | undefined) => void
  readonly onMove: () => void
  readonly onSend: (way: -1 | 1) => void
}) {
  const say = useNeedWords()
  const said = useSaid()
  const moves = stepsOf(card).length > 0
  return (
    <article
      className={(card.daysLeft ?? 0) < 0 ? 'need-card late' : 'need-card'}
      draggable={moves}
      onDragStart={() => onDrag(card)}
      onDragEnd={() => onDrag(undefined)}
    >
      <p className="need-card-top">
        <Tag tone={card.urgent ? 'seal' : 'river'}>
          {card.urgent ? say.urgent : card.item ? said(card.item.name) : said(card.stateWords)}
        </Tag>
        <NeedDue daysLeft={card.daysLeft} />
      </p>
      <h3>
        <Link
          to="/needs/$needId"
          params={{ needId: card.id } as never}
          data-card={card.id}
          onKeyDown={event => {
            const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined
            if (event.key === 'm') {
              // It is not to be written into the field that opens.
              event.preventDefault()
              onMove()
            } else if (event.shiftKey && way) {
              event.preventDefault()
              onSend(way)
            }
          }}
        >
          {card.title}
        </Link>
      </h3>
      <p className="second">
        {card.village.name} · {card.name}
        {card.careful && ` · ${say.careful}`}
        {card.aboutChild && ` · ${say.aboutChild}`}
      </p>
      {card.item && <p className="second small">{said(card.stateWords)}</p>}
      {moves && (
        <Button kind="text" name={say.moveCard(card.title)} onClick={onMove}>
          {say.move}
        </Button>
      )}
    </article>
  )
}
