import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { useSaid } from '../../platform/words.ts'
import { Count } from './conclusion.tsx'
import { gainer, loser, type Simulated, type Slider } from './reading.ts'
import { plainNumber } from './slider.tsx'
import { type Variant, written } from './variant.ts'
import { useSimulationWords } from './words.ts'

/** What was pinned beside what is in force and what is tried now. */
export function Pins({
  pins,
  variant,
  answers,
  shown,
  sliders,
  onOpen,
  onDrop,
}: {
  readonly pins: readonly Variant[]
  readonly variant: Variant
  readonly answers: ReadonlyMap<string, Simulated>
  readonly shown: Simulated
  readonly sliders: readonly Slider[]
  readonly onOpen: (pin: Variant) => void
  readonly onDrop: (pin: Variant) => void
}) {
  const words = useSimulationWords()
  const said = useSaid()
  const inWords = (one: Variant) =>
    sliders
      .filter(s => one[s.parameter] !== undefined)
      .map(s => `${said(s.label)} ${plainNumber(one[s.parameter] ?? s.value)}`)
      .join(words.and)
  const row = (answer: Simulated | undefined) => {
    const [gains, loses] = answer ? [gainer(answer), loser(answer)] : []
    return (
      <>
        <td>{answer && <Count of={gains ? gains.gained.people : 0} />}</td>
        <td>{answer && <Count of={loses ? loses.lost.people : 0} />}</td>
        <td>{answer && words.wan(answer.cost.tried)}</td>
      </>
    )
  }
  return (
    <Card label={words.pins}>
      <div className="desk-card-head">
        <h2>{words.pins}</h2>
        <span className="second small">{words.wanUnit}</span>
      </div>
      <table className="plans">
        <caption className="unseen">{words.pinsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.plan}</th>
            <th scope="col">{words.gainedShort}</th>
            <th scope="col">{words.lostShort}</th>
            <th scope="col">{words.planCost}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.inForcePlan}</th>
            <td>0</td>
            <td>0</td>
            <td>{words.wan(shown.cost.now)}</td>
          </tr>
          {pins.map((pin, i) => (
            <tr key={written(pin)}>
              <th scope="row">
                <span className="plan-name">{words.pinName(i)}</span> {inWords(pin)}
                <span className="plan-acts">
                  {written(pin) !== written(variant) && (
                    <Button kind="text" onClick={() => onOpen(pin)}>
                      {words.open(words.pinName(i))}
                    </Button>
                  )}
                  <Button kind="text" onClick={() => onDrop(pin)}>
                    {words.unpin(words.pinName(i))}
                  </Button>
                </span>
              </th>
              {row(answers.get(written(pin)))}
            </tr>
          ))}
          <tr className="tuned">
            <th scope="row">{words.beingTuned}</th>
            {row(shown)}
          </tr>
        </tbody>
      </table>
      <p className="mini second">{words.pinsText}</p>
    </Card>
  )
}
