import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useMarks, useSaid } from '../../platform/words.ts'
import { usePlaceSaid } from '../shell/place-name.ts'
import { useNeedWords } from './words.ts'

type Candidates = Result<'GET /needs/:needId/candidates'>
type Candidate = Candidates['items'][number]

/** Where it is, how far, how many places are free. */
export function useTakerWords(): (taker: Candidate['taker'], km: number | null) => string {
  const { link: say } = useNeedWords()
  const placeSaid = usePlaceSaid()
  return (taker, km) =>
    [
      say.kinds[taker.kind],
      taker.place && placeSaid(taker.place),
      km === null ? undefined : say.km(km),
      say.free(taker.free, taker.places),
    ]
      .filter(Boolean)
      .join(' · ')
}

/** What the rule of a project says of the family. */
export function Meant({ meant }: { readonly meant: Candidate['meant'] }) {
  const { link: say } = useNeedWords()
  const said = useSaid()
  const marks = useMarks()
  if (!meant || meant.verdict === 'noRule') return null
  const { colon, semicolon } = marks
  const why = [...meant.reasons, ...meant.unknown].map(said)
  return (
    <p className="small">
      {say.meant[meant.verdict]}
      {why.length > 0 && `${colon}${why.join(semicolon)}`}
    </p>
  )
}

/** The best three for one need. */
export function CandidatesCard({
  needId,
  version,
  onLinked,
}: {
  readonly needId: string
  readonly version: number
  readonly onLinked: () => void
}) {
  const { link: say } = useNeedWords()
  const said = useSaid()
  const { colon } = useMarks()
  const takerWords = useTakerWords()
  const loaded = useLoad(`candidates of ${needId} ${version}`, signal =>
    api('GET /needs/:needId/candidates', { params: { needId } as never, signal }),
  )
  const [refused, setRefused] = useState('')
  const [accept, accepting] = useDeed(async ({ taker }: Candidate) => {
    const { items } = await api('POST /linking/links', {
      body: { links: [{ need: needId, taker: { kind: taker.kind, id: taker.id }, expectedVersion: version }] } as never,
    })
    const no = items[0]?.refused
    setRefused(no ? said(no) : '')
    if (no) loaded.again()
    else onLinked()
  })
  const found = loaded.value
  return (
    <Card label={say.candidates}>
      <h2>{say.candidates}</h2>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {accepting.problem && <Failed problem={accepting.problem} />}
      <p role="status">{refused}</p>
      {!found && !loaded.problem && <Skeleton shape={['line', 'line']} />}
      {found?.items.length === 0 && <p className="second">{say.nobody}</p>}
      <ul className="needs-alike">
        {found?.items.map(one => (
          <li key={one.taker.id}>
            <span>
              <b>{one.taker.name}</b>{' '}
              <span className="second">{[takerWords(one.taker, one.km), say.fits[one.fits]].join(' · ')}</span>
              <Meant meant={one.meant} />
            </span>
            <Button name={`${say.accept} ${one.taker.name}`} busy={accepting.busy} onClick={() => accept(one)}>
              {say.accept}
            </Button>
          </li>
        ))}
      </ul>
      {found && found.others.length > 0 && (
        <details className="link-others">
          <summary>{say.others(found.others.length)}</summary>
          <ul>
            {found.others.map(({ taker, why, declined }) => (
              <li key={taker.id}>
                {taker.name}
                {colon}
                {say.why[why]}
                {declined && <span className="needs-note second small">{say.said(declined.by, declined.reason)}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {found?.illustrative && <p className="second small">{say.illustrative}</p>}
    </Card>
  )
}
