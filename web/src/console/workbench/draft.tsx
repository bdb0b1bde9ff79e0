import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { CaseDialog } from './case-dialog.tsx'
import { Cases } from './cases.tsx'
import { casesInUse } from './cases-about.ts'
import { Changes } from './changes.tsx'
import { CheckResult, type Check } from './check.tsx'
import { DocumentFields } from './document-fields.tsx'
import { isSingle, put as putIn, type RuleDocument, type WorkedCase } from './document.ts'
import { Papers } from './papers.tsx'
import { Reach } from './reach.tsx'
import { ReturnDialog } from './return-dialog.tsx'
import { RuleTable } from './rule-table.tsx'
import { useWorkbenchWords } from './words.ts'

type Draft = Result<'GET /drafts/:draftId'>
type CasesByOwner = Readonly<Record<string, readonly WorkedCase[]>>

export const stateTone: Readonly<Record<Draft['state'], Tone>> = {
  draft: 'river',
  submitted: 'ochre',
  returned: 'seal',
  published: 'hill',
  withdrawn: 'line',
}

interface Working {
  readonly document: RuleDocument
  readonly cases: CasesByOwner
  readonly note: string
}
const workingOf = (draft: Draft): Working => ({
  document: draft.document as unknown as RuleDocument,
  cases: draft.cases as unknown as CasesByOwner,
  // What a colleague wrote when giving it back is theirs.
  note: draft.state === 'returned' ? '' : (draft.note ?? ''),
})

