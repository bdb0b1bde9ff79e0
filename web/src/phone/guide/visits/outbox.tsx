import type { ReactNode } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Icon, type IconName } from '../../../parts/icon.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty } from '../../../parts/state.tsx'
import { go } from '../../../platform/place.ts'
import { useMarks, useSaid } from '../../../platform/words.ts'
import { GuideNav } from '../nav.tsx'
import { type OpenKeeper, SendingLine, Unlocked, UntilLine } from './gate.tsx'
import { conflictsIn, type Day, unsent } from './day.ts'
import { sync } from './keeper.ts'
import { QuickExit } from './quick-exit.tsx'
import { askFields, factFields, foundFields, saidOf, type SheetField } from './sheet-fields.ts'
import { useVisitWords } from './words/index.ts'

type VisitWords = ReturnType<typeof useVisitWords>['visit']
const both = (words: string) => ({ zh: words, en: words })

/** The fields of a sheet by name, so that a row can say what it is. */
function fieldsOf(day: Day, visit: string, own: VisitWords): ReadonlyMap<string, SheetField> {
  const task = day.tasks.find(t => t.visit === visit)
  const form = day.forms.all.find(f => f.kind === task?.kind)
  if (!task || !form) return new Map()
  const plain = (['nextOn', 'note', 'metWho', 'place'] as const).map(field => ({
    field,
    words: both(own[field]),
    about: undefined,
    kind: 'text' as const,
    options: [],
    unit: undefined,
    known: undefined,
  }))
  const found = foundFields(form, {
    result: both(own.result),
    risk: both(own.risk),
    needs: both(own.needs),
    duties: both(own.duties),
  })
  return new Map([...factFields(form, task), ...askFields(form), ...found, ...plain].map(f => [f.field, f]))
}

export function OutboxView({ day, keeper }: { readonly day: Day; readonly keeper: OpenKeeper }) {
  const { box: words, visit, sendNow, sending } = useVisitWords()
  const said = useSaid()
  const { colon, list } = useMarks()
  const waits = unsent(day)
  const nameOf = (id: string) => day.tasks.find(t => t.visit === id)?.headName ?? ''
  const rows = day.pocket.waiting.map(w => {
    const field = fieldsOf(day, w.sheet, visit).get(w.field)
    const what = field ? `${field.about ? `${field.about} · ` : ''}${said(field.words)}` : w.field
    const value = field ? saidOf(field, w.value, said, visit.empty, list) : ''
    const state = w.refused ? 'refused' : keeper.sending && w.sent ? 'sending' : 'waiting'
    return { id: w.id, visit: w.sheet, state, what, text: w.refused ? said(w.refused) : value } as const
  })
  const going = keeper.sending ? 'sending' : 'waiting'
  const stateOfHand = (hand: Day['hands'][number]): keyof typeof words.states =>
    hand.refused
      ? 'refused'
      : hand.conflict
        ? 'conflict'
        : day.pocket.waiting.some(w => w.refused && w.sheet === hand.visit)
          ? 'held'
          : going
  const torn = day.tasks.flatMap(t =>
    conflictsIn(day, t.visit).map(field => {
      const known = fieldsOf(day, t.visit, visit).get(field)
      const what = known ? `${known.about ? `${known.about} · ` : ''}${said(known.words)}` : field
      return { id: `${t.visit} ${field}`, visit: t.visit, what }
    }),
  )
  return (
    <Page title={words.title} onBack={() => go('/guide/visits')} nav={<GuideNav />}>
      <p className="visits-top">
        <span />
        <QuickExit />
      </p>
      <SendingLine keeper={keeper} />
      <UntilLine keeper={keeper} />
      <h1 tabIndex={-1}>{words.headline(waits, torn.length)}</h1>
      {waits + torn.length === 0 ? (
        <Empty good title={words.none}>
          {words.noneText}
        </Empty>
      ) : (
        <ul className="card visits-outbox">
          {torn.map(one => (
            <Row
              key={one.id}
              icon="people"
              tone="seal"
              name={nameOf(one.visit)}
              what={one.what}
              state={words.states.conflict}
              act={<a href={`#/guide/visit/${one.visit}`}>{words.settle}</a>}
            />
          ))}
          {rows.map(one => (
            <Row
              key={one.id}
              icon={one.state === 'refused' ? 'undo' : one.state === 'sending' ? 'tray' : 'clock'}
              tone={one.state === 'refused' ? 'ochre' : ''}
              name={nameOf(one.visit)}
              what={`${one.what}${one.text ? `${colon}${one.text}` : ''}`}
              state={words.states[one.state]}
              act={one.state === 'refused' && <a href={`#/guide/visit/${one.visit}`}>{words.fix}</a>}
            />
          ))}
          {day.hands.map(hand => (
            <Row
              key={`hand ${hand.visit}`}
              icon={hand.refused ? 'undo' : hand.conflict ? 'people' : 'clock'}
              tone={hand.refused ? 'ochre' : hand.conflict ? 'seal' : ''}
              name={nameOf(hand.visit)}
              what={`${words.hand}${hand.refused ? `${colon}${said(hand.refused)}` : ''}`}
              state={words.states[stateOfHand(hand)]}
              act={hand.refused && <a href={`#/guide/visit/${hand.visit}`}>{words.fix}</a>}
            />
          ))}
          {day.files
            .filter(f => !f.sent)
            .map(file => (
              <Row
                key={file.id}
                icon={file.refused === undefined ? 'clock' : 'undo'}
                tone={file.refused === undefined ? '' : 'ochre'}
                name={nameOf(file.visit)}
                what={`${words.file(visit.files[file.kind], Math.max(1, Math.round(file.bytes / 1024)))}${file.refused ? `${colon}${file.refused}` : ''}`}
                state={words.states[file.refused === undefined ? going : 'refused']}
                act={file.refused !== undefined && <a href={`#/guide/visit/${file.visit}`}>{words.fix}</a>}
              />
            ))}
          {day.alarms.map(one => (
            <Row
              key={one.id}
              icon={one.refused ? 'undo' : 'clock'}
              tone={one.refused ? 'ochre' : ''}
              name=""
              what={`${words.alarm}${one.refused ? `${colon}${said(one.refused)}` : ''}`}
              state={words.states[one.refused ? 'refused' : going]}
              act={null}
            />
          ))}
        </ul>
      )}
      {day.said.length > 0 && (
        <section className="section">
          <h2>{words.said}</h2>
          {day.said.map((one, i) => (
            <p key={`${one.zh} ${String(i)}`}>{said(one)}</p>
          ))}
        </section>
      )}
      <p className="fine">{words.how}</p>
      <Button kind="main" wide onClick={() => void sync()} busy={keeper.sending} busyWords={sending}>
        {sendNow}
      </Button>
    </Page>
  )
}

function Row({
  icon,
  tone,
  name,
  what,
  state,
  act,
}: {
  readonly icon: IconName
  readonly tone: string
  readonly name: string
  readonly what: string
  readonly state: string
  readonly act: ReactNode
}) {
  return (
    <li className={tone}>
      <Icon name={icon} />
      <span>
        {name && <b>{name} </b>}
        {what}
        <small>{state}</small>
      </span>
      {act}
    </li>
  )
}

export const OutboxScreen = () => <Unlocked>{(day, keeper) => <OutboxView day={day} keeper={keeper} />}</Unlocked>
