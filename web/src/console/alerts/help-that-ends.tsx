import { Fold } from '../../parts/fold.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatYuan } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useAlertWords } from './words/index.ts'

type Ends = NonNullable<Result<'GET /households/:id/leaving'>['ends']>
type Line = Ends['lines'][number]

/** From this share of a family's own income on, the way down is to be made gentle. @source domain 7.9 [I] */
const steep = 0.1

/** What help ends for a family that would move outward, read before anybody decides. */
export function HelpThatEndsNow({ household }: { readonly household: string }) {
  const loaded = useLoad(`leaving ${household}`, signal =>
    api('GET /households/:id/leaving', { params: { id: household }, signal }),
  )
  if (loaded.problem) return <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />
  if (!loaded.value) return <Skeleton shape={['card']} />
  return loaded.value.ends && <HelpThatEnds ends={loaded.value.ends} />
}

/** @param bare under a heading of its own already */
export function HelpThatEnds({ ends, bare }: { readonly ends: Ends; readonly bare?: boolean }) {
  const { ends: words } = useAlertWords()
  const said = useSaid()
  const whose = ({ name, person }: Pick<Line, 'name' | 'person'>) =>
    person ? words.of(person.name, said(name)) : said(name)
  const open = ends.lines.filter(line => line.how === 'unclear')
  const isAnything = ends.lines.length + ends.services.length > 0
  const share = ends.income !== null && ends.income > 0 ? ends.perMonth / ends.income : null
  return (
    <section className="stack ends" aria-label={words.title}>
      {!bare && <h3>{words.title}</h3>}
      <p>
        <b>
          {ends.perMonth > 0
            ? words.sum(formatYuan(ends.perMonth), ends.isWhole)
            : isAnything
              ? words.noFigure
              : ends.before === null
                ? words.cannotTell
                : ends.notKnownBefore.length > 0
                  ? words.noneSure
                  : words.nothing}
        </b>{' '}
        {share !== null && share > 0 && words.share(Math.round(share * 100))}
        {share !== null && share >= steep && ` ${words.bridge}`}
      </p>
      {isAnything && (
        <ul className="lines">
          {ends.lines.map(line => (
            <li key={`${line.id} ${line.person?.id ?? ''}`}>
              {whose(line)} <Worth line={line} /> {line.example && <Example />}{' '}
              <Tag tone={line.how === 'unclear' ? 'ochre' : 'line'}>{words.how[line.how]}</Tag>{' '}
              {line.how !== 'begins' && (
                <span className="second small">{line.received ? words.received : words.byRules}</span>
              )}
            </li>
          ))}
          {ends.services.map(one => (
            <li key={`${one.id} ${one.person?.id ?? ''}`}>
              {whose(one)} <span className="second small">{words.service}</span>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && <p className="second small">{words.openLeftOut(open.length)}</p>}
      {ends.before === null && isAnything && <p className="second small">{words.notKnownThen}</p>}
      {ends.notKnownBefore.length > 0 && (
        <Fold title={words.notKnown(ends.notKnownBefore.length)} plain>
          <p className="second small">{ends.notKnownBefore.map(whose).join(words.between)}</p>
        </Fold>
      )}
      <p className="mini second">{words.note}</p>
    </section>
  )
}

function Worth({ line: { amount, atLeast, period } }: { readonly line: Line }) {
  const { ends: words } = useAlertWords()
  if (amount === null || period === null) return <span className="second small">{words.without}</span>
  return <b className="whole">{words.worth(formatYuan(amount), period, atLeast)}</b>
}
