import { Button } from '../../parts/button.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import { dayOfInstant, formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { casesAbout } from './cases-about.ts'
import type { Check } from './check.tsx'
import type { Kind, WorkedCase } from './document.ts'
import { useWorkbenchWords } from './words.ts'

/** The worked households of a rule, each with how it came out, and the way to add one. */
export function Cases({
  cases,
  owner,
  kind,
  ruleKey,
  inUse,
  check,
  onEdit,
}: {
  readonly kind: Kind
  readonly ruleKey: string
  /** Of a draft, those in force as they stand, as text. */
  readonly inUse?: ReadonlySet<string>
  readonly cases: readonly WorkedCase[]
  readonly owner: string
  /** The last check, when nothing was changed since. */
  readonly check: Check | undefined
  /** An index beyond the last adds one. Absent where nothing can be edited. */
  readonly onEdit: ((index: number, example: WorkedCase) => void) | undefined
}) {
  const say = useWorkbenchWords().cases
  const language = useLanguage()
  const failed = new Set(check?.cases.failed.filter(f => f.owner === owner).map(f => f.index))
  const shown = casesAbout(cases, kind, ruleKey, inUse)
  const last = shown.at(-1)?.[1]
  return (
    <section className="sheet slim">
      <Fold title={say.title(shown.length)} plain>
        <p className="second">{shown.length === 0 ? say.none : say.about}</p>
        <ul className="lines plain">
          {shown.map(([i, example]) => (
            <li key={`${String(i)} ${example.name}`} className="case-line">
              <span>
                {example.name} <span className="second small">{formatDay(example.on, language)}</span>{' '}
                {check && (check.ready || check.cases.ran > 0) && (
                  <Tag tone={failed.has(i) ? 'seal' : 'hill'} icon={failed.has(i) ? 'warning' : 'check'}>
                    {failed.has(i) ? say.failed : say.passed}
                  </Tag>
                )}
              </span>
              {onEdit && (
                <span className="row">
                  <Button kind="text" name={say.editName(example.name)} onClick={() => onEdit(i, example)}>
                    {say.edit}
                  </Button>
                  <Button kind="text" name={say.copyName(example.name)} onClick={() => onEdit(cases.length, example)}>
                    {say.copy}
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
        {onEdit && (
          <Button
            icon="plus"
            onClick={() =>
              onEdit(
                cases.length,
                last ?? { name: '', on: today(), household: {}, persons: [{ key: 'a', alive: true }], expect: {} },
              )
            }
          >
            {say.add}
          </Button>
        )}
      </Fold>
    </section>
  )
}

const today = () => dayOfInstant(new Date())
