import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api, apiFile } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { takeOut } from '../take-out.ts'
import { useSettled } from '../settled.ts'
import { Budgets } from './budgets.tsx'
import { Conclusion } from './conclusion.tsx'
import { DraftDialog } from './draft-dialog.tsx'
import { Fairness } from './fairness.tsx'
import { FirstReading } from './first-reading.tsx'
import { useLetters } from './letters.ts'
import { Pins } from './pins.tsx'
import type { Sliders } from './reading.ts'
import { asText, sentenceOf } from './sentence.ts'
import { FigureSlider } from './slider.tsx'
import { rememberTried } from './tried.ts'
import { handMoved, useSimulations } from './use-simulations.ts'
import { mostPinned, readPins, readVariant, type Variant, withFigure, written, writtenPins } from './variant.ts'
import { Where } from './where.tsx'
import { useSimulationWords } from './words.ts'
import './simulation.css'

/** 政策推演: other figures tried on everybody, as fast as the hand moves. */
export function SimulationScreen() {
  const words = useSimulationWords()
  const sliders = useLoad('sliders', signal => api('GET /simulations/sliders', { signal }))
  if (sliders.problem && !sliders.value)
    return (
      <>
        <h1 className="unseen">{words.title}</h1>
        <Failed problem={sliders.problem} again={sliders.again} />
      </>
    )
  if (!sliders.value)
    return (
      <>
        <h1 className="inscription">{words.title}</h1>
        <Skeleton shape={['card', 'tall']} />
      </>
    )
  if (sliders.value.households === 0)
    return (
      <>
        <h1 className="unseen">{words.title}</h1>
        <Empty
          title={words.nobody}
          act={
            <Link to="/imports" className="button">
              {words.toImports}
            </Link>
          }
        >
          {words.nobodyText}
        </Empty>
      </>
    )
  return <Workbench sliders={sliders.value} />
}

