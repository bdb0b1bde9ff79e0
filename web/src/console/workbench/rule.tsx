import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, apiFile, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import type { Problem } from '../../platform/problem.ts'
import { useSaid } from '../../platform/words.ts'
import { takeOut } from '../take-out.ts'
import { Cases } from './cases.tsx'
import { isSingle, type Kind, kinds, type RuleDocument } from './document.ts'
import { DraftView } from './draft.tsx'
import { History } from './history.tsx'
import { Papers } from './papers.tsx'
import { RuleTable } from './rule-table.tsx'
import { useWorkbenchWords } from './words.ts'
import '../pools/pools.css'
import './workbench.css'

type Rule = Result<'GET /workbench/:kind/:key'>

/** One rule in the workbench: its open draft where there is one, else the one in force. */
export function RuleScreen() {
  const say = useWorkbenchWords()
  const params = useParams({ strict: false }) as { kind: string; ruleKey: string }
  const kind = kinds.find(one => one === params.kind) ?? 'policy'
  const key = params.ruleKey
  const [draftId, setDraftId] = useState<string>()
  const rule = useLoad(`workbench ${kind} ${key}`, signal =>
    api('GET /workbench/:kind/:key', { params: { kind, key }, signal }),
  )
  const open = draftId ?? rule.value?.draft ?? undefined
  const draft = useLoad(open && `draft ${open}`, signal =>
    api('GET /drafts/:draftId', { params: { draftId: open ?? '' }, signal }),
  )
  const back = <Link to="/workbench">{say.back}</Link>
  if (!rule.value)
    return rule.problem ? (
      <Failed problem={rule.problem} again={rule.again} act={back} />
    ) : (
      <Skeleton shape={['title', 'card', 'tall']} />
    )
  const left = () => {
    setDraftId(undefined)
    rule.again()
  }
  const { document } = rule.value
  return (
    <article className="desk-pile workbench">
      <p>{back}</p>
      {rule.problem && <Failed problem={rule.problem} again={rule.again} at={rule.at} />}
      {draft.problem && <Failed problem={draft.problem} again={draft.again} />}
      {open !== undefined && !draft.value && !draft.problem && <Skeleton shape={['title', 'card', 'tall']} />}
      {draft.value && <DraftView key={draft.value.id} draft={draft.value} onLeft={left} put={draft.put} />}
      {document && open === undefined && (
        <RuleInUse rule={rule.value} document={document as unknown as RuleDocument} onBegun={setDraftId} />
      )}
      {document && open !== undefined && <History kind={kind} ruleKey={key} onBegin={undefined} />}
    </article>
  )
}

function RuleInUse({
  rule,
  document,
  onBegun,
}: {
  readonly rule: Rule
  readonly document: RuleDocument
  readonly onBegun: (draft: string) => void
}) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const [begin, beginning] = useDeed(async (from?: string) => {
    const body = { kind: rule.kind, key: rule.key, ...(from === undefined ? {} : { from }) }
    onBegun((await api('POST /drafts', { body })).id)
  })
  return (
    <>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone="line">{isSingle(rule.kind) ? say.tags[rule.kind] : rule.key}</Tag>
            <Tag tone="hill" icon="check">
              {say.states.inUse}
            </Tag>
          </p>
          <h1 tabIndex={-1}>{said(rule.name)}</h1>
          <p className="second">{say.inUseText}</p>
        </div>
        <div className="row">
          {rule.kind !== 'parameter' && <Exports kind={rule.kind} ruleKey={rule.key} />}
          <Button kind="main" icon="pen" busy={beginning.busy} onClick={() => begin()}>
            {say.begin}
          </Button>
        </div>
      </header>
      {beginning.problem && (
        <Failed problem={beginning.problem} act={<OpenDraft problem={beginning.problem} onOpen={onBegun} />} />
      )}
      {rule.shippedChanged && <Notice tone="ochre">{say.shippedChanged}</Notice>}
      <RuleTable document={document} />
      <Papers document={document} />
      {rule.kind !== 'parameter' && (
        <Cases
          cases={rule.cases as never}
          owner={rule.key}
          kind={rule.kind}
          ruleKey={rule.key}
          check={undefined}
          onEdit={undefined}
        />
      )}
      <History kind={rule.kind} ruleKey={rule.key} onBegin={begin} />
    </>
  )
}

/** A colleague began in the meantime: the way to their draft. */
function OpenDraft({ problem, onOpen }: { readonly problem: Problem; readonly onOpen: (draft: string) => void }) {
  const say = useWorkbenchWords()
  const { draft } = problem.facts
  return typeof draft === 'string' && <Button onClick={() => onOpen(draft)}>{say.conflict.latest}</Button>
}

/** The two files as they stand in the district's data. */
function Exports({ kind, ruleKey }: { readonly kind: Exclude<Kind, 'parameter'>; readonly ruleKey: string }) {
  const say = useWorkbenchWords()
  const [get, getting] = useDeed(async (cases: boolean) => {
    takeOut(await fileOf(kind, ruleKey, cases), `${cases ? 'cases' : kind === 'alert' ? ruleKey : kind}.yaml`)
  })
  return (
    <>
      <Button kind="text" icon="out" busy={getting.busy} onClick={() => get(false)}>
        {say.exports[kind]}
      </Button>
      <Button kind="text" icon="out" busy={getting.busy} onClick={() => get(true)}>
        {say.exportCases}
      </Button>
      {getting.problem && <Failed problem={getting.problem} />}
    </>
  )
}

function fileOf(kind: Exclude<Kind, 'parameter'>, ruleKey: string, cases: boolean): Promise<Blob> {
  if (kind === 'alert' || kind === 'points')
    return apiFile('GET /alert-rules/:rule/file', {
      params: { rule: ruleKey },
      query: { part: cases ? 'cases' : 'rule' },
    })
  const of = <K extends typeof kind>(own: K) => ({ part: cases ? ('cases' as const) : own })
  if (kind === 'policy')
    return apiFile('GET /policies/:policyId/file', { params: { policyId: ruleKey }, query: of(kind) })
  if (kind === 'service')
    return apiFile('GET /services/:serviceId/file', { params: { serviceId: ruleKey }, query: of(kind) })
  return apiFile('GET /circles/file', { query: of(kind) })
}
