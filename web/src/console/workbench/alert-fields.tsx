import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { useSaid } from '../../platform/words.ts'
import { type Level, levels, LevelTag } from '../alerts/level.tsx'
import { ConditionFields, ExpressionField } from './condition.tsx'
import type { Dictionary } from './dictionary.ts'
import {
  type AlertLine,
  type Audience,
  audiences,
  filled,
  put,
  readersOf,
  type RuleDocument,
  type Turn,
} from './document.ts'
import { BothWords, ProblemsAt, Sources, UnitField } from './field-parts.tsx'
import { useWorkbenchWords } from './words.ts'

interface Edited {
  readonly document: RuleDocument
  readonly problems: Result<'POST /drafts/:draftId/check'>['problems']
  readonly dictionary: Dictionary | undefined
  readonly onChange: (next: RuleDocument) => void
}

/** A rule of alerts as it is written: its levels, and what is done with what it raises. */
export function AlertFields(edited: Edited) {
  return (
    <div className="desk-pile">
      <Levels {...edited} />
      <Handling {...edited} />
      <Turns {...edited} />
      <About {...edited} />
    </div>
  )
}

/** A level more severe than a line stands before it; each is there once. */
const inOrder = (lines: readonly AlertLine[]) =>
  lines.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))

function Levels({ document, problems, dictionary, onChange }: Edited) {
  const words = useWorkbenchWords()
  const say = words.alert
  const lines = document.levels ?? []
  const scope = document.about ?? 'household'
  const free = levels.filter(level => !lines.some(line => line.level === level))
  const [fresh, setFresh] = useState<Level>()
  const set = (next: readonly AlertLine[]) => onChange({ ...document, levels: inOrder(next) })
  const add = (level: Level) => {
    setFresh(level)
    const last = lines.at(-1)
    set([...lines, { level, condition: last?.condition ?? 'household.size >= 1', provenance: ['I'] }])
  }
  return (
    <section className="sheet pad">
      <div className="desk-card-head">
        <h2>{say.levels}</h2>
        {free[0] && (
          <Button icon="plus" onClick={() => add((free.at(-1) ?? free[0]) as Level)}>
            {say.addLevel}
          </Button>
        )}
      </div>
      <p className="second small">{say.levelsText}</p>
      <ProblemsAt problems={problems.filter(p => p.field === 'levels')} field="levels" />
      {lines.map((line, i) => {
        const field = `levels.${String(i)}`
        const found = problems.filter(p => p.field === field || p.field?.startsWith(`${field}.`)).length
        return (
          <Fold
            key={line.level}
            late
            open={line.level === fresh || lines.length === 1}
            title={
              <>
                <LevelTag level={line.level} />{' '}
                {found > 0 && (
                  <Tag tone="seal" icon="warning">
                    {String(found)}
                  </Tag>
                )}
              </>
            }
          >
            <div className="desk-pile">
              <div className="fields-two">
                <SelectField
                  label={say.level}
                  value={line.level}
                  options={levels
                    .filter(level => level === line.level || free.includes(level))
                    .map(level => ({ value: level, label: say.colours[level] }))}
                  onChange={level => {
                    setFresh(level as Level)
                    set(put(lines, i, { ...line, level: level as Level }))
                  }}
                />
                {lines.length > 1 && (
                  <Button kind="text" icon="close" onClick={() => set(put(lines, i, undefined))}>
                    {say.removeLevel}
                  </Button>
                )}
              </div>
              <ConditionFields
                label={words.sorting.condition}
                text={line.condition.trim()}
                goesTo={readersOf(document)}
                {...{ scope, dictionary }}
                onChange={condition => set(put(lines, i, { ...line, condition }))}
              />
              <Sources
                hinted
                value={line.provenance}
                onChange={provenance => set(put(lines, i, { ...line, provenance }))}
              />
            </div>
            <ProblemsAt problems={problems} field={field} />
          </Fold>
        )
      })}
    </section>
  )
}

/** A field without its value rather than an empty one. */
function without(document: RuleDocument, field: string, value: unknown): RuleDocument {
  const { [field]: _, ...rest } = document
  return (value === undefined ? rest : { ...document, [field]: value }) as RuleDocument
}