/** One draft: written, checked, handed on; or looked at and published by a second person. */
export function DraftView({
  draft,
  onLeft,
  put,
}: {
  readonly draft: Draft
  /** Published or withdrawn: the rule in force is shown again. */
  readonly onLeft: () => void
  readonly put: (next: Draft) => void
}) {
  const say = useWorkbenchWords()
  const said = useSaid()
  const language = useLanguage()
  const [working, setWorking] = useState(() => workingOf(draft))
  const [version, setVersion] = useState(draft.version)
  const [checked, setChecked] = useState<{ readonly check: Check; readonly of: Working }>()
  const [asking, setAsking] = useState<'publish' | 'return' | 'withdraw'>()
  const [editing, setEditing] = useState<{
    readonly owner: string
    readonly index: number
    readonly example: WorkedCase
  }>()
  const params = { draftId: draft.id }
  // What a publication does differs: an alert is looked for at night, a rule of benefits holds at once.
  const { publishAsk } = draft.kind === 'alert' || draft.kind === 'points' ? say[draft.kind] : say
  const mayEdit = draft.may.includes('edit')
  const kept = workingOf(draft)
  const isChanged = mayEdit && JSON.stringify(working) !== JSON.stringify(kept)

  const take = (next: Draft) => {
    put(next)
    setWorking(workingOf(next))
    setVersion(next.version)
    return next
  }
  const save = async (ifMatch: number) => {
    const body = { document: { ...working.document }, cases: working.cases as never, note: working.note }
    return take(await api('PUT /drafts/:draftId', { params, ifMatch, body }))
  }
  const saved = async () => (isChanged ? await save(version) : draft)
  const [keep, keeping] = useDeed(() => save(version))
  const [over, overing] = useDeed((newer: number) => save(newer))
  const [look, looking] = useDeed(async () => {
    const of = workingOf(await saved())
    setChecked({ check: await api('POST /drafts/:draftId/check', { params, waitMs: checkWaitMs }), of })
  })
  const [hand, handing] = useDeed(async () => {
    const next = await saved()
    take(await api('POST /drafts/:draftId/submit', { params, ifMatch: next.version, body: { note: working.note } }))
  })
  const [fetchLatest, fetching] = useDeed(async () => take(await api('GET /drafts/:draftId', { params })))
  const [rest, resting] = useDeed(async () =>
    take(await api('POST /drafts/:draftId/rest-on-current', { params, ifMatch: version })),
  )

  const owner = draft.casesOwner
  const ownCases = working.cases[owner] ?? (draft.ownCases as unknown as readonly WorkedCase[])
  const editCase = (owner: string, index: number, example: WorkedCase) => setEditing({ owner, index, example })
  const [putCase, putting] = useDeed(async (owner: string, index: number, next: WorkedCase | undefined) => {
    setEditing(undefined)
    const all = await casesOf(owner, working, draft)
    const cases = index < all.length ? putIn(all, index, next) : next ? [...all, next] : all
    setWorking({ ...working, cases: { ...working.cases, [owner]: cases } })
  })
  const failed = [keeping, overing, looking, handing, resting, putting, fetching].find(deed => deed.problem)?.problem
  const isOvertaken = failed?.code === 'pools.draftChanged'
  const busy = [keeping, overing, looking, handing].some(deed => deed.busy)

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (isChanged) keep()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  const isStale = checked !== undefined && JSON.stringify(checked.of) !== JSON.stringify(working)
  return (
    <>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone="line">{isSingle(draft.kind) ? say.tags[draft.kind] : draft.key}</Tag>
            <Tag tone={stateTone[draft.state]} icon="pen">
              {say.states[draft.state]}
            </Tag>
            <span className="second small">{say.by(draft.authorName, formatInstant(draft.changedAt, language))}</span>
          </p>
          <h1 tabIndex={-1}>{said(draft.name)}</h1>
          <p className="second" role="status">
            {mayEdit && (isChanged ? say.unsaved : say.saved)}
          </p>
        </div>
        <div className="row">
          <Button icon="check" busy={looking.busy} off={busy && !looking.busy} onClick={look}>
            {say.steps.check}
          </Button>
          {mayEdit && (
            <>
              <Button busy={keeping.busy} off={!isChanged} onClick={keep}>
                {say.steps.save}
              </Button>
              <Button kind="main" busy={handing.busy} off={busy && !handing.busy} onClick={hand}>
                {say.steps.submit}
              </Button>
            </>
          )}
          {draft.state === 'submitted' && (
            <>
              <Button onClick={() => setAsking('return')}>{say.steps.return}</Button>
              {draft.may.includes('publish') && (
                <Button kind="main" onClick={() => setAsking('publish')}>
                  {say.steps.publish}
                </Button>
              )}
            </>
          )}
          {draft.may.includes('withdraw') && (
            <Button kind="text" onClick={() => setAsking('withdraw')}>
              {say.steps.withdraw}
            </Button>
          )}
        </div>
      </header>
      {failed && (
        <Failed
          problem={failed}
          act={
            isOvertaken && (
              <>
                <Button
                  onClick={() => {
                    for (const deed of [keeping, looking, handing]) deed.clear()
                    fetchLatest()
                  }}
                >
                  {say.conflict.latest}
                </Button>
                <Button kind="text" onClick={() => over(Number(failed.facts['version']))}>
                  {say.conflict.mine}
                </Button>
              </>
            )
          }
        />
      )}
      {draft.state === 'submitted' && (
        <Notice>{draft.mine ? `${say.submitted} ${say.mineWaits}` : say.handed(draft.authorName, draft.note)}</Notice>
      )}
      {draft.state === 'returned' && draft.note && (
        <Notice tone="seal">{`${say.returnedBy(draft.reviewerName ?? '')}${draft.note}`}</Notice>
      )}
      {draft.baseChanged && (
        <Notice tone="ochre" act={mayEdit && <Button onClick={rest}>{say.restOnCurrent}</Button>}>
          {say.baseChanged}
        </Notice>
      )}
      <CheckResult check={checked?.check} stale={isStale} second={!mayEdit} onEdit={mayEdit ? editCase : undefined} />
      {mayEdit && (
        <>
          <DocumentFields
            document={working.document}
            problems={checked?.check.problems ?? []}
            onChange={document => setWorking({ ...working, document })}
          />
          <div className="sheet pad">
            <TextField
              label={say.note}
              hint={say.noteHint}
              lines={2}
              maxLength={500}
              value={working.note}
              onChange={note => setWorking({ ...working, note })}
            />
          </div>
        </>
      )}
      <Changes draft={draft} />
      {!mayEdit && (
        <section className="sheet slim">
          <Fold title={say.whole} plain late>
            <RuleTable document={working.document} />
            <Papers document={working.document} />
          </Fold>
        </section>
      )}
      <Reach draft={draft} unchanged={draft.text.every(line => line.sign === 'same')} unsaved={isChanged} />
      {draft.kind !== 'parameter' && (
        <Cases
          cases={ownCases}
          owner={owner}
          kind={draft.kind}
          ruleKey={draft.key}
          inUse={casesInUse(draft)}
          check={isStale ? undefined : checked?.check}
          onEdit={mayEdit ? (index, example) => editCase(owner, index, example) : undefined}
        />
      )}
      {editing && (
        <CaseDialog
          draftId={draft.id}
          // Those in a file of several rules belong to the one that is written.
          owner={editing.owner === owner ? draft.key : editing.owner}
          example={editing.example}
          isNew={editing.owner === owner && editing.index >= ownCases.length}
          onClose={() => setEditing(undefined)}
          onKeep={next => putCase(editing.owner, editing.index, next)}
        />
      )}
      {asking === 'publish' && (
        <Confirm
          kind="main"
          title={say.steps.publish}
          text={publishAsk(said(draft.name))}
          onClose={() => setAsking(undefined)}
          deed={async () => {
            await api('POST /drafts/:draftId/publish', {
              params,
              ifMatch: draft.version,
              body: {},
              waitMs: checkWaitMs,
            })
            onLeft()
          }}
        />
      )}
      {asking === 'withdraw' && (
        <Confirm
          title={say.steps.withdraw}
          text={say.withdrawAsk}
          onClose={() => setAsking(undefined)}
          deed={async () => {
            await api('DELETE /drafts/:draftId', { params })
            onLeft()
          }}
        />
      )}
      {asking === 'return' && (
        <ReturnDialog
          onClose={() => setAsking(undefined)}
          deed={async note => {
            take(await api('POST /drafts/:draftId/return', { params, ifMatch: draft.version, body: { note } }))
          }}
        />
      )}
    </>
  )
}

/** All worked households of an owner, as they stand with the draft: those of another rule are fetched. */
async function casesOf(owner: string, working: Working, draft: Draft): Promise<readonly WorkedCase[]> {
  const changed = working.cases[owner]
  if (changed) return changed
  if (owner === draft.casesOwner) return draft.ownCases as unknown as readonly WorkedCase[]
  const answer = await api('GET /worked-households/:owner', { params: { owner } })
  return answer.items as unknown as readonly WorkedCase[]
}

/** Some hundred worked households are judged. */
const checkWaitMs = 120_000
