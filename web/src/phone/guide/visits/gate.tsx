import { useEffect, useState, type ReactNode } from 'react'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Skeleton } from '../../../parts/state.tsx'
import { Strip } from '../../../parts/strip.tsx'
import { formatClock } from '../../../platform/format.ts'
import { useDeed } from '../../../platform/load.ts'
import { useOnline } from '../../../platform/network.ts'
import { Failed } from '../../failed.tsx'
import { GuideNav } from '../nav.tsx'
import { StaffOnly, type StaffSession } from '../staff-only.tsx'
import type { Day } from './day.ts'
import { type Keeper, lookForVault, setUpVault, unlock, useKeeper } from './keeper.ts'
import { useQuickExit } from './quick-exit.tsx'
import { useVisitWords } from './words/index.ts'
import './visits.css'

export type OpenKeeper = Extract<Keeper, { state: 'open' }>

/** Pages of visits: nothing of a family is drawn before the PIN was right. The network is not asked. */
export function Unlocked({ children }: { readonly children: (day: Day, keeper: OpenKeeper) => ReactNode }) {
  const keeper = useKeeper()
  useQuickExit()
  useEffect(() => {
    if (keeper.state === 'asking') void lookForVault()
  }, [keeper.state])
  if (keeper.state === 'open') return children(keeper.day, keeper)
  if (keeper.state === 'locked') return <LockedView left={keeper.left} />
  if (keeper.state === 'none') return <StaffOnly>{session => <SetUp session={session} why={keeper.why} />}</StaffOnly>
  return <Between elsewhere={keeper.state === 'elsewhere'} />
}

function Between({ elsewhere }: { readonly elsewhere: boolean }) {
  const { title, pin: words } = useVisitWords()
  return (
    <Page title={title} nav={<GuideNav />}>
      {elsewhere ? (
        <Empty
          whole
          title={words.elsewhere}
          act={<Button onClick={() => void lookForVault()}>{words.again2}</Button>}
        />
      ) : (
        <Skeleton shape={['title', 'card', 'card']} />
      )}
    </Page>
  )
}

export function PinField({
  label,
  value,
  onChange,
  error,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
}) {
  return (
    <TextField
      label={label}
      kind="password"
      inputMode="numeric"
      maxLength={6}
      value={value}
      onChange={typed => onChange(typed.replaceAll(/\D/g, ''))}
      error={error}
    />
  )
}

export function LockedView({ left }: { readonly left: number }) {
  const { title, pin: words } = useVisitWords()
  const [pin, setPin] = useState('')
  const [wrong, setWrong] = useState<number>()
  const [isShort, setShort] = useState(false)
  const [open, opening] = useDeed(async () => {
    setWrong(await unlock(pin))
    setPin('')
  })
  const tries = wrong ?? (left < 5 ? left : undefined)
  return (
    <Page title={title} nav={<GuideNav />}>
      <h1 tabIndex={-1}>{words.openTitle}</h1>
      <form
        className="stack visits-pin"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setShort(pin.length < 6)
          if (pin.length === 6) open()
        }}
      >
        <PinField
          label={words.pin}
          value={pin}
          onChange={setPin}
          error={isShort ? words.six : tries === undefined ? undefined : words.wrong(tries)}
        />
        {opening.problem && <Failed problem={opening.problem} />}
        <Button kind="main" wide submit busy={opening.busy} busyWords={words.opening}>
          {words.open}
        </Button>
      </form>
    </Page>
  )
}

const tooPlain = (pin: string) =>
  !/^\d{6}$/.test(pin) || /^(\d)\1+$/.test(pin) || '01234567890 9876543210'.includes(pin)

function SetUp({
  session,
  why,
}: {
  readonly session: StaffSession
  readonly why: 'expired' | 'tries' | 'revoked' | undefined
}) {
  const { title, pin: words } = useVisitWords()
  const [[pin, again], setPins] = useState(['', ''])
  const [tried, setTried] = useState(false)
  const [set, setting] = useDeed(() => setUpVault(pin, words.device(session.name)))
  const wrong = tooPlain(pin) ? words.short : pin === again ? undefined : words.differ
  return (
    <Page title={title} nav={<GuideNav />}>
      {why && (
        <Notice tone="ochre" said>
          <p>{words.why[why]}</p>
        </Notice>
      )}
      <h1 tabIndex={-1}>{words.setTitle}</h1>
      <Notice icon="shield">
        <p>{words.setText}</p>
      </Notice>
      <form
        className="stack visits-pin"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          setTried(true)
          if (!wrong) set()
        }}
      >
        <PinField
          label={words.pin}
          value={pin}
          onChange={one => setPins([one, again])}
          error={tried ? wrong : undefined}
        />
        <PinField label={words.again} value={again} onChange={one => setPins([pin, one])} />
        {setting.problem && <Failed problem={setting.problem} />}
        <Button kind="main" wide submit busy={setting.busy} busyWords={words.setting}>
          {words.set}
        </Button>
      </form>
    </Page>
  )
}

/** From when on it is said that the telephone has to be online once. */
const soonMs = 6 * 3_600_000

/** By when this telephone empties itself, once that is near. */
export function UntilLine({ keeper }: { readonly keeper: OpenKeeper }) {
  const { until } = useVisitWords()
  const [soon] = useState(() => keeper.until - Date.now() < soonMs)
  return soon && keeper.problem ? (
    <Notice tone="seal" icon="clock" said>
      <p>{until(formatClock(new Date(keeper.until)))}</p>
    </Notice>
  ) : null
}

/** What has to be known whatever page is open: whether rows go out, and by when the telephone has to be online once. */
export function SendingLine({ keeper }: { readonly keeper: OpenKeeper }) {
  const { pin: words } = useVisitWords()
  const online = useOnline()
  const needsSignIn = keeper.problem?.status === 401
  if (keeper.foreign)
    return (
      <Notice tone="ochre" said>
        <p>{words.foreign}</p>
      </Notice>
    )
  if (needsSignIn)
    return (
      <Notice
        tone="ochre"
        said
        act={
          <ButtonLink to={`#/guide/sign-in?then=${encodeURIComponent('/guide/visits')}`}>{words.signInAct}</ButtonLink>
        }
      >
        <p>{words.signIn}</p>
      </Notice>
    )
  if (!keeper.problem) return null
  // A telephone often believes to have a network where nothing gets through.
  if (keeper.problem.kind === 'offline') return online ? <Strip /> : null
  return <Failed problem={keeper.problem} />
}
