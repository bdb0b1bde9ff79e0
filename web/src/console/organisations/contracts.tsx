import { useState } from 'react'
import { formatYuan } from '@zhulian/kernel'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { formatDay } from '../../platform/format.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { type Contract, ContractDialog, type ContractStep, ContractStepDialog } from './contract-dialogs.tsx'
import type { Organisation } from './standing.tsx'
import { useOrganisationWords } from './words.ts'

const tones = { written: 'ochre', discarded: 'plain', coming: 'river', inForce: 'hill', ended: 'seal' } as const

/** Contracts of an organisation, the newest first, and what can be done with each. */
export function Contracts({ one, put }: { readonly one: Organisation; readonly put: (one: Organisation) => void }) {
  const say = useOrganisationWords()
  const session = useSession()
  const writes = session.state === 'known' && session.role === 'districtOfficer'
  const [writing, setWriting] = useState<Contract | 'new'>()
  const [asking, setAsking] = useState<{ contract: Contract; step: ContractStep }>()
  return (
    <Card label={say.contracts}>
      <div className="desk-card-head">
        <h2>{say.contracts}</h2>
        {writes && (
          <Button icon="plus" onClick={() => setWriting('new')}>
            {say.writeContract}
          </Button>
        )}
      </div>
      {!one.contracts && <p className="second">{say.contractsNotYours}</p>}
      {one.contracts?.length === 0 && <p className="second">{say.noContracts}</p>}
      <ul className="org-rows">
        {(one.contracts ?? []).map(contract => (
          <li key={contract.id}>
            <OneContract contract={contract} />
            <span className="org-beside">
              {contract.next.map((step, i) => (
                <StepButton key={step.step} step={step} isFirst={i === 0} onAsk={() => setAsking({ contract, step })} />
              ))}
              {contract.mayRenew && <Button onClick={() => setWriting(contract)}>{say.renew}</Button>}
            </span>
          </li>
        ))}
      </ul>
      {writing && (
        <ContractDialog
          one={one}
          {...(writing !== 'new' && { renews: writing })}
          put={put}
          onClose={() => setWriting(undefined)}
        />
      )}
      {asking && (
        <ContractStepDialog
          contract={asking.contract}
          step={asking.step}
          put={put}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  )
}

function StepButton({
  step,
  isFirst,
  onAsk,
}: {
  readonly step: ContractStep
  readonly isFirst: boolean
  readonly onAsk: () => void
}) {
  const said = useSaid()
  const kind = step.step === 'end' || step.step === 'discard' ? 'danger' : isFirst ? 'main' : 'framed'
  return (
    <Button kind={kind} onClick={onAsk}>
      {said(step.words)}
    </Button>
  )
}

function OneContract({ contract }: { readonly contract: Contract }) {
  const say = useOrganisationWords()
  const said = useSaid()
  const language = useLanguage()
  const day = (on: string) => formatDay(on, language)
  const services = contract.services.map(service => said(service.name)).join(' · ') || say.allServices
  return (
    <>
      <span className="org-line">
        <b>{contract.subject}</b>
        <Tag tone={tones[contract.state]}>{said(contract.stateWords)}</Tag>
      </span>
      <span className="org-beside">
        {/* Of one that never began, the days it was written for. */}
        <span>
          {say.dates(day(contract.fromOn), day(contract.lastOn < contract.fromOn ? contract.untilOn : contract.lastOn))}
        </span>
        {contract.state === 'inForce' && <span className="second">{say.daysLeft(contract.daysLeft)}</span>}
        {contract.endsSoon && (
          <Tag tone="ochre" icon="clock">
            {say.endsSoon}
          </Tag>
        )}
      </span>
      <span className="org-beside">
        <span>{say.yuan(formatYuan(contract.amountFen / 100))}</span>
        {contract.example && <Example />}
        {contract.provenance && !contract.example && <span className="second small">[{contract.provenance}]</span>}
        <span className="second">{say.contractKinds[contract.kind]}</span>
        {contract.number && <span className="second">{contract.number}</span>}
      </span>
      <span>{[contract.hub && said(contract.hub.name), services].filter(Boolean).join(' · ')}</span>
      <span className="second small">
        {[say.written(contract.written.by), contract.signed && say.signed(contract.signed.by)]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {contract.ended && <span className="org-note">{say.endedBy(contract.ended.by, contract.ended.reason)}</span>}
      {contract.proof && (
        <span className="second small">
          {say.proofBy(say.proofs[contract.proof.kind], contract.proof.by, day(contract.proof.on))}
          {contract.proof.note && <span className="org-note">{contract.proof.note}</span>}
        </span>
      )}
      {contract.state === 'ended' && !contract.proof && <span className="org-waits">{say.proofWaits}</span>}
    </>
  )
}
