import { duties, dutyWords } from '@zhulian/kernel'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Skeleton } from '../../../parts/state.tsx'
import { api } from '../../../platform/api.ts'
import { everyPage } from '../../../platform/every-page.ts'
import { type FamilySearch, useFamilySearch } from '../../../platform/families.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad, type Deed } from '../../../platform/load.ts'
import { goBack } from '../../../platform/place.ts'
import { useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import { StaffOnly } from '../staff-only.tsx'
import type { Duties, DutyLine } from '../kinds.ts'
import { DutyRow } from './duty-row.tsx'
import { NoteForm, type NewDuty } from './note-form.tsx'
import { useDutyWords } from './words/index.ts'
import './screen.css'

export interface DutiesViewProps extends FamilySearch {
  readonly month: Duties['month']
  readonly open: readonly DutyLine[]
  readonly done: readonly DutyLine[]
  /** What was just done, in a sentence. */
  readonly said: 'began' | 'noted' | 'takenBack' | ''
  readonly noting: boolean
  readonly setNoting: (noting: boolean) => void
  readonly start: (duty: NewDuty) => void
  readonly starting: Deed
  readonly finish: (id: string, note: string) => void
  readonly takeBack: (id: string) => void
  readonly changing: Deed
  readonly more?: (() => void) | undefined
}

/** What a guide does of the four duties: how much this month, what is unfinished, one more by hand. */
export function DutiesView(props: DutiesViewProps) {
  const words = useDutyWords()
  const inWords = useSaid()
  const { month, open, done, said, noting, setNoting, changing } = props
  return (
    <Page title={words.title} onBack={() => goBack('/guide')}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      <p className="lead">{words.lead}</p>
      <section className="section" aria-label={words.month}>
        <h2>{words.month}</h2>
        <ul className="duty-numbers">
          {duties.map(duty => (
            <li key={duty}>
              <b>{month[duty]}</b>
              {inWords(dutyWords[duty])}
            </li>
          ))}
        </ul>
      </section>
      {said && (
        <Notice tone="hill" said>
          <p>{words[said]}</p>
        </Notice>
      )}
      {changing.problem && <Failed problem={changing.problem} />}
      {noting ? (
        <NoteForm {...props} onLeave={() => setNoting(false)} />
      ) : (
        <Button kind="main" wide icon="plus" onClick={() => setNoting(true)}>
          {words.start}
        </Button>
      )}
      <section className="section" aria-label={words.open}>
        <h2>{words.open}</h2>
        {open.length === 0 && <p className="second">{words.noOpen}</p>}
        <ul className="stack">
          {open.map(line => (
            <DutyRow key={line.id} line={line} {...props} />
          ))}
        </ul>
      </section>
      <section className="section" aria-label={words.doneOnes}>
        <h2>{words.doneOnes}</h2>
        {done.length === 0 && <p className="second">{words.noDone}</p>}
        <ul className="stack">
          {done.map(line => (
            <DutyRow key={line.id} line={line} {...props} />
          ))}
        </ul>
        {props.more && (
          <Button kind="text" onClick={props.more}>
            {words.more}
          </Button>
        )}
      </section>
    </Page>
  )
}

function LiveDuties() {
  const words = useDutyWords()
  const [limit, setLimit] = useState(20)
  const [noting, setNoting] = useState(false)
  const [said, setSaid] = useState<DutiesViewProps['said']>('')
  const { find, finding, found, forget } = useFamilySearch()
  const open = useLoad('duties open', signal =>
    everyPage(page => api('GET /duties', { query: { state: 'open', mine: 'true', ...page }, signal })),
  )
  const done = useLoad(`duties done ${limit}`, signal =>
    api('GET /duties', { query: { state: 'done', mine: 'true', limit }, signal }),
  )
  const again = () => {
    open.again()
    done.again()
  }
  useLive(['outreach.caseMoved', 'outreach.visited'], again)
  const [start, starting] = useDeed(async ({ household, ...body }: NewDuty) => {
    await api('POST /households/:householdId/duties', { params: { householdId: household }, body })
    setSaid(body.done ? 'noted' : 'began')
    setNoting(false)
    forget()
    again()
  })
  const [change, changing] = useDeed(async (dutyId: string, note: string | undefined) => {
    try {
      if (note === undefined) await api('DELETE /duties/:dutyId', { params: { dutyId } })
      else await api('POST /duties/:dutyId/finish', { params: { dutyId }, body: note ? { note } : {} })
      setSaid(note === undefined ? 'takenBack' : 'noted')
    } finally {
      again()
    }
  })
  const problem = open.problem ?? done.problem
  if (!open.value || !done.value)
    return (
      <Page title={words.title} onBack={() => goBack('/guide')}>
        {problem ? <Failed problem={problem} again={again} /> : <Skeleton shape={['title', 'card', 'card']} />}
      </Page>
    )
  return (
    <DutiesView
      month={done.value.month}
      open={open.value.items}
      done={done.value.items}
      said={said}
      noting={noting}
      setNoting={next => {
        setSaid('')
        setNoting(next)
      }}
      find={find}
      finding={finding}
      found={found}
      start={start}
      starting={starting}
      finish={(id, note) => change(id, note)}
      takeBack={id => change(id, undefined)}
      changing={changing}
      more={done.value.next && limit < 100 ? () => setLimit(100) : undefined}
    />
  )
}

export const DutiesScreen = () => <StaffOnly>{() => <LiveDuties />}</StaffOnly>
