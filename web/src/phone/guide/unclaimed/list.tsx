import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Page } from '../../../parts/page.tsx'
import { Pick } from '../../../parts/pick.tsx'
import { Empty, Skeleton } from '../../../parts/state.tsx'
import { Example, Tag } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { formatYuan } from '../../../platform/format.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad, type Deed, type Loaded } from '../../../platform/load.ts'
import { goBack } from '../../../platform/place.ts'
import { useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { FindingLine } from '../kinds.ts'
import { GuideNav } from '../nav.tsx'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import '../case-row.css'
import './screen.css'

const lists = ['open', 'taken', 'closed'] as const
type List = (typeof lists)[number]

export interface UnclaimedListViewProps {
  readonly list: List
  readonly choose: (list: List) => void
  readonly items: readonly FindingLine[] | undefined
  readonly loaded: Pick<Loaded<unknown>, 'problem' | 'again' | 'at'>
  readonly more: (() => void) | undefined
  readonly loading: Deed
}

/** Families of the village entitled to help they do not receive; what is worth most to them first. */
export function UnclaimedListView({ list, choose, items, loaded, more, loading }: UnclaimedListViewProps) {
  const { unclaimed: words } = useGuideWords()
  return (
    <Page title={words.title} onBack={() => goBack('/guide')} nav={<GuideNav />}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      <p className="second">{words.lead}</p>
      <div className="unclaimed-pick">
        <Pick
          name="list"
          legend={words.show}
          options={lists.map(value => ({ value, label: words.lists[value] }))}
          chosen={list}
          onChoose={value => choose(lists.find(one => one === value) ?? 'open')}
        />
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!items && !loaded.problem && <Skeleton shape={['card', 'card', 'card']} />}
      {items?.length === 0 && (
        <Empty title={words.none[list]} good={list === 'open'}>
          {words.noneText}
        </Empty>
      )}
      <div className="lines">{items && byFamily(items).map(lines => <Family key={lines[0].id} lines={lines} />)}</div>
      {loading.problem && <Failed problem={loading.problem} {...(more ? { again: more } : {})} />}
      {more && (
        <div className="actions">
          <Button wide onClick={more} busy={loading.busy}>
            {words.more}
          </Button>
        </div>
      )}
    </Page>
  )
}

type Lines = readonly [FindingLine, ...FindingLine[]]

/** One visit serves a family: its lines stand together, where the one that is worth most stands. */
function byFamily(items: readonly FindingLine[]): readonly Lines[] {
  const families = new Map<string, [FindingLine, ...FindingLine[]]>()
  for (const line of items) {
    const lines = families.get(line.household.id)
    if (lines) lines.push(line)
    else families.set(line.household.id, [line])
  }
  return [...families.values()]
}

function Family({ lines }: { readonly lines: Lines }) {
  const { unclaimed: words } = useGuideWords()
  const [{ household, place }] = lines
  return (
    <section className="card unclaimed-family">
      <h2>
        {words.familyOf(household.head)} <span className="second">· {place.name}</span>
      </h2>
      {lines.map(line => (
        <Row key={line.id} line={line} />
      ))}
    </section>
  )
}

function Row({ line }: { readonly line: FindingLine }) {
  const { unclaimed: words } = useGuideWords()
  const said = useSaid()
  return (
    <a className="case-row" href={`#/guide/unclaimed/${line.id}`}>
      <span className="case-row-words">
        <span className="unclaimed-policy">{said(line.policy.name)}</span>
        {line.person && <small>{words.forPerson(line.person.name)}</small>}
        {line.amountAYear !== null && (
          <small>
            {words.aYear(formatYuan(line.amountAYear))} {line.example && <Example />}
          </small>
        )}
        {line.state !== 'open' && (
          <span className="case-row-marks">
            <Tag tone={line.state === 'closed' ? 'hill' : 'plain'}>{said(line.outcomeWords ?? line.stateWords)}</Tag>
            {line.state === 'taken' && line.takenBy && (
              <span className="mini second">{words.takenBy(line.takenBy)}</span>
            )}
          </span>
        )}
      </span>
      <Icon name="next" />
    </a>
  )
}

const ask = (list: List, after?: string, signal?: AbortSignal) =>
  api('GET /entitlements/findings', {
    query: { kind: 'unclaimed', state: list, limit: 20, ...(after ? { after } : {}) },
    ...(signal ? { signal } : {}),
  })

function UnclaimedList() {
  const [list, choose] = useState<List>('open')
  const [more, setMore] = useState<{ list: List; items: readonly FindingLine[]; next: string | null }>()
  const loaded = useLoad(`unclaimed ${list}`, signal => ask(list, undefined, signal))
  useLive(['entitlements.moved'], () => {
    setMore(undefined)
    loaded.again()
  })
  const further = more?.list === list ? more : undefined
  const next = further ? further.next : loaded.value?.next
  const [load, loading] = useDeed(async () => {
    if (!next) return
    const page = await ask(list, next)
    setMore({ list, items: [...(further?.items ?? []), ...page.items], next: page.next })
  })
  return (
    <UnclaimedListView
      list={list}
      choose={choose}
      items={loaded.value && [...loaded.value.items, ...(further?.items ?? [])]}
      loaded={loaded}
      more={next ? load : undefined}
      loading={loading}
    />
  )
}

export const UnclaimedListScreen = () => <StaffOnly>{() => <UnclaimedList />}</StaffOnly>
