import { Fragment, type ReactNode, useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Button } from '../../parts/button.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { gainer, isSome, loser, type Simulated, type Slider } from './reading.ts'
import { sentenceOf } from './sentence.ts'
import { plainNumber } from './slider.tsx'
import { type Variant, written } from './variant.ts'
import { useSimulationWords } from './words.ts'

const waitMs = 120_000

/** One sentence a person could say aloud, and the figures that prove it. */
export function Conclusion({
  answer,
  variant,
  sliders,
  busy,
}: {
  readonly answer: Simulated
  readonly variant: Variant
  readonly sliders: readonly Slider[]
  readonly busy: boolean
}) {
  const words = useSimulationWords()
  const said = useSaid()
  const [gains, loses] = [gainer(answer), loser(answer)]
  const opened = answer.policies.toSorted((a, b) => (b.opened.people ?? 1) - (a.opened.people ?? 1))[0]
  const more = answer.cost.tried - answer.cost.now
  return (
    <Card label={words.title}>
      <p className="simulation-sentence" role="status" aria-busy={busy || undefined}>
        <Said answer={answer} variant={variant} sliders={sliders} />
      </p>
      <dl className="simulation-figures">
        <Figure
          head={words.gainedHead(gains ? said(gains.name) : '')}
          sign="+"
          count={gains ? gains.gained.people : 0}
          unit={words.peopleUnit}
          sub={gains && words.households(gains.gained.households)}
        />
        <Figure
          head={words.lostHead(loses ? said(loses.name) : '')}
          sign="−"
          bad
          count={loses ? loses.lost.people : 0}
          unit={words.peopleUnit}
          sub={loses && words.households(loses.lost.households)}
        />
        <Figure
          head={words.openedHead}
          count={opened ? opened.opened.people : 0}
          unit={words.peopleUnit}
          sub={opened && isSome(opened.opened.people) ? words.openedSub(said(opened.name)) : words.openedNone}
        />
        <Cliffs tried={written(variant)} />
        <div>
          <dt>{words.yearHead}</dt>
          <dd>
            <b>
              {more > 0 ? '+' : more < 0 ? '−' : ''}
              {words.wan(more)}
            </b>
            <small>{words.wanUnit}</small>
            <span className="simulation-sub">{words.yearSub(answer.cost.now, answer.cost.tried)}</span>
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function Said({
  answer,
  variant,
  sliders,
}: {
  readonly answer: Simulated
  readonly variant: Variant
  readonly sliders: readonly Slider[]
}) {
  const words = useSimulationWords()
  const said = useSaid()
  const { head, parts } = sentenceOf(answer, variant, sliders, words, said)
  if (parts.length === 0) return words.unchanged
  return (
    <>
      {head}
      {words.colon}
      {parts.map(({ text, tone }, i) => (
        <Fragment key={text}>
          {i > 0 && words.comma}
          {tone === 'good' ? <em>{text}</em> : tone === 'bad' ? <span className="bad">{text}</span> : text}
        </Fragment>
      ))}
      {words.stop}
    </>
  )
}

function Figure({
  head,
  count,
  unit,
  sub,
  sign = '',
  bad,
}: {
  readonly head: string
  readonly count: number | null
  readonly unit: string
  readonly sub: ReactNode
  readonly sign?: string
  readonly bad?: boolean
}) {
  return (
    <div>
      <dt>{head}</dt>
      <dd className={bad && isSome(count) ? 'bad' : undefined}>
        <b>
          <Count of={count} sign={sign} />
        </b>
        <small>{unit}</small>
        <span className="simulation-sub">{sub}</span>
      </dd>
    </div>
  )
}

/** A count, or ＊ where it is too few to be shown. */
export function Count({ of, sign = '' }: { readonly of: number | null | undefined; readonly sign?: string }) {
  const words = useSimulationWords()
  if (of === null || of === undefined)
    return (
      <>
        <span aria-hidden="true">＊</span>
        <span className="unseen">{words.hiddenWord}</span>
      </>
    )
  return of === 0 ? '0' : `${sign}${plainNumber(of)}`
}

/** Counted when somebody asks, by the figures tried: it takes some seconds, too long to follow the hand. */
function Cliffs({ tried }: { readonly tried: string }) {
  const words = useSimulationWords()
  const [asked, setAsked] = useState<string>()
  const cliffs = useLoad(asked === tried ? `cliffs ${tried}` : undefined, signal =>
    api('GET /simulations/cliffs', { query: { set: tried || undefined }, signal, waitMs }),
  )
  const found = cliffs.value
  return (
    <div>
      <dt>{words.cliffHead}</dt>
      <dd>
        {found ? (
          <>
            <b>
              <Count of={found.households} />
            </b>
            <small>{words.householdsUnit}</small>
            <span className="simulation-sub">
              {tried === ''
                ? found.largest
                  ? words.cliffSub(plainNumber(found.largest))
                  : words.cliffText
                : words.cliffTried(found.inForce.households, found.added, found.removed, found.largest)}
            </span>
          </>
        ) : (
          <>
            <Button
              busy={cliffs.busy}
              busyWords={words.cliffBusy}
              onClick={() => (asked === tried ? cliffs.again() : setAsked(tried))}
            >
              {tried === '' ? words.cliffLook : words.cliffLookTried}
            </Button>
            <span className="simulation-sub">{cliffs.problem ? words.cliffFailed : words.cliffText}</span>
          </>
        )}
      </dd>
    </div>
  )
}
