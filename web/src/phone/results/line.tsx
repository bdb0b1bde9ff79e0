import { Button, ButtonLink } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useKnownFrom } from '../../parts/known-from.ts'
import { Notice } from '../../parts/notice.tsx'
import { Amount, MiniResult, Result } from '../../parts/result.tsx'
import { Example } from '../../parts/tag.tsx'
import { formatYuan } from '../../platform/format.ts'
import { useMarks, useSaid } from '../../platform/words.ts'
import type { PolicyResult } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import { firstToSay, type Line, type Row } from './lines.ts'
import type { Fill } from './use-fill.ts'

type Money = NonNullable<PolicyResult['money']>

/** The figure apart from its unit, so that it can be large: 约 2,403 | 元/月. */
export function useFigure(): (money: Money) => { figure: string; unit: string | undefined } {
  const { results } = useWords()
  const said = useSaid()
  return money => {
    const yuan = money.amount ?? money.atLeast
    if (yuan === null) return { figure: said(money.words), unit: undefined }
    return {
      figure: money.amount === null ? results.atLeast(formatYuan(yuan)) : results.about(formatYuan(yuan)),
      unit: results.per[money.period ?? 'once'],
    }
  }
}

/** Who answers has no call name of their own in the result; the language has its word for it. */
export function usePersonName(): (person: PolicyResult['person']) => string | undefined {
  const { results } = useWords()
  return person => (person?.callName === selfName ? results.you : person?.callName)
}

const selfName = '\u60a8'

/** One line whole. */
export function WholeLine({
  line: { kind, line },
  open,
  whole,
  fill,
  people,
}: {
  readonly line: Line
  readonly open: boolean
  readonly whole?: boolean
  readonly fill?: Fill | undefined
  /** All whom it is for, where that is more than one. */
  readonly people?: Row['people']
}) {
  const { results } = useWords()
  const said = useSaid()
  const figure = useFigure()
  const { list } = useMarks()
  const personName = usePersonName()
  const knownFrom = useKnownFrom()
  const forWhom = (people ?? [line.person]).flatMap(person => personName(person) ?? []).join(list)
  const money = kind === 'policy' ? line.money : null
  const reasons = line.reasons.map(reason => ({
    holds: reason.holds,
    text: said(reason.words),
    from: knownFrom(reason.sources),
  }))
  const shared = reasons.length > 1 && reasons.every(r => r.from === reasons[0]?.from) ? reasons[0]?.from : undefined
  const more =
    kind === 'policy'
      ? [
          ...(line.formula ? [{ term: results.formula, words: said(line.formula) }] : []),
          ...(line.materials.length
            ? [{ term: results.materials, words: <Materials lines={line.materials.map(said)} /> }]
            : []),
          { term: results.where, words: said(line.whereToGo) },
          ...(line.howLong ? [{ term: results.howLong, words: said(line.howLong) }] : []),
          { term: results.summary, words: said(line.summary) },
        ]
      : [
          { term: results.summary, words: said(line.summary) },
          ...(line.dose ? [{ term: results.dose, words: said(line.dose) }] : []),
          ...(line.price ? [{ term: results.price, words: said(line.price) }] : []),
        ]
  return (
    <Result
      name={said(line.name)}
      whole={whole ?? false}
      by={[
        kind === 'policy' ? said(line.unit) : results.serviceBy,
        forWhom === '' ? results.whole : results.forPerson(forWhom),
      ].join(' · ')}
      amount={
        money &&
        line.group !== 'notNow' && (
          <Amount {...figure(money)} example={money.example} small={money.amount === null && money.atLeast === null} />
        )
      }
      reasons={reasons.filter(reason => reason.holds).map(reason => (shared ? { ...reason, from: '' } : reason))}
      more={{ title: kind === 'policy' ? results.more : results.summary, open, lines: more }}
    >
      {reasons.some(reason => !reason.holds) && (
        <ul className="result-against">
          {reasons
            .filter(reason => !reason.holds)
            .map(reason => (
              <li key={reason.text}>
                <Icon name="minus" className="strong" />
                <span>
                  {reason.text}
                  {reason.from && !shared && <small>{reason.from}</small>}
                </span>
              </li>
            ))}
        </ul>
      )}
      {shared && <p className="second small">{results.allFrom(shared)}</p>}
      {line.gap.length > 0 && <Gap gap={line.gap} />}
      <Conditions line={{ kind, line } as Line} />
      {line.missing.length > 0 && <Missing missing={line.missing} fill={fill} />}
    </Result>
  )
}

