import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useNeedWords } from '../needs/words.ts'
import '../needs/needs.css'

type Wish = Result<'GET /wishes'>['items'][number]
type Show = 'open' | 'mine'

/** 认领: what organisations, firms and helpers may take, and what they took. */
export function WishesScreen() {
  const { wish: say } = useNeedWords()
  const [show, setShow] = useState<Show>('open')
  const [done, setDone] = useState('')
  const [giving, setGiving] = useState<Wish>()
  const pages = usePages(`wishes ${show}`)
  const page = useLoad(`wishes ${show} ${pages.after ?? ''}`, signal =>
    api('GET /wishes', { query: { show, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  useLive(['wishes.wish', 'wishes.thanked'], page.again)
  const [claim, claiming] = useDeed(async (wish: Wish) => {
    setDone('')
    try {
      await api('POST /wishes/:wishId/claim', { params: { wishId: wish.id }, body: {} })
      setDone(say.claimed)
      setShow('mine')
    } finally {
      page.again()
    }
  })
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.publicTitle}</h1>
          <p className="second">{say.publicLead}</p>
        </div>
        <Segmented
          name="wishes-show"
          label={say.showWhich}
          value={show}
          onChange={setShow}
          options={[
            { value: 'open', label: say.open },
            { value: 'mine', label: say.mine },
          ]}
        />
      </header>
      {done && (
        <Notice tone="hill" said>
          {done}
        </Notice>
      )}
      {claiming.problem && <Failed problem={claiming.problem} />}
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {page.value?.items.length === 0 && (
        <Empty title={show === 'open' ? say.noneOpen : say.noneMine}>
          {show === 'open' ? say.noneOpenText : say.noneMineText}
        </Empty>
      )}
      <ul className="wishes">
        {page.value?.items.map(wish => (
          <li key={wish.id}>
            <WishCard wish={wish} busy={claiming.busy} onClaim={() => claim(wish)} onGiveBack={() => setGiving(wish)} />
          </li>
        ))}
      </ul>
      {page.value && <Pager pages={pages} next={page.value.next} />}
      {giving && <GiveBack wish={giving} onGiven={page.again} onClose={() => setGiving(undefined)} />}
    </>
  )
}

function WishCard({
  wish,
  busy,
  onClaim,
  onGiveBack,
}: {
  readonly wish: Wish
  readonly busy: boolean
  readonly onClaim: () => void
  readonly onGiveBack: () => void
}) {
  const { wish: say } = useNeedWords()
  const said = useSaid()
  const language = useLanguage()
  const { taken } = wish
  return (
    <Card label={wish.words}>
      <p className="row">
        {wish.item ? <Tag tone="river">{said(wish.item.name)}</Tag> : <Tag>{said(wish.stateWords)}</Tag>}
        <span className="second small">{say.until(formatDay(wish.untilOn, language))}</span>
      </p>
      <h2 className="wish-words">{wish.words}</h2>
      <p className="second">{[wish.age && said(wish.age), wish.place ?? say.somewhere].filter(Boolean).join(' · ')}</p>
      {taken && (
        <p>{taken.whom ? say.whom(taken.whom.name, taken.whom.reach) : wish.state === 'claimed' ? say.waiting : ''}</p>
      )}
      {taken?.thanks && <Notice tone="hill">{taken.thanks}</Notice>}
      {wish.state === 'open' && (
        <p className="needs-after">
          <Button kind="main" busy={busy} name={say.claimOf(wish.words)} onClick={onClaim}>
            {say.claim}
          </Button>
        </p>
      )}
      {wish.state === 'claimed' && (
        <p className="needs-after">
          <Button name={say.giveBackOf(wish.words)} onClick={onGiveBack}>
            {say.giveBack}
          </Button>
        </p>
      )}
    </Card>
  )
}

function GiveBack({
  wish,
  onGiven,
  onClose,
}: {
  readonly wish: Wish
  readonly onGiven: () => void
  readonly onClose: () => void
}) {
  const { wish: say, form } = useNeedWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const short = reason.trim().length < 2
  const [send, sending] = useDeed(async () => {
    await api('POST /wishes/:wishId/unclaim', { params: { wishId: wish.id }, body: { reason: reason.trim() } })
    onGiven()
    onClose()
  })
  return (
    <FormDialog
      title={say.giveBackOf(wish.words)}
      deed={sending}
      save={say.giveBack}
      saving={form.saving}
      onSend={() => {
        setTried(true)
        if (!short) send()
      }}
      onClose={onClose}
    >
      <TextField
        label={say.giveBackWhy}
        lines={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && short ? form.must : undefined}
      />
    </FormDialog>
  )
}
