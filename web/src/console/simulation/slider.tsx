import { useId, useRef, useState } from 'react'
import { numberIn } from '../../parts/number-in.ts'
import { Example } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import type { Slider } from './reading.ts'
import { mostFigure, nearestStep, stepped } from './variant.ts'
import { useSimulationWords } from './words.ts'

export const plainNumber = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 6 })

/** One figure: a rail with a tick at what is in force, and a field of equal rank. Arrow keys move one step. */
export function FigureSlider({
  of,
  value,
  onChange,
}: {
  readonly of: Slider
  readonly value: number
  readonly onChange: (value: number) => void
}) {
  const words = useSimulationWords()
  const said = useSaid()
  const id = useId()
  const rail = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string>()
  const label = said(of.label)
  const unit = of.unit ? said(of.unit) : ''
  const range = { min: Math.min(of.min, value), max: Math.max(of.max, value) }
  const share = (n: number) => `${((n - range.min) / (range.max - range.min || 1)) * 100}%`
  const changed = value !== of.value
  const wrong = typed !== undefined && !fits(numberIn(typed))
  const [low, high] = [Math.min(value, of.value), Math.max(value, of.value)]
  const move = (by: number) => {
    setTyped(undefined)
    onChange(stepped(value, by, of.step, range))
  }
  const to = (x: number) => {
    const box = rail.current?.getBoundingClientRect()
    if (!box) return
    const at = range.min + Math.min(1, Math.max(0, (x - box.left) / box.width)) * (range.max - range.min)
    setTyped(undefined)
    onChange(Math.min(range.max, Math.max(range.min, nearestStep(at, of.value, of.step))))
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
  }
  return (
    <div className={changed ? 'figure-slider changed' : 'figure-slider'}>
      <div className="figure-slider-head">
        <label htmlFor={id}>
          {label} {of.example && <Example />}
        </label>
        <span className="figure-slider-value">
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            value={typed ?? plainNumber(value)}
            aria-invalid={wrong || undefined}
            aria-describedby={`${id}-said`}
            onChange={event => {
              setTyped(event.target.value)
              const n = numberIn(event.target.value)
              if (fits(n)) onChange(n)
            }}
            onBlur={() => setTyped(undefined)}
            onKeyDown={event => {
              if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
              event.preventDefault()
              move(event.key === 'ArrowUp' ? 1 : -1)
            }}
          />
          <span className="second small">{unit}</span>
        </span>
      </div>
      <div
        ref={rail}
        className="figure-slider-track"
        onPointerDown={event => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          event.currentTarget.querySelector<HTMLElement>('[role=slider]')?.focus()
          event.preventDefault()
          to(event.clientX)
        }}
        onPointerMove={event => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) to(event.clientX)
        }}
      >
        <span className="figure-slider-rail" />
        <span className="figure-slider-fill" style={{ left: share(low), right: `calc(100% - ${share(high)})` }} />
        <span className="figure-slider-was" style={{ left: share(of.value) }} />
        <span
          role="slider"
          tabIndex={0}
          className="figure-slider-knob"
          style={{ left: share(value) }}
          aria-label={label}
          aria-valuemin={range.min}
          aria-valuemax={range.max}
          aria-valuenow={value}
          aria-valuetext={words.slider(plainNumber(value), unit, plainNumber(of.value))}
          onKeyDown={event => {
            const by = steps[event.key]
            const end = event.key === 'Home' ? of.min : event.key === 'End' ? of.max : undefined
            if (by === undefined && end === undefined) return
            event.preventDefault()
            if (by !== undefined) move(by)
            if (end !== undefined) onChange(end)
          }}
        />
      </div>
      <p className="mini second" id={`${id}-said`}>
        {wrong
          ? words.outOfRange
          : [
              words.inForce(plainNumber(of.value)),
              !changed
                ? words.same
                : value > of.value
                  ? words.raised(plainNumber(value - of.value))
                  : words.lowered(plainNumber(of.value - value)),
            ].join(words.comma)}
      </p>
    </div>
  )
}

const fits = (n: number | undefined): n is number => n !== undefined && n <= mostFigure
