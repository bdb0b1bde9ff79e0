import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { FindFamily } from '../../parts/find-family.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useFamilySearch } from '../../platform/families.ts'
import { useDeed } from '../../platform/load.ts'
import { useFilters } from '../filters.ts'
import { useConsoleWords } from '../words/index.ts'
import type { Lead } from './one.tsx'
import { useLeadWords } from './words.ts'

/** Which family is meant: one that may be, any other of the registry, or one that is registered from here. */
export function WhichFamily({ lead, put }: { readonly lead: Lead; readonly put: (lead: Lead) => void }) {
  const { one: say } = useLeadWords()
  const [raw] = useFilters()
  const [finding, setFinding] = useState(false)
  const [name, naming] = useDeed(async (household: string) => {
    const body = { step: 'name' as const, household: household as never, expectedVersion: lead.version }
    put(await api('POST /leads/:leadId/steps', { params: { leadId: lead.id }, body }))
    setFinding(false)
  })
  // Registered from here, and somebody moved the lead meanwhile: it is not lost.
  const registered = raw['family'] === lead.household ? undefined : raw['family']
  const others = lead.likely.filter(family => family.household !== lead.household)
  return (
    <Card label={say.which}>
      <h2>{say.which}</h2>
      {naming.problem && !finding && <Failed problem={naming.problem} />}
      {lead.family && (
        <ul className="lead-families">
          <li>
            <FamilyLink id={lead.family.household}>{`${lead.family.name} · ${say.size(lead.family.size)}`}</FamilyLink>
            <Button off name={`${say.chosen} ${lead.family.name}`}>
              {say.chosen}
            </Button>
          </li>
        </ul>
      )}
      {others.length > 0 && <p className="second">{say.likely}</p>}
      {lead.likely.length === 0 && !lead.family && <p className="second">{say.likelyNone}</p>}
      <ul className="lead-families">
        {registered && (
          <li>
            <FamilyLink id={registered}>{say.registered}</FamilyLink>
            <Button busy={naming.busy} name={`${say.choose} ${say.registered}`} onClick={() => name(registered)}>
              {say.choose}
            </Button>
          </li>
        )}
        {others.map(family => (
          <li key={family.household}>
            <FamilyLink id={family.household}>{`${family.name} · ${say.size(family.size)}`}</FamilyLink>
            <Button busy={naming.busy} name={`${say.choose} ${family.name}`} onClick={() => name(family.household)}>
              {say.choose}
            </Button>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button icon="search" onClick={() => setFinding(true)}>
          {say.findOther}
        </Button>
        <Link to="/registry/new" search={{ lead: lead.id } as never} className="button text">
          {say.register}
        </Link>
      </div>
      {finding && (
        <FindDialog
          naming={naming}
          name={name}
          onClose={() => {
            naming.clear()
            setFinding(false)
          }}
        />
      )}
    </Card>
  )
}

const FamilyLink = ({ id, children }: { readonly id: string; readonly children: string }) => (
  <Link to="/registry/$householdId" params={{ householdId: id } as never}>
    {children}
  </Link>
)

function FindDialog({
  name,
  naming,
  onClose,
}: {
  readonly name: (household: string) => void
  readonly naming: ReturnType<typeof useDeed>[1]
  readonly onClose: () => void
}) {
  const { one: say } = useLeadWords()
  const all = useConsoleWords()
  const search = useFamilySearch()
  return (
    <Dialog title={say.findOther} closeName={all.close} onClose={onClose}>
      {naming.problem && <Failed problem={naming.problem} />}
      <FindFamily
        {...search}
        row="lead-found"
        none={say.findNone}
        act={family => (
          <Button busy={naming.busy} name={`${say.choose} ${family.head}`} onClick={() => name(family.id)}>
            {say.choose}
          </Button>
        )}
      />
    </Dialog>
  )
}
