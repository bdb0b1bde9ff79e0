import { type FieldValue, fieldOf } from '@zhulian/kernel'
import { useState } from 'react'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Fold } from '../../../parts/fold.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Page } from '../../../parts/page.tsx'
import { Pick } from '../../../parts/pick.tsx'
import { Empty } from '../../../parts/state.tsx'
import { dayOfInstant, formatDay } from '../../../platform/format.ts'
import { useOnline } from '../../../platform/network.ts'
import { go } from '../../../platform/place.ts'
import { useLanguage, useMarks, useSaid } from '../../../platform/words.ts'
import type { ScreenProps } from '../../kinds.ts'
import { SendingLine, type OpenKeeper, Unlocked } from './gate.tsx'
import { type AlarmKind, type Day, type DayTask, type Form, sheetOf, writerOf } from './day.ts'
import { handIn, raiseAlarm, takeBackHand, write } from './keeper.ts'
import { Media } from './media.tsx'
import { QuickExit } from './quick-exit.tsx'
import { OneField } from './sheet-field.tsx'
import { askFields, factFields, foundFields, type SheetField } from './sheet-fields.ts'
import { useVisitWords } from './words/index.ts'

const both = (words: string) => ({ zh: words, en: words })
const ownField = (field: 'nextOn' | 'note' | 'metWho', words: string, kind: 'date' | 'text'): SheetField => ({
  field,
  words: both(words),
  about: undefined,
  kind,
  options: [],
  unit: undefined,
  known: undefined,
})

export function VisitView({
  day,
  keeper,
  task,
  form,
}: {
  readonly day: Day
  readonly keeper: OpenKeeper
  readonly task: DayTask
  readonly form: Form
}) {
  const { visit: words } = useVisitWords()
  const said = useSaid()
  const { colon, list } = useMarks()
  const language = useLanguage()
  const online = useOnline() && keeper.problem?.kind !== 'offline'
  const sheet = sheetOf(day, task.visit)
  const year = Number(day.today.slice(0, 4))
  const refused = new Map(
    day.pocket.waiting.flatMap(w => (w.sheet === task.visit && w.refused ? [[w.field, said(w.refused)]] : [])),
  )
  const draw = (field: SheetField) => (
    <OneField
      key={field.field}
      field={field}
      state={fieldOf(sheet, field.field)}
      onWrite={value => void write(task.visit, field.field, value)}
      writerOf={id => writerOf(day, task.visit, id)}
      refused={refused.get(field.field)}
      year={year}
    />
  )
  const valueOf = (field: string): FieldValue => {
    const state = fieldOf(sheet, field)
    return state.kind === 'value' ? state.value : null
  }
  const hand = day.hands.find(h => h.visit === task.visit)
  const [tried, setTried] = useState(false)
  const lacks = valueOf('result') === null || (valueOf('risk') === null && valueOf('result') !== 'nobodyHome')
  return (
    <Page
      title={words.back}
      tabTitle={said(form.words)}
      onBack={() => go('/guide/visits')}
      foot={
        hand ? (
          <Button wide onClick={() => void takeBackHand(task.visit)}>
            {words.handBack}
          </Button>
        ) : (
          <Button
            kind="main"
            wide
            onClick={() => {
              setTried(true)
              if (!lacks) void handIn(task.visit, dayOfInstant(new Date()))
            }}
          >
            {online ? words.hand : words.handOffline}
          </Button>
        )
      }
    >
      <p className="visits-top">
        <span className="visits-saved" role="status">
          <Icon name="check" className="strong" />
          {words.saved}
        </span>
        <QuickExit />
      </p>
      <SendingLine keeper={keeper} />
      <header>
        <h1 tabIndex={-1}>{task.headName}</h1>
        <p className="second">
          {task.place} · {said(form.words)}
          {task.dutyWords ? ` · ${said(task.dutyWords)}` : ''}
        </p>
        <p className="second">{said(form.opening)}</p>
      </header>
      {task.why && (
        <Notice icon="info">
          <p>
            <b>{words.why}</b> {said(task.why)}
          </p>
        </Notice>
      )}
      {task.notes.length > 0 && (
        <Notice tone="seal" icon="shield">
          <p>
            <b>{words.notes}</b>
          </p>
          {task.notes.map(note => (
            <p key={note.id}>
              {note.text} <small className="second">{note.by}</small>
            </p>
          ))}
        </Notice>
      )}
      {task.last && (
        <p className="visits-last">
          <b>{words.last(formatDay(task.last.on, language), task.last.by)}</b>
          {said(task.last.result)}
          {task.last.note ? ` · ${task.last.note}` : ''}
        </p>
      )}
      <p className="second">
        {words.people(task.members.length + task.children)}
        {colon}
        {task.members.map(m => `${m.name}${m.age === null ? '' : ` ${words.age(m.age)}`}`).join(list)}
      </p>
      {task.children > 0 && <p className="second">{words.children(task.children)}</p>}
      {/* A day kept from before has none. */}
      {(task.toFind ?? []).length > 0 && (
        <Fold title={words.toFind(task.toFind.length)} plain>
          <p className="second">{words.toFindText}</p>
          <ul>
            {task.toFind.map(one => (
              <li key={one.en}>{said(one)}</li>
            ))}
          </ul>
        </Fold>
      )}
      <section className="section">
        <h2>{words.confirm}</h2>
        {factFields(form, task).map(draw)}
      </section>
      <section className="section">
        <h2>{words.asked}</h2>
        {askFields(form).map(draw)}
      </section>
      <section className="section">
        <h2>{words.found}</h2>
        {foundFields(form, {
          result: both(words.result),
          risk: both(words.risk),
          needs: both(words.needs),
          duties: both(words.duties),
        }).map(draw)}
        {draw(ownField('nextOn', words.nextOn, 'date'))}
        <Note
          visit={task.visit}
          value={valueOf('note')}
          torn={fieldOf(sheet, 'note').kind === 'conflict'}
          draw={draw}
        />
        {draw(ownField('metWho', words.metWho, 'text'))}
        <Whereabouts visit={task.visit} there={valueOf('place') !== null} />
      </section>
      <Media visit={task.visit} files={day.files.filter(f => f.visit === task.visit)} />
      {tried && lacks && !hand && (
        <Notice tone="ochre" said>
          <p>{words.missing}</p>
        </Notice>
      )}
      {hand && (
        <Notice tone={hand.refused || hand.conflict ? 'ochre' : 'hill'} said>
          <p>{hand.refused ? said(hand.refused) : hand.conflict ? words.conflict : words.handed}</p>
        </Notice>
      )}
      <Alarm visit={task.visit} waiting={day.alarms} />
    </Page>
  )
}

