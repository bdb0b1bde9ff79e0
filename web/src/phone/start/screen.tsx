import { useState } from 'react'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Choices, Question } from '../../parts/choice.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { api, type Result } from '../../platform/api.ts'
import { setLargeType, useLargeType } from '../../platform/large-type.ts'
import { useDeed, useLoad, type Deed } from '../../platform/load.ts'
import { go } from '../../platform/place.ts'
import { ensureVisitor, useSession } from '../../platform/session.ts'
import { Failed } from '../failed.tsx'
import { keepInterview } from '../interview/interviews.ts'
import type { Interview, ScreenProps } from '../kinds.ts'
import { Nav } from '../nav.tsx'
import { useVillageName } from '../villages.ts'
import { useWords } from '../words/index.ts'
import { Landscape } from './landscape.tsx'
import './screen.css'

type Depth = Interview['depth']
type Started = Result<'GET /interviews'>['items'][number]

export interface StartViewProps {
  readonly village: string | undefined
  /** An interview to go on with, or one that is finished. */
  readonly last: Started | undefined
  /** How much is to be asked. */
  readonly depth: Depth
  readonly setDepth: (depth: Depth) => void
  readonly begin: () => void
  readonly beginning: Deed
}

export function StartView({ village, last, depth, setDepth, begin, beginning }: StartViewProps) {
  const { start } = useWords()
  const large = useLargeType()
  const open = last?.state === 'open' ? last : undefined
  const done = last?.screening ?? undefined
  return (
    <Page title={start.title} tabTitle={start.tab} nav={<Nav />}>
      {village && (
        <p className="start-village">
          <Icon name="pin" />
          {start.inVillage(village)}
        </p>
      )}
      <h1 className="start-headline" tabIndex={-1}>
        {start.headline}
      </h1>
      <p className="lead">{start.lead}</p>
      <Landscape />
      <div className="actions">
        {beginning.problem && <Failed problem={beginning.problem} again={begin} />}
        {open && (
          <ButtonLink kind="main" wide to={`#/ask/${open.id}`}>
            {start.resume(open.answered)}
          </ButtonLink>
        )}
        <Question small title={start.depth}>
          <Choices
            name="depth"
            options={(['likely', 'everything'] as const).map(one => ({ value: one, ...start.depths[one] }))}
            chosen={[depth]}
            onChoose={([one]) => setDepth(one === 'everything' ? one : 'likely')}
          />
        </Question>
        <Button kind={open ? 'framed' : 'main'} wide onClick={begin} busy={beginning.busy} busyWords={start.beginning}>
          {open ? start.startOver : start.begin}
        </Button>
        {!open && done && (
          <ButtonLink wide to={`#/result/${done}`}>
            {start.seeResult}
          </ButtonLink>
        )}
        {!large && (
          <Button kind="text" wide onClick={() => setLargeType(true)}>
            {start.largeOffer}
          </Button>
        )}
      </div>
      <ul className="start-points">
        {start.points.map(([title, text]) => (
          <li key={title}>
            <Icon name="check" className="strong" />
            <span>
              <b>{title}</b>
              <small>{text}</small>
            </span>
          </li>
        ))}
      </ul>
      <Fold title={start.dataTitle} icon="shield">
        {start.data.map(line => (
          <p key={line}>{line}</p>
        ))}
      </Fold>
      <p className="fine">{start.about}</p>
      <p className="start-guide">
        <a href="#/guide">{start.guide}</a>
      </p>
    </Page>
  )
}

export function StartScreen({ params }: ScreenProps) {
  const village = params['village']
  const session = useSession()
  const name = useVillageName(village)
  const [depth, setDepth] = useState<Depth>('likely')
  const mine = useLoad(session.state === 'known' && session.role === 'resident' ? 'interviews' : undefined, signal =>
    api('GET /interviews', { signal }),
  )
  const [begin, beginning] = useDeed(async () => {
    await ensureVisitor(village)
    const interview = await api('POST /interviews', { body: { depth, ...(village ? { village } : {}) } })
    keepInterview(interview)
    go(`/ask/${interview.id}`)
  })
  return (
    <StartView
      village={name}
      last={mine.value?.items[0]}
      depth={depth}
      setDepth={setDepth}
      begin={begin}
      beginning={beginning}
    />
  )
}
