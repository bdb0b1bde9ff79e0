import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { useLetters } from '../simulation/letters.ts'
import { MergeDialog, UndoMergeDialog } from './merge-dialog.tsx'
import { SideBySide } from './side-by-side.tsx'
import { usePairsWords } from './words/index.ts'

export type Pair = Result<'GET /pairs/:pairId'>

/** What was said last, and of which pair, as long as it can be taken back from here. */
export interface Decided {
  readonly pair: string | undefined
  readonly said: 'same' | 'different' | 'merged'
  readonly emptied?: boolean
}

export const useTakeBack = (after: (decided: Decided | undefined) => void) =>
  useDeed(async (pairId: string) => {
    await api('POST /pairs/:pairId/take-back', { params: { pairId } })
    after(undefined)
  })

export function SaidLast({
  last,
  busy,
  onUndo,
}: {
  readonly last: Decided
  readonly busy: boolean
  readonly onUndo: () => void
}) {
  const words = usePairsWords()
  return (
    <Notice
      tone="hill"
      said
      act={
        last.pair && (
          <Button icon="undo" busy={busy} onClick={onUndo}>
            {words.takeBack}
          </Button>
        )
      }
    >
      {words.said[last.said]} {last.emptied && words.merge.emptied}
    </Notice>
  )
}

/** Two records beside each other and what may be said of them. */
export function OnePair({
  pairId,
  last,
  onNext,
  after,
}: {
  readonly pairId: string
  readonly last: Decided | undefined
  readonly onNext: () => void
  readonly after: (decided: Decided | undefined) => void
}) {
  const words = usePairsWords()
  const language = useLanguage()
  const session = useSession()
  const [dialog, setDialog] = useState<'merge' | 'undo'>()
  const one = useLoad(`pair ${pairId}`, signal => api('GET /pairs/:pairId', { params: { pairId }, signal }))
  const [decide, deciding] = useDeed(async (answer: 'same' | 'different') => {
    await api('POST /pairs/:pairId/decide', { params: { pairId }, body: { answer } })
    after({ pair: pairId, said: answer })
  })
  const [takeBack, taking] = useTakeBack(after)
  const pair = one.value
  const isOpen = pair?.state === 'open'
  const isDouble = pair?.source === 'registry'
  const mayMerge = session.state === 'known' && session.role === 'districtOfficer'
  const same = () => {
    if (!isOpen) return
    if (!isDouble) decide('same')
    else if (mayMerge) setDialog('merge')
  }
  const undoLast = () => {
    if (last?.pair) takeBack(last.pair)
    else if (pair && !isOpen && pair.canTakeBack) undoThis()
  }
  const undoThis = () => (pair?.merge ? setDialog('undo') : takeBack(pairId))
  useLetters({ s: same, d: () => isOpen && decide('different'), n: onNext, u: undoLast })
  if (one.problem?.status === 404 || one.problem?.status === 400)
    return (
      <Empty
        title={words.notHere}
        act={
          <Link to="/pairs" className="button">
            {words.back}
          </Link>
        }
      >
        {words.notHereText}
      </Empty>
    )
  if (!pair)
    return one.problem ? <Failed problem={one.problem} again={one.again} /> : <Skeleton shape={['title', 'tall']} />
  const problem = deciding.problem ?? taking.problem
  return (
    <Card label={words.sideBySide}>
      <div className="stack-wide">
        {last && <SaidLast last={last} busy={taking.busy} onUndo={undoLast} />}
        {problem && <Failed problem={problem} />}
        <p>
          <b>{words.likely(Math.round(pair.probability * 100))}</b>
          {pair.reason && <> · {words.reasons[pair.reason]}</>}
          {pair.others > 0 && <> · {words.others(pair.others)}</>}
        </p>
        <SideBySide pair={pair} />
        {isOpen ? (
          <>
            {isDouble && !mayMerge && <Notice>{words.askDistrict}</Notice>}
            <div className="row">
              {(!isDouble || mayMerge) && (
                <Button kind="main" busy={deciding.busy} onClick={same}>
                  {words.same}
                </Button>
              )}
              <Button busy={deciding.busy} onClick={() => decide('different')}>
                {words.different}
              </Button>
              <Button kind="text" onClick={onNext}>
                {words.next}
              </Button>
            </div>
          </>
        ) : (
          <div className="row">
            <span>
              {words.states[pair.state]} ·{' '}
              {words.decided(pair.decidedBy ?? '', pair.decidedAt ? formatInstant(pair.decidedAt, language) : '')}
            </span>
            {pair.canTakeBack ? (
              (!pair.merge || mayMerge) && (
                <Button icon="undo" busy={taking.busy} onClick={undoThis}>
                  {pair.merge ? words.merge.undo : words.takeBack}
                </Button>
              )
            ) : (
              <span className="second">{pair.merge ? words.merge.changed : words.tooLate}</span>
            )}
          </div>
        )}
      </div>
      {dialog === 'merge' && <MergeDialog pair={pair} after={after} onClose={() => setDialog(undefined)} />}
      {dialog === 'undo' && <UndoMergeDialog pair={pair} after={after} onClose={() => setDialog(undefined)} />}
    </Card>
  )
}
