import { Icon } from '../../parts/icon.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useMarks, useSaid } from '../../platform/words.ts'
import { Clock } from './clock.tsx'
import type { CaseLine } from './kinds.ts'
import { useGuideWords } from './words/index.ts'
import './case-row.css'

/** One case in a list: who, what is wanted, who has it, its clock. */
export function CaseRow({ line, fresh }: { readonly line: CaseLine; readonly fresh?: boolean }) {
  const { cases } = useGuideWords()
  const said = useSaid()
  const { list } = useMarks()
  const wants = line.wants.slice(0, 3).map(said)
  return (
    <a className={fresh ? 'card case-row fresh' : 'card case-row'} href={`#/guide/case/${line.id}`}>
      <span className="case-row-words">
        <b>{line.name}</b>
        <span className="second"> · {line.village.name}</span>
        {wants.length > 0 && <small>{wants.join(list)}</small>}
        <span className="case-row-marks">
          <Tag
            tone={
              line.state === 'new' || line.state === 'returned' ? 'river' : line.state === 'closed' ? 'hill' : 'plain'
            }
          >
            {said(line.stateWords)}
          </Tag>
          {line.holder && !line.mine && <span className="mini second">{cases.by(line.holder)}</span>}
          {line.questionOpen && (
            <Tag tone="ochre" icon="question">
              {cases.asks}
            </Tag>
          )}
        </span>
        <Clock clock={line.clock} />
      </span>
      <Icon name="next" />
    </a>
  )
}
