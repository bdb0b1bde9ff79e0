import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useNeedWords } from './words.ts'

type Answer = Result<'GET /needs/:needId/wish'>

/** How a need is published for somebody to take: the text as anybody will read it, and what is said of the person. */
export function Publish({ needId, onChanged }: { readonly needId: string; readonly onChanged: () => void }) {
  const { wish: say } = useNeedWords()
  const loaded = useLoad(`wish of ${needId}`, signal => api('GET /needs/:needId/wish', { params: { needId }, signal }))
  useLive(['wishes.need', 'wishes.wish'], loaded.again)
  // What somebody wrote while a colleague published other words is not lost.
  const [mine, setMine] = useState<string>()
  const lost = loaded.value?.published && mine !== undefined && mine.trim() !== loaded.value.published.words
  const again = () => {
    loaded.again()
    onChanged()
  }
  return (
    <Card label={say.title}>
      <h2>{say.title}</h2>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['line', 'line']} />}
      {lost && <Notice tone="ochre">{say.yours(mine)}</Notice>}
      {loaded.value?.published && <Published wish={loaded.value.published} onChanged={again} />}
      {loaded.value && !loaded.value.published && (
        <Draft needId={needId} draft={loaded.value.draft} onWords={setMine} onPublished={again} />
      )}
    </Card>
  )
}

function Draft({
  needId,
  draft,
  onWords,
  onPublished,
}: {
  readonly needId: string
  readonly draft: Answer['draft']
  readonly onWords: (words: string) => void
  readonly onPublished: () => void
}) {
  const { wish: say } = useNeedWords()
  const said = useSaid()
  const [words, setWords] = useState(draft.words)
  const [read, setRead] = useState(false)
  const [tried, setTried] = useState(false)
  const short = words.trim().length < 4
  const [publish, publishing] = useDeed(async () => {
    await api('POST /needs/:needId/wish', { params: { needId }, body: { words: words.trim(), read } })
    onPublished()
  })
  if (draft.alike === null) return <p className="second">{say.tooFew}</p>
  return (
    <form
      className="stack-wide"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (!short && read) publish()
      }}
    >
      <p className="second">{say.about}</p>
      {publishing.problem && <Failed problem={publishing.problem} />}
      <TextField
        label={say.words}
        hint={draft.found.length > 0 ? say.found(draft.found.map(said)) : say.wordsHint}
        lines={3}
        maxLength={200}
        value={words}
        onChange={value => {
          setWords(value)
          onWords(value)
        }}
        error={tried && short ? say.must : undefined}
      />
      <dl className="needs-said">
        <div>
          <dt>{say.told}</dt>
          <dd>{[draft.age && said(draft.age), draft.place ?? say.somewhere].filter(Boolean).join(' · ')}</dd>
        </div>
        <div>
          <dt>{say.alike}</dt>
          <dd>{say.people(draft.alike)}</dd>
        </div>
      </dl>
      <label className="needs-check">
        <input type="checkbox" checked={read} onChange={event => setRead(event.currentTarget.checked)} />
        {say.read}
      </label>
      {tried && !read && <p className="field-error">{say.mustRead}</p>}
      <div>
        <Button kind="main" submit busy={publishing.busy} busyWords={say.publishing}>
          {say.publish}
        </Button>
      </div>
    </form>
  )
}

function Published({
  wish,
  onChanged,
}: {
  readonly wish: NonNullable<Answer['published']>
  readonly onChanged: () => void
}) {
  const { wish: say } = useNeedWords()
  const said = useSaid()
  const language = useLanguage()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [takeDown, takingDown] = useDeed(async () => {
    await api('POST /wishes/:wishId/withdraw', { params: { wishId: wish.id }, body: { reason: reason.trim() } })
    onChanged()
  })
  return (
    <>
      <p className="row">
        <Tag tone={wish.state === 'open' ? 'ochre' : 'river'}>{said(wish.stateWords)}</Tag>
        <span className="second small">{say.until(formatDay(wish.untilOn, language))}</span>
      </p>
      <p className="needs-words">{wish.words}</p>
      <p className="second">{[wish.age && said(wish.age), wish.place ?? say.somewhere].filter(Boolean).join(' · ')}</p>
      {wish.taken && (
        <dl className="needs-said">
          <div>
            <dt>{say.takenBy}</dt>
            <dd>
              {wish.taken.by} · {formatDay(wish.taken.on, language)}
            </dd>
          </div>
          <div>
            <dt>{say.family}</dt>
            <dd>{wish.taken.agreed ? say.agreed : say.notAsked}</dd>
          </div>
          {wish.taken.thanks && (
            <div>
              <dt>{say.thanks}</dt>
              <dd>{wish.taken.thanks}</dd>
            </div>
          )}
        </dl>
      )}
      {wish.state === 'open' && (
        <form
          className="stack needs-after"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setTried(true)
            if (reason.trim().length > 1) takeDown()
          }}
        >
          {takingDown.problem && <Failed problem={takingDown.problem} />}
          <TextField
            label={say.reason}
            maxLength={300}
            value={reason}
            onChange={setReason}
            error={tried && reason.trim().length < 2 ? say.mustReason : undefined}
          />
          <div>
            <Button submit busy={takingDown.busy}>
              {say.takeDown}
            </Button>
          </div>
        </form>
      )}
    </>
  )
}
