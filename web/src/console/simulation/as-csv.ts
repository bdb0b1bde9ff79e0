import type { Language, Words } from '@zhulian/kernel'
import type { Simulated, Slider } from './reading.ts'
import type { Variant } from './variant.ts'
import type { SimulationWords } from './zh.ts'

type Cell = string | number | null

/** What is shown, as a table a spreadsheet opens: figures tried, policies, townships, funds, fairness. Hidden counts stay hidden. */
export function asCsv(
  answer: Simulated,
  variant: Variant,
  sliders: readonly Slider[],
  words: SimulationWords,
  language: Language,
): string {
  const said = (w: Words) => w[language] || w.zh
  const { csv } = words
  const yes = (is: boolean) => (is ? csv.yes : '')
  const rows: Cell[][] = [
    [csv.about],
    [csv.day, answer.on],
    [csv.people, answer.people],
    [words.hidden],
    [],
    [csv.parameter, csv.inForce, csv.tried, csv.unit, csv.example],
    ...sliders
      .filter(s => variant[s.parameter] !== undefined)
      .map(s => [said(s.label), s.value, variant[s.parameter] ?? s.value, s.unit ? said(s.unit) : '', yes(s.example)]),
    [],
    [
      csv.policy,
      csv.gainedPeople,
      csv.gainedHouseholds,
      csv.lostPeople,
      csv.lostHouseholds,
      csv.opened,
      csv.costNow,
      csv.costTried,
      csv.example,
    ],
    ...answer.policies.map(p => [
      said(p.name),
      p.gained.people,
      p.gained.households,
      p.lost.people,
      p.lost.households,
      p.opened.people,
      p.costNow,
      p.costTried,
      yes(p.example),
    ]),
    [],
    [words.township, csv.policy, csv.gainedPeople, csv.lostPeople],
    ...answer.policies.flatMap(p =>
      answer.townships.flatMap((t, i) => {
        const [gained = null, lost = null] = p.townships[i] ?? []
        return gained === 0 && lost === 0 ? [] : [[t.name, said(p.name), gained, lost]]
      }),
    ),
    [],
    [csv.fund, csv.budget, csv.costNow, csv.costTried, csv.example],
    ...answer.budgets.map(b => [said(b.name), b.yuan, b.now, b.tried, yes(b.example)]),
    [],
    [words.age, words.disabled, csv.people, csv.gainedRate, csv.lostRate],
    ...answer.fairness.map(f => [
      words.ages[f.age],
      f.disabled ? words.disabled : words.able,
      f.people,
      f.gained,
      f.lost,
    ]),
  ]
  return `\ufeff${rows.map(row => row.map(written).join(',')).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would take for a formula stands behind an apostrophe. */
function written(cell: Cell): string {
  if (cell === null) return '＊'
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
