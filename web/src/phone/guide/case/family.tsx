import { useState } from 'react'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { FindFamily } from '../../../parts/find-family.tsx'
import { Fold } from '../../../parts/fold.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { api } from '../../../platform/api.ts'
import { useFamilySearch } from '../../../platform/families.ts'
import { useDeed } from '../../../platform/load.ts'
import { useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { Case } from '../kinds.ts'
import { useGuideWords } from '../words/index.ts'

/** What the family said it needs, and, while nobody knows which family of the register it is, who has seen them says so. */
export function NeedsAndFamily({ one, changed }: { readonly one: Case; readonly changed: () => void }) {
  const { case: words } = useGuideWords()
  const said = useSaid()
  const [chosen, setChosen] = useState('')
  return (
    <>
      {one.needs && (
        <div className="case-note">
          <b>{words.needs}</b>
          {one.needs.items.map(item => (
            <p key={item.zh}>{said(item)}</p>
          ))}
          {one.needs.words && <p>{one.needs.words}</p>}
          {!one.household && <p className="second small">{words.needsWait}</p>}
        </div>
      )}
      {!one.household && one.mayKnowFamily && (
        <WhichFamily
          one={one}
          changed={head => {
            setChosen(head)
            changed()
          }}
        />
      )}
      {one.household && chosen && (
        <Notice tone="hill" said act={<ButtonLink to={`/console/cases/${one.id}`}>{words.takeBackAtDesk}</ButtonLink>}>
          <p>{words.linkedTo(chosen)}</p>
        </Notice>
      )}
    </>
  )
}

function WhichFamily({ one, changed }: { readonly one: Case; readonly changed: (head: string) => void }) {
  const { case: words } = useGuideWords()
  const search = useFamilySearch()
  const [choose, choosing] = useDeed(async (household: string, head: string) => {
    await api('POST /cases/:caseId/family', {
      params: { caseId: one.id },
      body: { household: household as never, expectedVersion: one.version },
    })
    changed(head)
  })
  return (
    <Fold title={words.which} icon="search">
      <p className="second">{words.whichText(one.fullName ?? one.name)}</p>
      {choosing.problem && <Failed problem={choosing.problem} />}
      <FindFamily
        {...search}
        row="card household"
        failed={problem => <Failed problem={problem} />}
        none={words.whichNone}
        act={family => (
          <Button
            busy={choosing.busy}
            name={`${words.them} ${family.head}`}
            onClick={() => choose(family.id, family.head)}
          >
            {words.them}
          </Button>
        )}
      />
    </Fold>
  )
}
