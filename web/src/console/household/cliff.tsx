import { useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { triedLast } from '../simulation/tried.ts'
import { figuresIn } from '../simulation/variant.ts'
import { CliffCurve } from './cliff-curve.tsx'
import { useHouseholdWords } from './words/index.ts'

type Curve = NonNullable<Result<'GET /households/:id/cliff'>['curve']>

const yuan = (n: number) => Math.round(n).toLocaleString('en-US')

/** 悬崖: what the family has in a month at each wage, where earning more leaves less, and what bridges the fall. */
export function Cliff({ id, version }: { readonly id: string; readonly version: number }) {
  const { cliff: words } = useHouseholdWords()
  const [tried] = useState(triedLast)
  const [by, setBy] = useState<'inForce' | 'tried'>('inForce')
  const set = by === 'tried' ? tried : undefined
  const loaded = useLoad(`cliff ${id} ${version} ${set ?? ''}`, signal =>
    api('GET /households/:id/cliff', { params: { id }, query: { set }, signal }),
  )
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <h2>{words.title}</h2>
        <span className="second small">{words.unit}</span>
      </div>
      {tried !== '' && (
        <div className="cliff-by">
          <Segmented
            name="cliff-by"
            label={words.by}
            value={by}
            onChange={setBy}
            options={[
              { value: 'inForce', label: words.byInForce },
              { value: 'tried', label: words.byTried },
            ]}
          />
          {by === 'tried' && <Tried set={tried} />}
        </div>
      )}
      {loaded.value ? (
        loaded.value.curve ? (
          <Told curve={loaded.value.curve} />
        ) : (
          <p className="second">{words.nobodyCanWork}</p>
        )
      ) : loaded.problem ? (
        <Failed problem={loaded.problem} again={loaded.again} />
      ) : (
        <Skeleton shape={['tall']} />
      )}
    </Card>
  )
}

/** Which figures were tried, in words. */
function Tried({ set }: { readonly set: string }) {
  const { cliff: words } = useHouseholdWords()
  const said = useSaid()
  const figures = useLoad('parameters ', signal => api('GET /parameters', { query: {}, signal }))
  const named = new Map(figures.value?.items.map(figure => [figure.key, said(figure.label)]))
  const all = figuresIn(set).map(([key, value]) => `${named.get(key) ?? key} ${value.toLocaleString('en-US')}`)
  return <span className="second small">{words.triedAre(all.join(words.between))}</span>
}

function Told({ curve }: { readonly curve: Curve }) {
  const { cliff: words } = useHouseholdWords()
  const said = useSaid()
  const wage = curve.wage ?? 0
  const next = curve.falls.find(fall => fall.to > wage)
  return (
    <>
      <p className="cliff-sentence">
        {words.whose(curve.person.name, curve.wage === null ? undefined : yuan(curve.wage))}
        {next ? (
          <span className="bad">{words.next(yuan(Math.max(0, next.to - wage)), yuan(next.to), yuan(next.by))}</span>
        ) : (
          words.noneAhead
        )}
      </p>
      <CliffCurve curve={curve} />
      <div className="cliff-two">
        <div>
          <h3>{words.falls}</h3>
          {curve.falls.length === 0 ? (
            <p className="second">{words.noFalls}</p>
          ) : (
            <ol className="cliff-falls">
              {curve.falls.map(fall => (
                <li key={fall.from}>
                  <b>{words.fall(yuan(fall.from), yuan(fall.to), yuan(fall.by))}</b>{' '}
                  {fall.near ? (
                    <Tag tone="seal" icon="warning">
                      {words.near}
                    </Tag>
                  ) : (
                    <span className="second small">
                      {fall.to <= wage ? words.passed : words.away(yuan(fall.to - wage))}
                    </span>
                  )}
                  <span className="cliff-because">
                    {fall.because.map(({ name, less }) => words.less(said(name), yuan(less))).join(words.between)}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </div>
        <Bridges />
      </div>
      <p className="mini second">{words.note}</p>
    </>
  )
}

const share = /^gradualExit\.shares\.month\d+$/

/** What the rules of the day have for crossing a fall, with the figures in force. */
function Bridges() {
  const { cliff: words } = useHouseholdWords()
  const figures = useLoad('parameters ', signal => api('GET /parameters', { query: {}, signal }))
  const inForce = (figures.value?.items ?? []).flatMap(figure => {
    const row = figure.rows.find(r => r.inForce)
    return row && typeof row.value === 'number' ? [{ key: figure.key, value: row.value, example: row.example }] : []
  })
  const of = (key: string) => inForce.find(figure => figure.key === key)
  const [months, cap] = [of('employmentDisregard.months'), of('employmentDisregard.capMultiple')]
  const shares = inForce.filter(figure => share.test(figure.key)).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  if (figures.problem) return <Notice tone="ochre">{words.noBridges}</Notice>
  return (
    <div>
      <h3>{words.bridges}</h3>
      <ul className="lines cliff-bridges">
        {months && (
          <li>
            <Icon name="check" /> <b>{words.disregard}</b> {words.disregardText(months.value, cap?.value)}{' '}
            {(months.example || cap?.example) && <Example />}
          </li>
        )}
        {shares.length > 0 && (
          <li>
            <Icon name="check" /> <b>{words.exit}</b> {words.exitText(shares.map(figure => figure.value))}{' '}
            {shares.some(figure => figure.example) && <Example />}
          </li>
        )}
      </ul>
    </div>
  )
}
