import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Amount, MiniResult, Result } from '../../parts/result.tsx'
import { Example } from '../../parts/tag.tsx'
import { formatYuan } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import type { PolicyResult } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import type { Line } from './lines.ts'

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
}: {
  readonly line: Line
  readonly open: boolean
  readonly whole?: boolean
}) {
  const { results } = useWords()
  const said = useSaid()
  const figure = useFigure()
  const forWhom = usePersonName()(line.person)
  const money = kind === 'policy' ? line.money : null
  const reasons = line.reasons.map(reason => ({ ...reason, text: said(reason.words) }))
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
        forWhom === undefined ? results.whole : results.forPerson(forWhom),
      ].join(' · ')}
      amount={
        money &&
        line.group !== 'notNow' && (
          <Amount {...figure(money)} example={money.example} small={money.amount === null && money.atLeast === null} />
        )
      }
      reasons={reasons.filter(reason => reason.holds).map(reason => reason.text)}
      more={{ title: kind === 'policy' ? results.more : results.summary, open, lines: more }}
    >
      {reasons.some(reason => !reason.holds) && (
        <ul className="result-against">
          {reasons
            .filter(reason => !reason.holds)
            .map(reason => (
              <li key={reason.text}>
                <Icon name="minus" className="strong" />
                <span>{reason.text}</span>
              </li>
            ))}
        </ul>
      )}
      <Conditions line={{ kind, line } as Line} />
      {line.missing.length > 0 && <Missing missing={line.missing} />}
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

function Missing({ missing }: { readonly missing: PolicyResult['missing'] }) {
  const { results } = useWords()
  const said = useSaid()
  return (
    <ul className="result-missing">
      {missing.map(one => (
        <li key={one.question}>
          <Icon name="question" />
          <span>
            {results.missing}: <b>{said(one.words)}</b>
            <small>{one.askedOf === 'nobody' ? results.askNobody : results.askGuide}</small>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The same in one row. */
export function LineRow({ line: { kind, line }, screening }: { readonly line: Line; readonly screening: string }) {
  const { results } = useWords()
  const said = useSaid()
  const language = useLanguage()
  const figure = useFigure()
  const personName = usePersonName()
  const money = kind === 'policy' && line.group === 'canApply' ? line.money : null
  const shown = money && figure(money)
  const colon = language === 'zh' ? '：' : ': '
  const missing = line.missing[0]
  const conditional = kind === 'policy' ? line.conditional : null
  const note =
    line.group === 'almost' && missing
      ? `${results.missing}${colon}${said(missing.words)}`
      : [
          personName(line.person),
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
            {shown.unit} {money.example && <Example />}
          </>
        )
      }
    />
  )
}
