import { useState } from 'react'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { type Deed, useDeed, useLoad } from '../../platform/load.ts'
import { goBack } from '../../platform/place.ts'
import { isProblem } from '../../platform/problem.ts'
import { ensureVisitor } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Nav } from '../nav.tsx'
import { useMyTrackWords } from './words/index.ts'
import './screen.css'

type Kept = Result<'GET /my/track'>
type Openings = Result<'GET /my/record/openings'>
type Quarter = Result<'GET /my/quarter'>

export interface MyTrackViewProps {
  /** Undefined: nobody has confirmed yet which family is theirs. */
  readonly quarter: Quarter | undefined
  readonly records: Kept['items']
  readonly openings: Openings['items']
  /** There are earlier ones. */
  readonly more: { readonly records: boolean; readonly openings: boolean }
  readonly ask: (which: 'records' | 'openings') => void
  readonly asking: Deed
}

/** 我家的轨迹: received, done, and who looked. What is protected is not among it and leaves no gap. */
export function MyTrackView({ quarter, records, openings, more, ask, asking }: MyTrackViewProps) {
  const say = useMyTrackWords()
  if (!quarter)
    return (
      <Page title={say.title} onBack={() => goBack('/mine')} nav={<Nav />}>
        <Empty
          whole
          title={say.notYours}
          act={
            <ButtonLink kind="main" to="#/">
              {say.toStart}
            </ButtonLink>
          }
        >
          {say.notYoursText}
        </Empty>
      </Page>
    )
  return (
    <Page title={say.title} onBack={() => goBack('/mine')} nav={<Nav />}>
      <h1 tabIndex={-1}>{say.title}</h1>
      <p className="lead">{say.lead}</p>
      <Received quarter={quarter} />
      {asking.problem && <Failed problem={asking.problem} />}
      <section className="section" aria-label={say.done}>
        <h2>{say.done}</h2>
        {records.length === 0 && <p className="second">{say.none}</p>}
        <Records records={records} />
        {more.records && (
          <Button wide busy={asking.busy} onClick={() => ask('records')} name={`${say.more}: ${say.done}`}>
            {say.more}
          </Button>
        )}
      </section>
      <section className="section" aria-label={say.opened}>
        <h2>{say.opened}</h2>
        <p className="second">{say.openedText}</p>
        {openings.length === 0 && <p className="second">{say.nobody}</p>}
        <Opened openings={openings} />
        {more.openings && (
          <Button wide busy={asking.busy} onClick={() => ask('openings')} name={`${say.more}: ${say.opened}`}>
            {say.more}
          </Button>
        )}
      </section>
    </Page>
  )
}

function Received({ quarter }: { readonly quarter: Quarter }) {
  const say = useMyTrackWords()
  const said = useSaid()
  const sum = quarter.sum.toLocaleString('en-US')
  return (
    <section className="section" aria-label={say.received}>
      <h2>{say.received}</h2>
      {quarter.benefits.length === 0 && <p className="second">{say.nothingReceived}</p>}
      <ul className="my-track">
        {quarter.benefits.map((one, i) => (
          <li key={`${one.id} ${String(i)}`}>
            <b>{said(one.name)}</b>
            {one.amount && <span>{said(one.amount)}</span>}
          </li>
        ))}
      </ul>
      {quarter.sum > 0 && <p>{quarter.isWhole ? say.sum(sum) : say.sumPart(sum)}</p>}
    </section>
  )
}

function Records({ records }: Pick<MyTrackViewProps, 'records'>) {
  const say = useMyTrackWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <ol className="my-track">
      {records.map(one => (
        <li key={one.id}>
          <span className="mini second">
            {formatDay(one.on, language)} · {said(one.kindWords)} · {say.by[one.role] ?? say.by['machine']}
          </span>
          <b>
            {said(one.words)}
            {one.item && ` · ${said(one.item.name)}`}
          </b>
          {one.lines.map(line => (
            <span key={line.label.en} className="second">
              {said(line.label)}
              {say.colon}
              {said(line.said)}
            </span>
          ))}
        </li>
      ))}
    </ol>
  )
}

function Opened({ openings }: Pick<MyTrackViewProps, 'openings'>) {
  const say = useMyTrackWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <ol className="my-track">
      {openings.map((one, i) => (
        <li key={`${one.at} ${String(i)}`}>
          <span className="mini second">{formatInstant(one.at, language)}</span>
          <span>
            {say.by[one.role] ?? say.by['machine']}
            {say.colon}
            {said(one.words)}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Undefined where nobody has confirmed which family is theirs. */
async function quarterOf(signal: AbortSignal): Promise<Quarter | undefined> {
  try {
    return await api('GET /my/quarter', { signal })
  } catch (thrown) {
    if (isProblem(thrown) && thrown.code === 'track.noFamilyYet') return undefined
    throw thrown
  }
}

const atOnce = 20

export function MyTrackScreen() {
  const say = useMyTrackWords()
  const loaded = useLoad('my track', async signal => {
    await ensureVisitor(undefined)
    const quarter = await quarterOf(signal)
    const query = { limit: atOnce }
    return {
      quarter,
      records: await api('GET /my/track', { query, signal }),
      openings: await api('GET /my/record/openings', { query, signal }),
    }
  })
  const [records, setRecords] = useState<readonly Kept[]>([])
  const [openings, setOpenings] = useState<readonly Openings[]>([])
  const lastRecords = records.at(-1) ?? loaded.value?.records
  const lastOpenings = openings.at(-1) ?? loaded.value?.openings
  const [ask, asking] = useDeed(async (which: 'records' | 'openings') => {
    if (which === 'records' && lastRecords?.next) {
      const page = await api('GET /my/track', { query: { limit: atOnce, after: lastRecords.next } })
      setRecords(pages => [...pages, page])
    }
    if (which === 'openings' && lastOpenings?.next) {
      const page = await api('GET /my/record/openings', { query: { limit: atOnce, after: lastOpenings.next } })
      setOpenings(pages => [...pages, page])
    }
  })
  if (loaded.value)
    return (
      <MyTrackView
        quarter={loaded.value.quarter}
        records={[loaded.value.records, ...records].flatMap(page => page.items)}
        openings={[loaded.value.openings, ...openings].flatMap(page => page.items)}
        more={{ records: Boolean(lastRecords?.next), openings: Boolean(lastOpenings?.next) }}
        ask={ask}
        asking={asking}
      />
    )
  return (
    <Page title={say.title} nav={<Nav />}>
      {loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['title', 'tall', 'tall']} />
      )}
    </Page>
  )
}
