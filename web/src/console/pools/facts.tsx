import { useDeferredValue, useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Provenance } from './provenance.tsx'
import { Sources, tagsIn } from './sources.tsx'
import { usePoolWords } from './words.ts'
import './pools.css'

/** 事实字典: what can be known of a household or a person. */
export function FactsScreen() {
  const { facts: say } = usePoolWords()
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const looked = useDeferredValue(typed.trim().toLowerCase())
  const list = useLoad('facts', signal => api('GET /facts', { signal }))
  if (!list.value)
    return list.problem ? (
      <Failed problem={list.problem} again={list.again} />
    ) : (
      <Skeleton shape={['title', 'card', 'card']} />
    )
  const shown = list.value.items.filter(fact =>
    [fact.name, fact.label.zh, fact.label.en, fact.question?.zh ?? '', fact.question?.en ?? ''].some(text =>
      text.toLowerCase().includes(looked),
    ),
  )
  return (
    <div className="desk-pile">
      <header>
        <h1 className="inscription">{say.title}</h1>
        <p className="second">{say.sentence(list.value.items.length)}</p>
      </header>
      <div className="filters">
        <TextField label={say.search} kind="search" maxLength={40} value={typed} onChange={setTyped} />
      </div>
      {shown.length === 0 ? (
        <Empty title={say.empty} />
      ) : (
        <Card>
          <Table
            caption={say.title}
            rows={shown}
            rowKey={fact => fact.name}
            columns={[
              {
                key: 'name',
                head: say.name,
                main: true,
                cell: fact => (
                  <>
                    {said(fact.label)}
                    <span className="under">{fact.name}</span>
                    {fact.sensitive && (
                      <Tag tone="ochre" icon="shield">
                        {say.sensitive}
                      </Tag>
                    )}{' '}
                    {fact.derived && <Tag tone="line">{say.derived}</Tag>}
                  </>
                ),
              },
              {
                key: 'question',
                head: say.question,
                cell: fact =>
                  fact.question ? (
                    said(fact.question).replaceAll('{name}', say.somebody)
                  ) : fact.formula ? (
                    <code className="formula">{fact.formula}</code>
                  ) : (
                    <span className="second">{say.ask[fact.ask]}</span>
                  ),
              },
              {
                key: 'why',
                head: say.why,
                cell: fact => fact.why && said(fact.why).replaceAll('{name}', say.somebody),
              },
              {
                key: 'feed',
                head: say.feed,
                cell: fact => (
                  <>
                    {fact.feed} <Provenance of={fact.provenance} />
                  </>
                ),
              },
            ]}
          />
        </Card>
      )}
      <Sources tags={tagsIn(shown)} />
    </div>
  )
}
