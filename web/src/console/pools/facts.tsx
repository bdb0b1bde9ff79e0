import { useDeferredValue, useState } from 'react'
import { TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Provenance } from './provenance.tsx'
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
    <div className="stack-wide">
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
        <div className="sheet">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{say.name}</th>
                <th scope="col">{say.question}</th>
                <th scope="col">{say.why}</th>
                <th scope="col">{say.feed}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(fact => (
                <tr key={fact.name}>
                  <th scope="row">
                    {said(fact.label)}
                    <p className="second mini">{fact.name}</p>
                    {fact.sensitive && <Tag tone="ochre">{say.sensitive}</Tag>}{' '}
                    {fact.derived && <Tag tone="line">{say.derived}</Tag>}
                  </th>
                  <td>
                    {fact.question ? (
                      said(fact.question)
                    ) : (
                      <span className="second">{fact.formula ?? say.ask[fact.ask]}</span>
                    )}
                  </td>
                  <td>{fact.why && said(fact.why)}</td>
                  <td>
                    {fact.feed} <Provenance of={fact.provenance} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
