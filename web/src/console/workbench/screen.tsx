import type { Words } from '@zhulian/kernel'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { stateTone } from './draft.tsx'
import { isSingle, type Kind } from './document.ts'
import { ImportDialog } from './import-dialog.tsx'
import { useWorkbenchWords } from './words.ts'
import '../pools/pools.css'
import './workbench.css'

type Draft = Result<'GET /drafts'>['items'][number]
interface Line {
  readonly kind: Kind
  readonly key: string
  readonly name: Words
  readonly unit: Words | undefined
  readonly draft: Draft | undefined
}
const lists = ['policy', 'parameter', 'service', 'circle', 'alert'] as const
type List = (typeof lists)[number]
/** Circles and classes, of which there is one each, stand in one list; the card of points stands beside the alerts. */
const kindsIn: Readonly<Record<List, readonly Kind[]>> = {
  policy: ['policy'],
  parameter: ['parameter'],
  service: ['service'],
  circle: ['circle', 'class'],
  alert: ['points', 'alert'],
}
const states = ['inUse', 'draft', 'submitted', 'returned'] as const

/** 政策工作台: every rule by unit, with what is being changed and by whom. */
export function WorkbenchScreen() {
  const say = useWorkbenchWords()
  const said = useSaid()
  const language = useLanguage()
  const [filters, set] = useFilters()
  const [typed, setTyped] = useState('')
  const [importing, setImporting] = useState(false)
  const list = oneOf(lists, filters['kind']) ?? 'policy'
  const state = oneOf(states, filters['state'])
  const drafts = useLoad('drafts', signal => api('GET /drafts', { signal }))
  const rules = useLoad(`workbench ${list}`, signal => rulesOf(list, signal))
  useLive(['pools.'], drafts.again)
  const open = new Map(drafts.value?.items.filter(d => kindsIn[list].includes(d.kind)).map(d => [d.key, d]))
  const all: readonly Line[] = [
    ...[...open.values()]
      .filter(d => rules.value && !rules.value.some(rule => rule.key === d.key))
      .map(d => ({ kind: d.kind, key: d.key, name: d.name, unit: undefined, draft: d })),
    ...(rules.value ?? []).map(rule => ({ ...rule, draft: open.get(rule.key) })),
  ]
  const units = [...new Map(all.flatMap(line => (line.unit ? [[line.unit.zh, line.unit] as const] : []))).values()]
  const looked = typed.trim().toLowerCase()
  const shown = all.filter(
    line =>
      [line.key, line.name.zh, line.name.en].some(text => text.toLowerCase().includes(looked)) &&
      (!filters['unit'] || line.unit?.zh === filters['unit']) &&
      (state === undefined || (line.draft?.state ?? 'inUse') === state),
  )
  const changedFiles = drafts.value?.shippedChanged ?? []
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{drafts.value && say.sentence(drafts.value.items.length)}</p>
        </div>
        <div className="row">
          <Segmented
            name="workbench"
            label={say.kind}
            value={list}
            onChange={value => set({ kind: value === 'policy' ? undefined : value, unit: undefined })}
            options={lists.map(value => ({ value, label: say.kinds[value] }))}
          />
          <Button icon="plus" onClick={() => setImporting(true)}>
            {say.import}
          </Button>
        </div>
      </header>
      <div className="desk-pile">
        <div className="filters" role="search">
          <TextField label={say.search} kind="search" maxLength={40} value={typed} onChange={setTyped} />
          {units.length > 0 && (
            <SelectField
              label={say.unit}
              value={filters['unit'] ?? ''}
              blank={say.all}
              options={units.map(unit => ({ value: unit.zh, label: said(unit) }))}
              onChange={unit => set({ unit })}
            />
          )}
          <SelectField
            label={say.state}
            value={state ?? ''}
            blank={say.all}
            options={states.map(value => ({ value, label: say.states[value] }))}
            onChange={value => set({ state: value })}
          />
        </div>
        {drafts.problem && <Failed problem={drafts.problem} again={drafts.again} at={drafts.at} />}
        {rules.problem && <Failed problem={rules.problem} again={rules.again} at={rules.at} />}
        {changedFiles.length > 0 && (
          <Notice tone="ochre">{`${say.shippedChanged} ${changedFiles.map(one => one.key).join(' ')}`}</Notice>
        )}
        {!rules.value && !rules.problem && <Skeleton shape={['line', 'card', 'card']} />}
        {rules.value && shown.length === 0 && (
          <Empty
            title={say.empty}
            act={
              <Button
                onClick={() => {
                  setTyped('')
                  set({ unit: undefined, state: undefined })
                }}
              >
                {say.clear}
              </Button>
            }
          />
        )}
        {shown.length > 0 && (
          <Card>
            <Table
              caption={say.title}
              rows={shown}
              rowKey={line => line.key}
              columns={[
                {
                  key: 'key',
                  head: say.columns.key,
                  cell: ({ kind, key }) => <span className="whole">{isSingle(kind) ? say.tags[kind] : key}</span>,
                },
                {
                  key: 'name',
                  head: say.columns.name,
                  main: true,
                  cell: line => (
                    <Link
                      to="/workbench/$kind/$ruleKey"
                      params={{ kind: line.kind, ruleKey: line.key } as never}
                      data-row
                    >
                      {said(line.name)}
                    </Link>
                  ),
                },
                { key: 'unit', head: say.columns.unit, cell: line => line.unit && said(line.unit) },
                { key: 'state', head: say.columns.state, cell: line => <StateTag draft={line.draft} /> },
                {
                  key: 'by',
                  head: say.columns.by,
                  cell: ({ draft }) => draft && say.by(draft.authorName, formatInstant(draft.changedAt, language)),
                },
              ]}
            />
          </Card>
        )}
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  )
}

function StateTag({ draft }: { readonly draft: Draft | undefined }) {
  const { states: say } = useWorkbenchWords()
  return draft ? (
    <Tag tone={stateTone[draft.state]} icon="pen">
      {say[draft.state]}
    </Tag>
  ) : (
    <Tag tone="hill" icon="check">
      {say.inUse}
    </Tag>
  )
}

async function rulesOf(list: List, signal: AbortSignal): Promise<readonly Omit<Line, 'draft'>[]> {
  const found = await Promise.all(
    kindsIn[list].map(async kind => {
      const { items } = await api('GET /rules', { query: { kind }, signal })
      return items.map(({ key, name, unit }) => ({ kind, key, name, unit: unit ?? undefined }))
    }),
  )
  return found.flat()
}
