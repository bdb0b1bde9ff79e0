import { useState } from 'react'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { FindFamily } from '../../../parts/find-family.tsx'
import { Page } from '../../../parts/page.tsx'
import { api } from '../../../platform/api.ts'
import { type FamilySearch, useFamilySearch } from '../../../platform/families.ts'
import { useDeed, useLoad, type Deed } from '../../../platform/load.ts'
import { go } from '../../../platform/place.ts'
import { Failed } from '../../failed.tsx'
import { keepInterview } from '../../interview/interviews.ts'
import { PlaceField } from '../../place-field.tsx'
import { GuideNav } from '../nav.tsx'
import { StaffOnly, type StaffSession } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'

/** Of whom: a household of the registry, or somebody with a name to call them by. */
export interface ForWhom {
  readonly household?: string
  readonly name?: string
  readonly village?: string
}

export interface AskViewProps extends FamilySearch {
  readonly open: readonly { readonly id: string; readonly name: string }[]
  readonly begin: (whom: ForWhom) => void
  readonly beginning: Deed
  /** The guide's own village; undefined for who works for more than one. */
  readonly village: string | undefined
}

export function AskView({ open, find, finding, found, begin, beginning, village }: AskViewProps) {
  const { ask: words } = useGuideWords()
  const [name, setName] = useState('')
  const [place, setPlace] = useState(village ?? '')
  const [empty, setEmpty] = useState(false)
  return (
    <Page title={words.title} nav={<GuideNav />}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      <p className="lead">{words.lead}</p>
      {beginning.problem && <Failed problem={beginning.problem} />}
      {open.length > 0 && (
        <section className="section">
          <h2>{words.again}</h2>
          <div className="stack">
            {open.map(one => (
              <ButtonLink key={one.id} wide to={`#/ask/${one.id}`}>
                {words.goOn(one.name)}
              </ButtonLink>
            ))}
          </div>
        </section>
      )}
      <section className="section">
        <h2>{words.find}</h2>
        <FindFamily
          find={find}
          finding={finding}
          found={found}
          row="card household"
          failed={problem => <Failed problem={problem} />}
          none={
            <>
              <b>{words.notFound}</b> <span className="second">{words.notFoundText}</span>
            </>
          }
          act={household => (
            <Button
              busy={beginning.busy}
              onClick={() => begin({ household: household.id, name: household.head, village: household.place.code })}
            >
              {words.choose(household.head)}
            </Button>
          )}
        />
      </section>
      <section className="section">
        <h2>{words.other}</h2>
        <form
          className="find-family"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setEmpty(name.trim() === '')
            if (name.trim()) begin({ name: name.trim(), ...(place ? { village: place } : {}) })
          }}
        >
          <TextField
            label={words.name}
            hint={words.nameHint}
            value={name}
            onChange={setName}
            maxLength={30}
            error={empty ? words.mustName : undefined}
          />
          {!village && (
            <fieldset>
              <legend className="field-label">{words.village}</legend>
              <PlaceField value={place} onChange={setPlace} />
            </fieldset>
          )}
          <Button kind="main" wide submit busy={beginning.busy} busyWords={words.beginning}>
            {words.begin}
          </Button>
        </form>
      </section>
    </Page>
  )
}

function Ask({ session }: { readonly session: StaffSession }) {
  const own = session.scope?.length === 12 ? session.scope : undefined
  const { find, finding, found } = useFamilySearch()
  const mine = useLoad('interviews', signal => api('GET /interviews', { signal }))
  const [begin, beginning] = useDeed(async (whom: ForWhom) => {
    const village = whom.village ?? own
    const onBehalfOf = whom.household ? { household: whom.household } : { name: whom.name ?? '' }
    const interview = await api('POST /interviews', { body: { ...(village ? { village } : {}), onBehalfOf } })
    keepInterview(interview)
    go(`/ask/${interview.id}`)
  })
  const open = (mine.value?.items ?? [])
    .filter(one => one.state === 'open')
    .map(one => ({ id: one.id, name: one.onBehalfOf?.name ?? '' }))
  return (
    <AskView
      open={open}
      find={find}
      finding={finding}
      found={found}
      begin={begin}
      beginning={beginning}
      village={own}
    />
  )
}

export const AskScreen = () => <StaffOnly>{session => <Ask session={session} />}</StaffOnly>
