import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { VisitDialog } from './visit-dialog.tsx'
import { usePairingWords } from './words.ts'
import './pairing.css'

type Mine = Result<'GET /my/pairings'>['items'][number]

/** 结对帮扶: the families a helper stands by, and a sentence on each visit. */
export function PairingScreen() {
  const say = usePairingWords()
  const language = useLanguage()
  const [noting, setNoting] = useState<Mine>()
  const [noted, setNoted] = useState(false)
  const loaded = useLoad('my pairings', signal => api('GET /my/pairings', { signal }))
  useLive(['outreach.paired'], loaded.again)
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.lead}</p>
        </div>
      </header>
      <div className="desk-pile">
        {noted && (
          <Notice tone="hill" said>
            {say.visit.done}
          </Notice>
        )}
        {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
        {!loaded.value && !loaded.problem && <Skeleton shape={['card', 'card']} />}
        {loaded.value?.items.length === 0 && (
          <Empty good title={say.emptyTitle}>
            {say.emptyText}
          </Empty>
        )}
        {loaded.value?.items.map(one => (
          <Card key={one.id} label={one.name}>
            <div className="desk-card-head">
              <h2>
                {one.name} <span className="second small">{one.place}</span>
              </h2>
              <Button kind="main" icon="pen" name={`${say.note} ${one.name}`} onClick={() => setNoting(one)}>
                {say.note}
              </Button>
            </div>
            <p className="row">
              {one.nextOn ? (
                <Tag tone={one.late ? 'seal' : 'river'}>
                  {(one.late ? say.late : say.next)(formatDay(one.nextOn, language))}
                </Tag>
              ) : (
                <span className="second">{say.noNext}</span>
              )}
              <span className="second small">{one.lastOn ? say.last(formatDay(one.lastOn, language)) : say.never}</span>
            </p>
            <p>
              <span className="second">{say.reach}</span> <Reach words={one.reach ?? say.noReach} />
            </p>
          </Card>
        ))}
      </div>
      {noting && (
        <VisitDialog
          pairing={noting.id}
          name={noting.name}
          onNoted={() => {
            setNoted(true)
            loaded.again()
          }}
          onClose={() => setNoting(undefined)}
        />
      )}
    </>
  )
}

/** A number in it can be called. */
function Reach({ words }: { readonly words: string }) {
  const found = /\d[\d -]{5,}\d/.exec(words)
  if (!found) return words
  const [number] = found
  return (
    <>
      {words.slice(0, found.index)}
      <a className="pairing-number" href={`tel:${number.replaceAll(/\D/g, '')}`}>
        {number}
      </a>
      {words.slice(found.index + number.length)}
    </>
  )
}
