import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Page } from '../../../parts/page.tsx'
import { Pick } from '../../../parts/pick.tsx'
import { Empty, Skeleton } from '../../../parts/state.tsx'
import { api } from '../../../platform/api.ts'
import { useLive } from '../../../platform/live.ts'
import { useDeed, useLoad } from '../../../platform/load.ts'
import { Failed } from '../../failed.tsx'
import { CaseRow } from '../case-row.tsx'
import type { CaseLine } from '../kinds.ts'
import { GuideNav } from '../nav.tsx'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import './screen.css'

const lists = ['mine', 'all', 'late', 'closed'] as const
type List = (typeof lists)[number]

const queries = {
  mine: { state: 'open', mine: 'true' },
  all: { state: 'open' },
  late: { state: 'open', late: 'true' },
  closed: { state: 'closed' },
} as const satisfies Record<List, object>

function Cases() {
  const { cases: words } = useGuideWords()
  const [list, setList] = useState<List>('all')
  const [more, setMore] = useState<{ list: List; items: readonly CaseLine[]; next: string | null }>()
  const loaded = useLoad(`cases ${list}`, signal =>
    api('GET /cases', { query: { ...queries[list], limit: 30 }, signal }),
  )
  useLive(['outreach.'], () => {
    setMore(undefined)
    loaded.again()
  })
  const further = more?.list === list ? more : undefined
  const items = loaded.value && [...loaded.value.items, ...(further?.items ?? [])]
  const next = further ? further.next : loaded.value?.next
  const [load, loading] = useDeed(async () => {
    if (!next) return
    const page = await api('GET /cases', { query: { ...queries[list], limit: 30, after: next } })
    setMore({ list, items: [...(further?.items ?? []), ...page.items], next: page.next })
  })
  return (
    <Page title={words.title} nav={<GuideNav />}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      <div className="cases-pick">
        <Pick
          name="list"
          legend={words.show}
          options={lists.map(value => ({ value, label: words[value] }))}
          chosen={list}
          onChoose={value => setList(lists.find(one => one === value) ?? 'all')}
        />
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!items && !loaded.problem && <Skeleton shape={['card', 'card', 'card']} />}
      {items?.length === 0 && <Empty title={words.none}>{words.noneText}</Empty>}
      <div className="lines">
        {items?.map(line => (
          <CaseRow key={line.id} line={line} />
        ))}
      </div>
      {loading.problem && <Failed problem={loading.problem} again={load} />}
      {next && (
        <div className="actions">
          <Button wide onClick={load} busy={loading.busy}>
            {words.more}
          </Button>
        </div>
      )}
    </Page>
  )
}

export const CasesScreen = () => <StaffOnly>{() => <Cases />}</StaffOnly>
