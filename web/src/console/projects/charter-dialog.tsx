import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { numberIn } from '../../parts/number-in.ts'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useDivisions } from '../shell/place-name.ts'
import type { Project } from './look.ts'
import { useProjectWords } from './words.ts'

const brands = ['study', 'medical', 'hardship', 'disability'] as const
type Read = Result<'POST /projects/rule'>

/** The charter of a draft: why, what, for whom, its limits, how people are kept safe; size, place, rule and what is to be reached. */
export function CharterDialog({
  project,
  onSaved,
  onClose,
}: {
  readonly project?: Project
  readonly onSaved: (project: Project) => void
  readonly onClose: () => void
}) {
  const all = useProjectWords()
  const { charter: say, one } = all
  const said = useSaid()
  const services = useLoad('services', signal => api('GET /services', { query: {}, signal }))
  const whole = useDivisions()
  const townships = (whole?.divisions ?? []).filter(place => place.code.length === 9)
  const [first] = project?.items ?? []
  const [goal] = project?.indicators ?? []
  const [text, setText] = useState({
    name: project?.name ?? '',
    purpose: project?.purpose ?? '',
    whatIsDone: project?.whatIsDone ?? '',
    forWhom: project?.forWhom ?? '',
    limits: project?.limits ?? '',
    safeguarding: project?.safeguarding ?? '',
    units: first ? String(first.units) : '',
    price: first ? String(first.unitFen / 100) : '',
    places: project ? String(project.places) : '',
    eligibility: project?.eligibility?.condition ?? '',
    goal: goal?.words ?? '',
    target: goal ? String(goal.target) : '',
    unit: goal?.unit ?? '',
    measured: goal?.measured ?? '',
  })
  const put = (name: keyof typeof text) => (value: string) => setText(now => ({ ...now, [name]: value }))
  const [brand, setBrand] = useState<string>(project?.brand.id ?? '')
  const [service, setService] = useState(first?.service.id ?? '')
  const [area, setArea] = useState<readonly string[]>(project?.areaCodes.filter(code => code.length === 9) ?? [])
  const [from, setFrom] = useState<string>(project?.fromOn ?? '')
  const [until, setUntil] = useState<string>(project?.untilOn ?? '')
  const [read, setRead] = useState<Read>()
  const [tried, setTried] = useState(false)
  const [units, price, places] = [Number(text.units), numberIn(text.price) ?? -1, Number(text.places)]
  const isLong = (value: string) => value.trim().length >= 2
  const isCount = (n: number) => Number.isInteger(n) && n >= 1
  const hasGoal = text.goal.trim() !== ''
  const wrong = {
    name: !isLong(text.name),
    purpose: !isLong(text.purpose),
    whatIsDone: !isLong(text.whatIsDone),
    forWhom: !isLong(text.forWhom),
    limits: !isLong(text.limits),
    safeguarding: !isLong(text.safeguarding),
    brand: brand === '',
    service: service === '',
    units: !isCount(units),
    price: price < 0,
    places: !isCount(places),
    days: from === '' || until === '' || until <= from,
    goal:
      hasGoal && !(isLong(text.goal) && isLong(text.measured) && text.unit.trim() !== '' && Number(text.target) >= 0),
  }
  const must = (which: keyof typeof wrong) => (tried && wrong[which] ? say.must : undefined)
  const [ask, asking] = useDeed(async () => {
    setRead(await api('POST /projects/rule', { body: { condition: text.eligibility.trim() } }))
  })
  const [takeOwn, taking] = useDeed(async () => {
    const own = await api('GET /services/:serviceId', { params: { serviceId: service } })
    put('eligibility')(own.condition.trim())
    setRead(undefined)
  })
  const [send, sending] = useDeed(async () => {
    const rest = (project?.items ?? [])
      .slice(1)
      .filter(item => item.service.id !== service)
      .map(item => ({ service: item.service.id, units: item.units, unitFen: item.unitFen }))
    const body = {
      name: text.name.trim(),
      brand: brand as (typeof brands)[number],
      purpose: text.purpose.trim(),
      whatIsDone: text.whatIsDone.trim(),
      forWhom: text.forWhom.trim(),
      limits: text.limits.trim(),
      safeguarding: text.safeguarding.trim(),
      items: [{ service, units, unitFen: Math.round(price * 100) }, ...rest],
      places,
      area: (area.length > 0 ? [...area] : [whole?.district ?? '']) as never,
      ...(text.eligibility.trim() ? { eligibility: text.eligibility.trim() } : {}),
      indicators: [
        ...(hasGoal
          ? [
              {
                words: text.goal.trim(),
                target: Math.round(Number(text.target)),
                unit: text.unit.trim(),
                measured: text.measured.trim(),
              },
            ]
          : []),
        ...(project?.indicators ?? []).slice(1),
      ],
      fromOn: from as never,
      untilOn: until as never,
    }
    const saved = project
      ? await api('PUT /projects/:projectId', {
          params: { projectId: project.id },
          body: { ...body, expectedVersion: project.version },
        })
      : await api('POST /projects', { body })
    onSaved(saved)
    onClose()
  })
  const longText = (name: 'purpose' | 'whatIsDone' | 'forWhom' | 'limits' | 'safeguarding', label: string) => (
    <TextField label={label} lines={2} maxLength={500} value={text[name]} onChange={put(name)} error={must(name)} />
  )
  return (
    <FormDialog
      title={project ? say.editTitle : say.newTitle}
      wide
      deed={sending}
      save={say.save}
      saving={say.saving}
      reads={[services]}
      onSend={() => {
        setTried(true)
        if (!Object.values(wrong).includes(true)) send()
      }}
      onClose={onClose}
    >
      <TextField label={say.name} maxLength={60} value={text.name} onChange={put('name')} error={must('name')} />
      <SelectField
        label={all.brand}
        value={brand}
        onChange={setBrand}
        options={brands.map(value => ({ value, label: all.brands[value] }))}
        error={must('brand')}
      />
      {longText('purpose', one.purpose)}
      {longText('whatIsDone', one.what)}
      {longText('forWhom', one.forWhom)}
      {longText('limits', one.limits)}
      {longText('safeguarding', one.safeguarding)}
      <SelectField
        label={all.service}
        value={service}
        onChange={setService}
        options={(services.value?.items ?? []).map(item => ({
          value: item.id,
          label: `${item.id} ${said(item.name)}`,
        }))}
        error={must('service')}
      />
      <div className="projects-pair">
        <NumberField
          label={say.units}
          value={text.units}
          onChange={put('units')}
          error={tried && wrong.units ? say.mustUnits : undefined}
        />
        <NumberField
          label={say.unitYuan}
          value={text.price}
          onChange={put('price')}
          error={tried && wrong.price ? say.mustYuan : undefined}
        />
        <NumberField
          label={all.heads.places}
          value={text.places}
          onChange={put('places')}
          error={tried && wrong.places ? say.mustUnits : undefined}
        />
      </div>
      <fieldset className="projects-area">
        <legend>{say.area}</legend>
        {townships.map(place => (
          <label key={place.code}>
            <input
              type="checkbox"
              checked={area.includes(place.code)}
              onChange={event =>
                setArea(event.currentTarget.checked ? [...area, place.code] : area.filter(code => code !== place.code))
              }
            />
            {place.name}
          </label>
        ))}
      </fieldset>
      <TextField
        label={say.rule}
        hint={say.ruleHint}
        optional
        lines={3}
        maxLength={2000}
        value={text.eligibility}
        onChange={value => {
          put('eligibility')(value)
          setRead(undefined)
        }}
      />
      <div className="row">
        {service && (
          <Button busy={taking.busy} onClick={takeOwn}>
            {say.ownRule}
          </Button>
        )}
        {text.eligibility.trim() && (
          <Button busy={asking.busy} onClick={ask}>
            {say.readRule}
          </Button>
        )}
      </div>
      {read && (
        <div role="status" className={read.ok ? 'projects-read' : 'projects-read wrong'}>
          {read.ok && <p>{say.reads}</p>}
          <ul>
            {(read.ok ? read.sentences : read.problems.map(problem => problem.words)).map(words => (
              <li key={words.zh}>{said(words)}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="projects-pair">
        <DayField label={say.from} value={from} onChange={setFrom} above />
        <DayField label={say.until} value={until} onChange={setUntil} above />
      </div>
      {tried && wrong.days && <p className="field-error">{say.mustDays}</p>}
      <TextField
        label={say.indicator}
        optional
        maxLength={120}
        value={text.goal}
        onChange={put('goal')}
        error={must('goal')}
      />
      {hasGoal && (
        <div className="projects-pair">
          <NumberField label={say.target} value={text.target} onChange={put('target')} />
          <TextField label={say.unit} maxLength={20} value={text.unit} onChange={put('unit')} />
          <TextField label={say.measured} maxLength={160} value={text.measured} onChange={put('measured')} />
        </div>
      )}
    </FormDialog>
  )
}