const Materials = ({ lines }: { readonly lines: readonly string[] }) => (
  <ul className="materials">
    {lines.map(line => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)

/** What a no lacks, told as information. */
function Gap({ gap }: { readonly gap: PolicyResult['gap'] }) {
  const { results } = useWords()
  const said = useSaid()
  return (
    <div className="result-gap">
      <b>{results.gap}</b>
      <ul>
        {gap.map(words => (
          <li key={words.zh}>{said(words)}</li>
        ))}
      </ul>
      <small>{results.gapNote}</small>
    </div>
  )
}

/** What stands in the way or has to be chosen, each in its own sentence. */
function Conditions({ line: { kind, line } }: { readonly line: Line }) {
  const said = useSaid()
  if (kind !== 'policy') return null
  const sentences = [line.conditional, line.excluded, line.choice].flatMap(words => (words ? [said(words)] : []))
  if (sentences.length === 0) return null
  return (
    <div className="conditions">
      {sentences.map(sentence => (
        <Notice key={sentence} tone={line.group === 'notNow' ? 'river' : 'ochre'} icon="info">
          <p>{sentence}</p>
        </Notice>
      ))}
    </div>
  )
}

/** More than these are found out by going on, or by the guide. */
const missingShown = 3

function Missing({ missing, fill }: { readonly missing: PolicyResult['missing']; readonly fill: Fill | undefined }) {
  const { colon } = useMarks()
  const { results } = useWords()
  const said = useSaid()
  return (
    <ul className="result-missing">
      {missing.slice(0, missingShown).map(one => (
        <li key={one.question}>
          <Icon name="question" />
          <span>
            {results.missing}
            {colon}
            <b>{said(one.words)}</b>
            {fill && one.askedOf === 'person' ? (
              <FillButton fill={fill} question={one} />
            ) : (
              <small>{one.askedOf === 'nobody' ? results.askNobody : results.askGuide}</small>
            )}
          </span>
        </li>
      ))}
      {missing.length > missingShown && (
        <li>
          <Icon name="plus" />
          <span>{results.moreMissing(missing.length - missingShown)}</span>
        </li>
      )}
    </ul>
  )
}

function FillButton({ fill, question }: { readonly fill: Fill; readonly question: PolicyResult['missing'][number] }) {
  const { results } = useWords()
  const said = useSaid()
  return (
    <Button
      onClick={() => fill.ask(question.question)}
      busy={fill.asking.busy}
      busyWords={results.fillNow}
      name={results.fillName(said(question.words))}
    >
      {results.fillNow}
    </Button>
  )
}

/** What is one answer away, with the way to give it. */
export function AlmostLine({
  line,
  screening,
  fill,
}: {
  readonly line: Line
  readonly screening: string
  readonly fill: Fill
}) {
  const { results } = useWords()
  const said = useSaid()
  const { colon } = useMarks()
  const question = firstToSay(line)
  if (!question) return null
  return (
    <article className="card result">
      <h3>
        <a href={`#/result/${screening}/${encodeURIComponent(line.line.key)}`}>{said(line.line.name)}</a>
      </h3>
      <p>
        {results.missing}
        {colon}
        <b>{said(question.words)}</b>
      </p>
      <div className="row">
        <FillButton fill={fill} question={question} />
        <ButtonLink kind="text" to={`#/result/${screening}/submit`}>
          {results.fillGuide}
        </ButtonLink>
      </div>
    </article>
  )
}

/** The same in one row. */
export function LineRow({ row, screening }: { readonly row: Row; readonly screening: string }) {
  const { kind, line } = row.line
  const { results } = useWords()
  const said = useSaid()
  const figure = useFigure()
  const personName = usePersonName()
  const money = kind === 'policy' && line.group === 'canApply' ? line.money : null
  const shown = money && (money.amount ?? money.atLeast) !== null ? figure(money) : null
  const { colon, list } = useMarks()
  const missing = firstToSay(row.line) ?? line.missing[0]
  const conditional = kind === 'policy' ? line.conditional : null
  const people = row.people.map(personName).filter(Boolean).join(list)
  const note =
    line.group === 'almost' && missing
      ? `${results.missing}${colon}${said(missing.words)}`
      : [
          people,
          conditional
            ? said(conditional)
            : kind === 'service'
              ? line.dose
                ? said(line.dose)
                : results.serviceBy
              : undefined,
        ]
          .filter(Boolean)
          .join(' · ')
  return (
    <MiniResult
      to={`#/result/${screening}/${encodeURIComponent(line.key)}`}
      name={said(line.name)}
      note={note}
      value={shown?.figure}
      valueNote={
        shown && (
          <>
            {shown.unit} {money?.example && <Example />}
          </>
        )
      }
    />
  )
}
