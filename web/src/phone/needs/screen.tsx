import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { type Deed, useDeed, useLoad } from '../../platform/load.ts'
import { goBack } from '../../platform/place.ts'
import { ensureVisitor } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Calm } from '../interview/calm.tsx'
import { Nav } from '../nav.tsx'
import { useMyNeedWords } from './words/index.ts'
import './screen.css'

type MyNeed = Result<'GET /my/needs'>['items'][number]
type MyOrder = Result<'GET /my/orders'>['items'][number]
type Answer = (need: MyNeed, step: MyNeed['next'][number]['step'], note?: string) => void

export interface MyNeedsViewProps {
  readonly needs: readonly MyNeed[]
  /** There was more, longer ago. */
  readonly more: boolean
  /** Who comes for which of them. */
  readonly orders: readonly MyOrder[]
  /** It came in; with numbers to call where a trained person reads it first. */
  readonly told: Result<'POST /my/needs'> | undefined
  readonly tell: (words: string) => void
  readonly telling: Deed
  readonly another: () => void
  readonly answer: Answer
  readonly answering: Deed
}

/** 我家需要什么: said in one's own words, and where each thing stands. */
export function MyNeedsView({
  needs,
  more,
  orders,
  told,
  tell,
  telling,
  another,
  answer,
  answering,
}: MyNeedsViewProps) {
  const say = useMyNeedWords()
  return (
    <Page title={say.title} onBack={() => goBack('/mine')} nav={<Nav />}>
      {told ? (
        <>
          <h1 tabIndex={-1}>{told.calm ? say.doneCareful : say.done}</h1>
          {told.calm && <Calm calm={told.calm} />}
          <Button wide onClick={another}>
            {say.another}
          </Button>
        </>
      ) : (
        <TellForm tell={tell} telling={telling} />
      )}
      <section className="section" aria-label={say.list}>
        <h2>{say.list}</h2>
        {needs.length === 0 && <p className="second">{say.none}</p>}
        {answering.problem && <Failed problem={answering.problem} />}
        <div className="my-needs">
          {needs.map(need => (
            <MyNeedCard
              key={need.id}
              need={need}
              order={orders.find(order => order.need === need.id)}
              answer={answer}
              busy={answering.busy}
            />
          ))}
        </div>
        {more && <p className="second">{say.more}</p>}
      </section>
    </Page>
  )
}

function TellForm({ tell, telling }: Pick<MyNeedsViewProps, 'tell' | 'telling'>) {
  const say = useMyNeedWords()
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const short = words.trim().length < 4
  return (
    <>
      <h1 tabIndex={-1}>{say.headline}</h1>
      <p className="lead">{say.lead}</p>
      <form
        className="section stack-wide"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setTried(true)
          if (!short) tell(words.trim())
        }}
      >
        {telling.problem && <Failed problem={telling.problem} />}
        <TextField
          label={say.what}
          hint={say.whatHint}
          lines={3}
          maxLength={300}
          value={words}
          onChange={setWords}
          error={tried && short ? say.must : undefined}
        />
        <Button kind="main" wide submit busy={telling.busy} busyWords={say.sending}>
          {say.send}
        </Button>
      </form>
    </>
  )
}

function MyNeedCard({
  need,
  order,
  answer,
  busy,
}: {
  readonly need: MyNeed
  readonly order: MyOrder | undefined
  readonly answer: Answer
  readonly busy: boolean
}) {
  const say = useMyNeedWords()
  const said = useSaid()
  const language = useLanguage()
  const [asked, setAsked] = useState<MyNeed['next'][number]['step']>()
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const short = why.trim().length < 2
  const asking = need.next.find(step => step.step === asked)
  return (
    <section className="card my-need" aria-label={need.words}>
      <p className="mini second">{say.toldOn(formatDay(need.toldOn, language))}</p>
      <h3>{need.words}</h3>
      <Notice tone={need.closed ? 'hill' : 'river'}>
        <p>
          {said(need.told)} <span className="second small">{say.since(formatDay(need.sinceOn, language))}</span>
        </p>
      </Notice>
      {order && !need.closed && <Comes order={order} />}
      {asking ? (
        <form
          className="my-need-ways"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setTried(true)
            if (!short) answer(need, asking.step, why.trim())
          }}
        >
          <TextField
            label={say.why}
            hint={say.whyHint}
            lines={2}
            maxLength={300}
            value={why}
            onChange={setWhy}
            error={tried && short ? say.mustWhy : undefined}
          />
          <Button wide kind="main" submit busy={busy}>
            {said(asking.words)}
          </Button>
        </form>
      ) : (
        <div className="my-need-ways">
          {need.next.map(step => (
            <Button
              key={step.step}
              wide
              kind={step.step === 'confirm' ? 'main' : step.step === 'withdraw' ? 'text' : 'framed'}
              name={`${said(step.words)}: ${need.words}`}
              busy={busy}
              onClick={() => (step.asksReason ? setAsked(step.step) : answer(need, step.step))}
            >
              {said(step.words)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

/** Who comes, until when, and what to read out to them. */
function Comes({ order }: { readonly order: MyOrder }) {
  const say = useMyNeedWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <div className="my-need-comes">
      <p>
        {order.provider} · {said(order.service)} · {said(order.told)}
      </p>
      {order.code && (
        <>
          <p className="second small">{say.comesBy(formatDay(order.dueBy, language))}</p>
          <p className="my-need-code">{order.code.replace(/(\d{3})/, '$1 ')}</p>
          <p className="second small">{say.code}</p>
        </>
      )}
    </div>
  )
}

export function MyNeedsScreen() {
  const say = useMyNeedWords()
  const [told, setTold] = useState<Result<'POST /my/needs'>>()
  const loaded = useLoad('my needs', async signal => {
    await ensureVisitor(undefined)
    const [needs, orders] = await Promise.all([api('GET /my/needs', { signal }), api('GET /my/orders', { signal })])
    return { needs: needs.items, more: needs.more, orders: orders.items }
  })
  useLive(['wishes.', 'projects.order'], loaded.again)
  const [tell, telling] = useDeed(async (words: string) => {
    setTold(await api('POST /my/needs', { body: { words } }))
    loaded.again()
  })
  const [answer, answering] = useDeed(async (need: MyNeed, step: MyNeed['next'][number]['step'], note?: string) => {
    await api('POST /my/needs/:needId/steps', {
      params: { needId: need.id },
      body: { step: step as 'confirm', expectedVersion: need.version, ...(note ? { note } : {}) },
    })
    loaded.again()
  })
  if (loaded.value)
    return (
      <MyNeedsView
        needs={loaded.value.needs}
        more={loaded.value.more}
        orders={loaded.value.orders}
        told={told}
        tell={tell}
        telling={telling}
        another={() => setTold(undefined)}
        answer={answer}
        answering={answering}
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
