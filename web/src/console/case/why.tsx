import { Card } from '../../parts/card.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useKnownFrom } from '../../parts/known-from.ts'
import { Example, Tag } from '../../parts/tag.tsx'
import { linesOf, type Group, type Line } from '../../phone/results/lines.ts'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { useCaseWords } from './words/index.ts'

type Screening = Result<'GET /screenings/:screeningId'>

const few = 6

/** Every item with its reasons in words, what can be applied for first; what needs least asking next. */
export function Why({ screening }: { readonly screening: Screening }) {
  const words = useCaseWords()
  const said = useSaid()
  const group = (name: Group) => linesOf(screening, name)
  const [can, not] = [group('canApply'), group('notNow')]
  const almost = group('almost').toSorted((a, b) => a.line.missing.length - b.line.missing.length)
  return (
    <Card label={words.why}>
      <div className="case-why">
        <div className="desk-card-head">
          <h2>{words.why}</h2>
          <span className="second small">{words.whyText}</span>
        </div>
        <p>{said(screening.headline)}</p>
        <h3 className="case-group">
          {words.groups.canApply} {screening.counts.canApply}
        </h3>
        {can.length === 0 && <p className="second">{words.nothingFits}</p>}
        {can.map(line => (
          <Item key={line.line.key} line={line} />
        ))}
        {almost.length > 0 && (
          <>
            <h3 className="case-group">
              {words.groups.almost} {screening.counts.almost}
            </h3>
            {almost.slice(0, few).map(line => (
              <Item key={line.line.key} line={line} />
            ))}
            {almost.length > few && (
              <Fold title={words.moreAlmost} plain>
                {almost.slice(few).map(line => (
                  <Item key={line.line.key} line={line} />
                ))}
              </Fold>
            )}
          </>
        )}
        {not.length > 0 && (
          <Fold title={words.moreGroups(screening.counts.notNow)} plain>
            {not.map(line => (
              <Item key={line.line.key} line={line} />
            ))}
          </Fold>
        )}
      </div>
    </Card>
  )
}

function Item({ line: { kind, line } }: { readonly line: Line }) {
  const words = useCaseWords()
  const said = useSaid()
  const knownFrom = useKnownFrom()
  const money = kind === 'policy' && line.group !== 'notNow' ? line.money : null
  return (
    <Fold
      title={
        <span className="case-item">
          <b>{said(line.name)}</b>
          <span className="second">{line.person ? line.person.callName : words.whole}</span>
          {line.missing.length > 0 && (
            <Tag tone="ochre" icon="question">
              {words.missing} {line.missing.length}
            </Tag>
          )}
          {money && (
            <span className="case-money">
              {said(money.words)} {money.example && <Example />}
            </span>
          )}
        </span>
      }
    >
      <ul className="case-reasons">
        {line.reasons.map(reason => (
          <li key={reason.words.zh} className={reason.holds ? 'holds' : ''}>
            <Icon name={reason.holds ? 'check' : 'minus'} className="strong" />
            <span>
              <span className="unseen">{reason.holds ? words.holds : words.fails} </span>
              {said(reason.words)}
              {reason.sources.length > 0 && <small>{knownFrom(reason.sources)}</small>}
            </span>
          </li>
        ))}
        {line.missing.map(one => (
          <li key={one.question} className="open">
            <Icon name="question" />
            <span>{said(one.words)}</span>
          </li>
        ))}
      </ul>
      {kind === 'policy' && line.conditional && <p className="second">{said(line.conditional)}</p>}
      {kind === 'policy' && line.excluded && <p className="second">{said(line.excluded)}</p>}
      {kind === 'policy' && line.choice && <p className="second">{said(line.choice)}</p>}
      {kind === 'policy' && line.formula && <p className="second small">{said(line.formula)}</p>}
    </Fold>
  )
}
