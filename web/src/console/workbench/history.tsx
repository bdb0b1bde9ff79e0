import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import type { Kind, RuleDocument } from './document.ts'
import { Papers } from './papers.tsx'
import { RuleTable } from './rule-table.tsx'
import { useWorkbenchWords } from './words.ts'

/** Every version that was in force here, the newest first; from each a new draft can begin. */
export function History({
  kind,
  ruleKey,
  onBegin,
}: {
  readonly kind: Kind
  readonly ruleKey: string
  /** Absent while a draft is open. */
  readonly onBegin: ((from: string) => void) | undefined
}) {
  const say = useWorkbenchWords().history
  const language = useLanguage()
  const [reading, setReading] = useState<string>()
  const history = useLoad(`history ${kind} ${ruleKey}`, signal =>
    api('GET /workbench/:kind/:key/history', { params: { kind, key: ruleKey }, signal }),
  )
  return (
    <section className="sheet pad">
      <h2>{say.title}</h2>
      {history.problem && <Failed problem={history.problem} again={history.again} at={history.at} />}
      {!history.value && !history.problem && <Skeleton shape={['line', 'line']} />}
      <ol className="lines plain">
        {history.value?.items.map(line => (
          <li key={`${line.hash} ${line.publishedAt ?? ''}`} className="case-line">
            <span>
              {line.publishedAt === null
                ? say.shipped
                : `${formatInstant(line.publishedAt, language)} · ${say.line(line.authorName ?? '', line.publisherName ?? '')}`}{' '}
              {line.inUse && (
                <Tag tone="hill" icon="check">
                  {say.inUse}
                </Tag>
              )}
              {line.note && <span className="under">{line.note}</span>}
            </span>
            {!line.inUse && (
              <span className="row">
                <Button kind="text" onClick={() => setReading(line.hash)}>
                  {say.read}
                </Button>
                {onBegin && (
                  <Button kind="text" icon="undo" onClick={() => onBegin(line.hash)}>
                    {say.from}
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ol>
      {reading !== undefined && (
        <OldVersion {...{ kind, ruleKey }} hash={reading} onClose={() => setReading(undefined)} />
      )}
    </section>
  )
}

/** A version as it stood, to read. */
function OldVersion({
  kind,
  ruleKey,
  hash,
  onClose,
}: {
  readonly kind: Kind
  readonly ruleKey: string
  readonly hash: string
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useWorkbenchWords().history
  const old = useLoad(`history ${kind} ${ruleKey} ${hash}`, signal =>
    api('GET /workbench/:kind/:key/history/:hash', { params: { kind, key: ruleKey, hash }, signal }),
  )
  const document = old.value?.document as unknown as RuleDocument | undefined
  return (
    <Dialog title={say.old} closeName={words.close} onClose={onClose} wide="whole">
      <div className="desk-pile">
        {old.problem && <Failed problem={old.problem} again={old.again} />}
        {!document && !old.problem && <Skeleton shape={['line', 'card']} />}
        {document && (
          <>
            <RuleTable document={document} />
            <Papers document={document} />
          </>
        )}
      </div>
    </Dialog>
  )
}