function Note({
  visit,
  value,
  torn,
  draw,
}: {
  readonly visit: string
  readonly value: FieldValue
  readonly torn: boolean
  readonly draw: (field: SheetField) => React.ReactNode
}) {
  const { visit: words } = useVisitWords()
  if (torn) return draw(ownField('note', words.note, 'text'))
  return (
    <TextField
      label={words.note}
      lines={4}
      maxLength={2000}
      value={typeof value === 'string' ? value : ''}
      onChange={typed => void write(visit, 'note', typed === '' ? null : typed)}
    />
  )
}

function Whereabouts({ visit, there }: { readonly visit: string; readonly there: boolean }) {
  const { visit: words } = useVisitWords()
  const [failed, setFailed] = useState(false)
  const note = () => {
    setFailed(false)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        void write(visit, 'place', {
          lat: Number(coords.latitude.toFixed(5)),
          lon: Number(coords.longitude.toFixed(5)),
          within: Math.round(coords.accuracy),
        }),
      () => setFailed(true),
      { timeout: 10_000, maximumAge: 60_000 },
    )
  }
  return (
    <p>
      <Button icon="pin" onClick={note}>
        {there ? words.placed : words.place}
      </Button>{' '}
      <span role="status" className="second">
        {failed ? words.placeFailed : ''}
      </span>
    </p>
  )
}

/** Leaves no trace in the sheet, and none here once the township has it. */
function Alarm({ visit, waiting }: { readonly visit: string; readonly waiting: Day['alarms'] }) {
  const { visit: words } = useVisitWords()
  const said = useSaid()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<AlarmKind>()
  const [text, setText] = useState('')
  const [raised, setRaised] = useState<string>()
  const still = waiting.find(a => a.id === raised)
  if (!open)
    return (
      <div className="section">
        {raised && (
          <p role="status" className="second">
            {still?.refused ? said(still.refused) : still ? words.sosWaits : words.sosSent}
          </p>
        )}
        <Button kind="danger" icon="warning" wide onClick={() => setOpen(true)}>
          {words.sos}
        </Button>
      </div>
    )
  return (
    <section className="section card stack">
      <p>{words.sosText}</p>
      <Pick
        name="alarm"
        legend={words.sos}
        options={Object.entries(words.sosKinds).map(([value, label]) => ({ value, label }))}
        chosen={kind}
        onChoose={one => setKind(one as AlarmKind)}
      />
      <TextField label={words.sosWords} lines={3} maxLength={500} value={text} onChange={setText} />
      <Button
        kind="danger"
        wide
        off={kind === undefined}
        onClick={() => {
          if (!kind) return
          void raiseAlarm(visit, kind, text.trim()).then(setRaised)
          setOpen(false)
          setKind(undefined)
          setText('')
        }}
      >
        {words.sosSend}
      </Button>
    </section>
  )
}

export const VisitScreen = ({ params }: ScreenProps) => (
  <Unlocked>
    {(day, keeper) => {
      const task = day.tasks.find(t => t.visit === params['visitId'])
      const form = day.forms.all.find(f => f.kind === task?.kind)
      return task && form ? <VisitView day={day} keeper={keeper} task={task} form={form} /> : <Gone />
    }}
  </Unlocked>
)

function Gone() {
  const { visit: words } = useVisitWords()
  return (
    <Page title={words.back} onBack={() => go('/guide/visits')}>
      <Empty whole title={words.gone} act={<ButtonLink to="#/guide/visits">{words.back}</ButtonLink>}>
        {words.goneText}
      </Empty>
    </Page>
  )
}