function Handling({ document, problems, onChange }: Edited) {
  const say = useWorkbenchWords().alert
  const scope = document.about ?? 'household'
  const set = (field: string, value: unknown) => onChange(without(document, field, value))
  const goesTo = readersOf(document)
  const number = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : undefined)
  return (
    <section className="sheet pad">
      <h2>{say.handling}</h2>
      <div className="desk-pile">
        <div className="fields-two">
          <TextField
            label={say.windowDays}
            hint={say.windowHint}
            inputMode="numeric"
            maxLength={3}
            unit={say.daysUnit}
            value={String(document.windowDays ?? '')}
            onChange={text => set('windowDays', number(text) ?? 0)}
          />
          <TextField
            label={say.proofMonths}
            hint={say.emptyHint}
            inputMode="numeric"
            maxLength={2}
            unit={say.monthsUnit}
            value={String(document.proofMonths ?? '')}
            onChange={text => set('proofMonths', number(text))}
          />
          <SelectField
            label={say.goesTo}
            value={document.goesTo ?? 'village'}
            options={audiences.map(value => ({ value, label: say.audiences[value] }))}
            onChange={value => set('goesTo', value === 'village' ? undefined : (value as Audience))}
          />
          <SelectField
            label={say.ifUnknown}
            value={document.ifUnknown ?? ''}
            blank={say.nothing}
            options={levels.map(value => ({ value, label: say.colours[value] }))}
            onChange={value => set('ifUnknown', value || undefined)}
          />
        </div>
        <ProblemsAt problems={problems} field="windowDays" />
        <ProblemsAt problems={problems} field="proofMonths" />
        <ProblemsAt problems={problems} field="ifUnknown" />
        <ExpressionField
          what="day"
          label={say.occurrence}
          hint={say.occurrenceHint}
          text={document.occurrence ?? ''}
          {...{ scope, goesTo }}
          onChange={text => set('occurrence', filled(text))}
        />
        <ProblemsAt problems={problems} field="occurrence" />
        <ExpressionField
          what="condition"
          label={say.careful}
          hint={say.carefulHint}
          text={document.careful ?? ''}
          scope={scope}
          goesTo={document.goesTo ?? 'township'}
          onChange={text => set('careful', filled(text))}
        />
        <ProblemsAt problems={problems} field="careful" />
        {document.firstAction && (
          <BothWords
            value={document.firstAction}
            zh={say.firstActionZh}
            en={say.firstActionEn}
            onChange={next => set('firstAction', { ...document.firstAction, ...next })}
          />
        )}
        <TextField
          label={say.leadsTo}
          hint={say.leadsToHint}
          maxLength={120}
          value={(document.leadsTo ?? []).join(' ')}
          onChange={text => set('leadsTo', listIn(text))}
        />
        <ProblemsAt problems={problems} field="leadsTo" />
      </div>
    </section>
  )
}

/** As typed with spaces; a space at the end stays while one more is typed. */
function listIn(text: string): readonly string[] | undefined {
  const all = text.split(/[\s,，、]+/).filter(Boolean)
  if (text.endsWith(' ') && all.length > 0) return [...all, '']
  return all.length === 0 ? undefined : all
}

function Turns({ document, problems, dictionary, onChange }: Edited) {
  const say = useWorkbenchWords().alert
  const said = useSaid()
  const turns = document.turns ?? []
  const set = (next: readonly Turn[]) => onChange(without(document, 'turns', next.length === 0 ? undefined : next))
  const facts = [...(dictionary?.facts.values() ?? [])].map(fact => ({ value: fact.name, label: said(fact.label) }))
  const first = [...(dictionary?.facts.values() ?? [])].find(fact => fact.type === 'date')
  const numbers = (text: string) => {
    const all = (listIn(text) ?? []).filter(one => /^-?\d+$/.test(one)).map(Number)
    return all.length === 0 ? undefined : all
  }
  return (
    <section className="sheet pad">
      <div className="desk-card-head">
        <h2>{say.turns}</h2>
        {first && (
          <Button icon="plus" onClick={() => set([...turns, { fact: first.name, days: [0] }])}>
            {say.addTurn}
          </Button>
        )}
      </div>
      <p className="second">{say.turnsText}</p>
      <ProblemsAt problems={problems} field="turns" />
      {turns.map((turn, i) => {
        const part = (field: 'days' | 'months' | 'yearly', value: unknown) => {
          const { [field]: _, ...rest } = turn
          set(put(turns, i, (value === undefined ? rest : { ...turn, [field]: value }) as Turn))
        }
        return (
          // Several may hang on one fact; their place is what tells them apart.
          <fieldset key={`turn-${String(i)}`} className="paper-line">
            <legend className="unseen">{say.turnOf(i + 1)}</legend>
            <div className="fields-two">
              <SelectField
                label={say.turnFact}
                value={turn.fact}
                options={facts}
                onChange={fact => set(put(turns, i, { ...turn, fact }))}
              />
              <NumbersField label={say.turnDays} value={turn.days} onChange={text => part('days', numbers(text))} />
              <NumbersField
                label={say.turnMonths}
                value={turn.months}
                onChange={text => part('months', numbers(text))}
              />
              <TextField
                label={say.turnYearly}
                maxLength={60}
                value={(turn.yearly ?? []).join(' ')}
                onChange={text => part('yearly', listIn(text))}
              />
            </div>
            <div className="row">
              <Button kind="text" icon="close" onClick={() => set(put(turns, i, undefined))}>
                {say.removeTurn}
              </Button>
            </div>
          </fieldset>
        )
      })}
    </section>
  )
}

/** `0 91`; what is typed stays as it is typed until it is left. */
function NumbersField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: readonly number[] | undefined
  readonly onChange: (text: string) => void
}) {
  const [typed, setTyped] = useState<string>()
  const shown = (value ?? []).join(' ')
  const isSame = typed !== undefined && typed.trim().split(/\s+/).join(' ') === shown
  return (
    <TextField
      label={label}
      maxLength={60}
      value={isSame ? typed : shown}
      onChange={text => {
        setTyped(text)
        onChange(text)
      }}
    />
  )
}

function About({ document, problems, onChange }: Edited) {
  const { document: say, alert } = useWorkbenchWords()
  const name = document.name
  return (
    <section className="sheet slim">
      <Fold title={alert.name} plain>
        <div className="desk-pile">
          {typeof name === 'object' && (
            <BothWords
              value={name}
              zh={say.name}
              en={say.nameEn}
              onChange={next => onChange({ ...document, name: { ...name, ...next } })}
            />
          )}
          {typeof document.unit === 'string' && (
            <UnitField unit={document.unit} onChange={unit => onChange({ ...document, unit })} />
          )}
          <ProblemsAt problems={problems} field="unit" />
          <Sources
            hinted
            value={document.provenance ?? []}
            onChange={provenance => onChange({ ...document, provenance })}
          />
        </div>
      </Fold>
    </section>
  )
}
