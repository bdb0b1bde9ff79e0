import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { api } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useConsoleWords } from '../words/index.ts'

const seers = ['guide', 'townshipClerk', 'districtOfficer']
/** Who writes slips, or answers them. */
const slipSeers = [...seers, 'bureauOfficer']

/** Of the three levels that hold needs. */
const needSeers = [...seers, 'villageGroup', 'operator']

/** Who looks after the track being as it was written. */
const proofSeers = ['districtOfficer', 'auditor', 'admin']

/** Who keeps the list of organisations and their contracts. */
const contractSeers = ['districtOfficer', 'operator']

/** How many things wait to be seen, kept fresh by what happens; each line leads to its list. */
export function Bell() {
  const words = useConsoleWords()
  const session = useSession()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const known = session.state === 'known' ? session : undefined
  const sees = known && seers.includes(known.role)
  const today = useLoad(sees ? `bell ${known.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /today', { signal }),
  )
  const answers = known && slipSeers.includes(known.role)
  const slips = useLoad(answers ? `bell slips ${known.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /slips/yours', { signal }),
  )
  const looks = known && needSeers.includes(known.role)
  const needs = useLoad(looks ? `bell needs ${known.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /needs/yours', { signal }),
  )
  const keeps = known && contractSeers.includes(known.role)
  const contracts = useLoad(keeps ? `bell contracts ${known.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /organisations/yours', { signal }),
  )
  const proves = known && proofSeers.includes(known.role)
  const proofs = useLoad(proves ? `bell proofs ${known.described.acting?.id ?? ''}` : undefined, signal =>
    api('GET /track/proofs/yours', { signal }),
  )
  useLive(['track.proved'], proofs.again)
  useLive(['wishes.'], needs.again)
  useLive(['outreach.', 'guidance.'], today.again)
  useLive(['outreach.slip'], slips.again)

  useEffect(() => {
    if (!open) return
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [open])

  if (!answers && !looks && !proves) return null
  const counts = today.value?.counts
  const { bell } = words
  const isBureau = known.role === 'bureauOfficer'
  const ofCases = counts
    ? [
        { n: today.value?.cameIn.length ?? 0, words: bell.cameIn, to: '/cases', search: { state: 'new' } },
        { n: counts.late, words: bell.late, to: '/cases', search: { late: 'true' } },
        { n: counts.questions, words: bell.questions, to: '/cases', search: {} },
        { n: counts.protectedOpen, words: bell.protected, to: '/signals', search: {} },
      ]
    : []
  const lines = [
    { n: proofs.value?.faults ?? 0, words: bell.trackFaults, to: '/track-check', search: {} },
    { n: needs.value?.urgent ?? 0, words: bell.urgentNeeds, to: '/needs', search: { look: 'list', show: 'yours' } },
    ...ofCases,
    { n: needs.value?.late ?? 0, words: bell.lateNeeds, to: '/needs', search: { look: 'list', show: 'yours' } },
    {
      n: needs.value?.lookAgain ?? 0,
      words: bell.needsToLookAt,
      to: '/needs',
      search: { look: 'list', show: 'yours' },
    },
    {
      n: slips.value?.late ?? 0,
      words: isBureau ? bell.slipsToAnswer : bell.slipsToReply,
      to: '/slips',
      search: { show: 'yours' },
    },
    { n: slips.value?.below ?? 0, words: bell.slipsBelow, to: '/slips', search: { show: 'below' } },
    { n: contracts.value?.unsigned ?? 0, words: bell.contractsToSign, to: '/organisations', search: {} },
    { n: contracts.value?.ending ?? 0, words: bell.contractsEnding, to: '/organisations', search: { show: 'ending' } },
    { n: contracts.value?.proofs ?? 0, words: bell.proofsAwaited, to: '/organisations', search: { show: 'proof' } },
    { n: contracts.value?.lapsed ?? 0, words: bell.papersLapsed, to: '/organisations', search: { show: 'lapsed' } },
  ].filter(line => line.n > 0)
  const sum = lines.reduce((all, line) => all + line.n, 0)
  return (
    <div
      className="account"
      ref={box}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !open) return
        setOpen(false)
        opener.current?.focus()
      }}
    >
      <button
        type="button"
        ref={opener}
        className="account-who"
        aria-expanded={open}
        aria-label={words.notices(sum)}
        onClick={() => setOpen(!open)}
      >
        <Icon name="bell" />
        <span aria-hidden="true">{sum > 0 ? sum : ''}</span>
      </button>
      <span className="unseen" role="status">
        {sum > 0 ? words.notices(sum) : ''}
      </span>
      {open && (
        <ul className="account-menu">
          {lines.length === 0 && <li className="account-quiet">{bell.none}</li>}
          {lines.map(line => (
            <li key={line.words(line.n)}>
              <Link to={line.to} search={line.search as never} className="account-line" onClick={() => setOpen(false)}>
                {line.words(line.n)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
