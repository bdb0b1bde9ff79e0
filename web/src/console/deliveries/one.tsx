import { Link, useLocation, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Account } from './account.tsx'
import { Moves, Two } from './moves.tsx'
import { Rows } from './rows.tsx'
import { isRunning, StateTag } from './state-tag.tsx'
import { useDeliveryWords } from './words.ts'
import '../pools/pools.css'
import '../imports/imports.css'
import './deliveries.css'

export type Whole = Result<'GET /deliveries/:deliveryId'>

const askAgainMs = 1_000

/** One delivery: where every row went, what a person must mend or look at, and the way into the registry and back. */
export function DeliveryScreen() {
  const say = useDeliveryWords()
  const { deliveryId } = useParams({ strict: false }) as { deliveryId: string }
  const delivery = useLoad(deliveryId, signal => api('GET /deliveries/:deliveryId', { params: { deliveryId }, signal }))
  useLive(['feeds.'], happening => {
    if (happening.name === '' || happening.id === deliveryId) delivery.again()
  })
  const running = delivery.value ? isRunning(delivery.value.state) : false
  const { again } = delivery
  useEffect(() => {
    if (!running) return
    const timer = setInterval(again, askAgainMs)
    return () => clearInterval(timer)
  }, [running, again])
  if (!delivery.value)
    return delivery.problem ? (
      <Failed problem={delivery.problem} again={again} act={<Link to="/deliveries">{say.back}</Link>} />
    ) : (
      <Skeleton shape={['title', 'card', 'tall']} />
    )
  return (
    <div>
      {delivery.problem && <Failed problem={delivery.problem} again={again} at={delivery.at} />}
      <DeliveryView key={deliveryId} delivery={delivery.value} put={delivery.put} />
    </div>
  )
}

function DeliveryView({ delivery, put }: { readonly delivery: Whole; readonly put: (value: Whole) => void }) {
  const say = useDeliveryWords()
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const isOfficer = session.state === 'known' && session.role === 'districtOfficer'
  const { hash } = useLocation()
  const [became, setBecame] = useState('')
  const when = formatInstant(delivery.createdAt, language)
  const ended = delivery.state in say.ended ? say.ended[delivery.state as keyof typeof say.ended] : undefined
  return (
    <>
      <header className="desk-head">
        <div>
          <p>
            <Link to="/deliveries">{say.back}</Link>
          </p>
          <h1>{said(delivery.sourceName)}</h1>
          <p className="row second">
            <StateTag delivery={delivery} />
            <span>{delivery.fileName}</span>
            <span>{say.asOf(formatDay(delivery.asOf, language))}</span>
            <span>
              {delivery.sender ? say.sentBy(delivery.sender, when) : say.taken(when, delivery.createdBy.name)}
            </span>
            {delivery.appliedAt && <span>{say.applied(formatInstant(delivery.appliedAt, language))}</span>}
          </p>
        </div>
        <Moves delivery={delivery} put={put} />
      </header>
      <div className="desk-pile">
        {hash === 'again' && <Notice tone="river">{say.choose.sameFile}</Notice>}
        {delivery.problem && <Notice tone="ochre">{said(delivery.problem)}</Notice>}
        {ended && <Notice tone="river">{ended}</Notice>}
        {became && (
          <Notice tone="hill" said>
            {became}
          </Notice>
        )}
        {isRunning(delivery.state) && <Running delivery={delivery} />}
        <Two delivery={delivery} />
        <Account delivery={delivery} />
        {delivery.restricted && <Notice tone="river">{say.restricted}</Notice>}
        {isOfficer && !delivery.restricted && !isRunning(delivery.state) && (
          <Rows
            delivery={delivery}
            onBecame={(what, now) => {
              setBecame(what)
              put(now)
            }}
          />
        )}
      </div>
    </>
  )
}

function Running({ delivery: { state, progress } }: { readonly delivery: Whole }) {
  const { running: say } = useDeliveryWords()
  const what = state === 'releasing' || state === 'undoing' ? say[state] : say.reading
  return (
    <Card>
      <div role="status">
        <h2 id="delivery-running">{what}</h2>
      </div>
      <progress
        className="import-progress"
        aria-labelledby="delivery-running"
        {...(progress ? { value: progress.done, max: progress.of } : {})}
      />
      <p>{progress && say.of(progress.done, progress.of)}</p>
      <p className="second small">{say.wait}</p>
    </Card>
  )
}