function Workbench({ sliders }: { readonly sliders: Sliders }) {
  const words = useSimulationWords()
  const said = useSaid()
  const language = useLanguage()
  const [address, setAddress] = useFilters()
  const [known] = useState(() => new Set(sliders.items.map(s => s.parameter)))
  const [variant, setVariant] = useState<Variant>(() => {
    const read = readVariant(address['set'], known)
    return sliders.items.reduce<Variant>(
      (v, s) => (v[s.parameter] === s.value ? withFigure(v, s.parameter, s.value, s.value) : v),
      read,
    )
  })
  const [pins, setPins] = useState<readonly Variant[]>(() => readPins(address['pins'], known))
  const tune = (next: (was: Variant) => Variant) => {
    handMoved()
    setVariant(next)
  }
  const [added, setAdded] = useState<readonly string[]>([])
  const [link, setLink] = useState<string>()
  const { answers, shown, busy, problem, again } = useSimulations(variant, pins)
  const inAddress = useSettled(`${written(variant)}|${writtenPins(pins)}`)
  useEffect(() => {
    const [set, kept] = inAddress.split('|')
    if ((address['set'] ?? '') !== set || (address['pins'] ?? '') !== kept)
      setAddress({ set: set || undefined, pins: kept || undefined })
    rememberTried(readVariant(set, known))
    // Only what was moved by hand goes into the address.
  }, [inAddress])
  useLetters({ r: () => tune(() => ({})) })

  const visible = sliders.items.filter(
    s => s.first || added.includes(s.parameter) || variant[s.parameter] !== undefined,
  )
  const others = sliders.items.filter(s => !visible.includes(s))
  const isPinned = pins.some(pin => written(pin) === written(variant))
  const drawn = shown && readVariant(shown.key, known)
  const isOld = problem !== undefined && shown !== undefined && shown.key !== written(variant)
  const [drafting, setDrafting] = useState(false)
  const [takenAs, setTakenAs] = useState<'xlsx' | 'csv'>('xlsx')
  const [takeFile, taking] = useDeed(async (format: 'xlsx' | 'csv') => {
    const file = await apiFile('GET /simulations/file', { query: { set: shown?.key || undefined, format } })
    takeOut(file, `${words.file}-${sliders.on}.${format}`)
  })
  const share = () => {
    const { origin, pathname } = globalThis.location
    const asked = new URLSearchParams({ set: written(variant), pins: writtenPins(pins) })
    for (const name of ['set', 'pins']) if (!asked.get(name)) asked.delete(name)
    const text = `${origin}${pathname}${asked.size > 0 ? `?${asked}` : ''}`
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    copied.then(
      () => setLink(''),
      () => setLink(text),
    )
  }
  return (
    <div className="desk-pile">
      <header className="desk-head">
        <div>
          <h1 className="inscription">{words.title}</h1>
          <p className="second">{words.about(formatDay(sliders.on, language), shown?.answer)}</p>
        </div>
        <div className="row">
          <Button
            icon="pin"
            off={written(variant) === '' || isPinned || pins.length >= mostPinned}
            onClick={() => setPins([...pins, variant])}
          >
            {pins.length >= mostPinned ? words.pinAll : isPinned ? words.pinned : words.pin(pins.length)}
          </Button>
          <Button icon="out" onClick={share}>
            {words.share}
          </Button>
          <Button icon="pen" off={!shown || shown.key === ''} onClick={() => setDrafting(true)}>
            {words.draft}
          </Button>
          {(['xlsx', 'csv'] as const).map(format => (
            <Button
              key={format}
              icon="table"
              off={!shown}
              busy={taking.busy && takenAs === format}
              onClick={() => {
                setTakenAs(format)
                takeFile(format)
              }}
            >
              {words.export(format)}
            </Button>
          ))}
          <Button icon="paper" off={!shown} onClick={() => globalThis.print()}>
            {words.print}
          </Button>
        </div>
      </header>
      {link !== undefined && (
        <Notice tone="hill" said act={link && <input readOnly value={link} aria-label={words.shareByHand} />}>
          {link === '' ? words.shared : words.shareByHand}
        </Notice>
      )}
      {taking.problem && <Failed problem={taking.problem} />}
      {problem && <Failed problem={problem} again={again} />}
      {isOld && <p className="second">{words.old}</p>}
      <div className="simulation">
        <div className="desk-pile">
          <div className="simulation-tune">
            <Card label={words.tune}>
              <div className="desk-card-head">
                <h2>{words.tune}</h2>
                <Button kind="text" onClick={() => tune(() => ({}))}>
                  {words.reset} <kbd>r</kbd>
                </Button>
              </div>
              <div className="figure-sliders">
                {visible.map(s => (
                  <FigureSlider
                    key={s.parameter}
                    of={s}
                    value={variant[s.parameter] ?? s.value}
                    onChange={value => tune(was => withFigure(was, s.parameter, value, s.value))}
                  />
                ))}
              </div>
              {others.length > 0 && (
                <label className="simulation-more">
                  <span>{words.more}</span>
                  <select value="" onChange={event => setAdded([...added, event.target.value])}>
                    <option value="">{words.moreChoose}</option>
                    {others.map(s => (
                      <option key={s.parameter} value={s.parameter}>
                        {said(s.label)}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              <p className="small second simulation-hint">
                {words.hint[0]}
                <kbd>←</kbd> <kbd>→</kbd>
                {words.hint[1]} <Example /> {words.hint[2]}
              </p>
            </Card>
          </div>
          {shown && (
            <Pins
              pins={pins}
              variant={variant}
              answers={answers}
              shown={shown.answer}
              sliders={sliders.items}
              onOpen={pin => tune(() => pin)}
              onDrop={pin => setPins(pins.filter(one => one !== pin))}
            />
          )}
        </div>
        {shown && drawn ? (
          <div className={isOld ? 'desk-pile simulation-old' : 'desk-pile'}>
            <Conclusion answer={shown.answer} variant={drawn} sliders={sliders.items} busy={busy} />
            <Where answer={shown.answer} map={sliders.map} />
            <div className="simulation-two">
              <Budgets
                answer={shown.answer}
                pins={pins.map((pin, i) => ({ name: words.pinName(i), answer: answers.get(written(pin)) }))}
              />
              <Fairness of={shown.answer.fairness} />
            </div>
          </div>
        ) : (
          !problem && <FirstReading />
        )}
      </div>
      {drafting && shown && drawn && (
        <DraftDialog
          variant={drawn}
          sliders={sliders.items}
          today={sliders.on}
          result={words.draftResult(
            sliders.on,
            asText(sentenceOf(shown.answer, drawn, sliders.items, words, said), words),
          )}
          onClose={() => setDrafting(false)}
        />
      )}
    </div>
  )
}
