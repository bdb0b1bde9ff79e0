import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { day } from '@zhulian/kernel'
import { readPool, shippedData } from '@zhulian/pool/files'
import { interview, priorsFrom, priorsOf, type HouseholdFacts, type Pool, type Shares } from '@zhulian/rules'
import { homeOf } from '../rules/made-up-rules.ts'
import { planInterview } from '../../server/src/modules/guidance/plan.ts'
import { LoadedPool } from '../../server/src/modules/pools/index.ts'
import { answered, homes, today } from './homes.ts'
import { likelihoods } from './likely.ts'
import { expectedQuestions, household, leastForAll, made, poolOfRules, randomly, rulesOf, type Known } from './rules.ts'
import { poolOfTable, solvable, tableNames, tableRows, tableServices } from './table-rules.ts'

/**
 * How many questions it takes to decide a rule, a service of three and 45 rules, beside the exact optimum, a fixed order that skips
 * what no longer matters, and a whole form.
 */
const on = day('2021-09-26')
const next = randomly(5)
const registry = Array.from({ length: 2000 }, () => household(next))
const people = Array.from({ length: Number(process.env['PEOPLE'] ?? 150) }, () => household(next))
const home = (known: Known): HouseholdFacts => ({ household: known, persons: [{ key: 'm', alive: true }] })
const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length

/** What is asked next while something is open. */
type Chooser = (known: Known) => string | undefined

/** As a form asks, without what no longer matters. */
const inFixedOrder = (pool: Pool, names: readonly string[], of = home): Chooser => {
  const wanted = pool.policies.map(policy => policy.id)
  return known => {
    const open = new Set(interview(pool, of(known), on, { wanted }).questions.map(q => q.fact))
    return names.find(name => open.has(`household.${name}`))
  }
}
const ours = (pool: Pool, counted: readonly Known[], of = home): Chooser => {
  const wanted = pool.policies.map(policy => policy.id)
  const priors = priorsOf(pool, counted.map(of), on)
  return known => interview(pool, of(known), on, { wanted, priors }).questions[0]?.fact.slice(10)
}
const names = made.map(f => f.name)

function asked(person: Known, choose: Chooser): number {
  const known: Record<string, unknown> = {}
  for (let questions = 0; ; questions++) {
    const fact = choose(known)
    if (fact === undefined) return questions
    known[fact] = person[fact]
  }
}
const meanAsked = (people: readonly Known[], choose: Chooser) => mean(people.map(person => asked(person, choose)))

const rules = rulesOf(45, 11)
const single = rules.map(rule => {
  const pool = poolOfRules([rule])
  return {
    best: expectedQuestions(rule, registry),
    own: expectedQuestions(rule, registry, ours(pool, registry)),
    fixed: expectedQuestions(rule, registry, inFixedOrder(pool, names)),
  }
})
const ratio = mean(single.map(s => s.own)) / mean(single.map(s => s.best))
const worst = Math.max(...single.map(s => s.own / s.best))
console.log(
  `one rule (${single.length} rules, expected exactly): optimum ${mean(single.map(s => s.best)).toFixed(3)}, asked ${mean(single.map(s => s.own)).toFixed(3)}, ratio ${ratio.toFixed(3)}, worst ${worst.toFixed(2)}; fixed order with skip ${mean(single.map(s => s.fixed)).toFixed(2)}`,
)

/** What is asked for services of three rules, and what the least is where it is solved exactly: expected, not drawn. */
interface Service {
  readonly own: number
  readonly fixed: number
  readonly least: number | undefined
}
function shareOf(what: string, services: readonly Service[]): void {
  const share = (of: readonly Service[], best: (s: Service) => number) =>
    (mean(of.map(best)) / mean(of.map(s => s.fixed))).toFixed(3)
  const own = mean(services.map(s => s.own))
  const fixed = mean(services.map(s => s.fixed))
  console.log(
    `${services.length} services of three rules, ${what}: asked ${own.toFixed(2)}, fixed order with skip ${fixed.toFixed(2)}, share ${share(services, s => s.own)}`,
  )
  const solved = services.filter(s => s.least !== undefined)
  if (solved.length > 0)
    console.log(
      `  of ${solved.length} of them, solved exactly: share ${share(solved, s => s.own)}, of the optimum ${share(solved, s => s.least ?? 0)}`,
    )
}

// Which share can be reached hangs on the rules: here on these, on others, and on those of the table that `bench/rules` judges.
const states = Number(process.env['STATES'] ?? 50_000)
const few = people.slice(0, 60)
const every: Service[] = []
for (const seed of [11, 12, 13, 14]) {
  const of = seed === 11 ? rules : rulesOf(45, seed)
  const services = Array.from({ length: 15 }, (_, i): Service => {
    const three = of.slice(i * 3, i * 3 + 3)
    const pool = poolOfRules(three)
    return {
      own: meanAsked(few, ours(pool, registry)),
      fixed: meanAsked(few, inFixedOrder(pool, names)),
      least: seed === 11 ? leastForAll(three, registry, states) : undefined,
    }
  })
  shareOf(`rules ${seed}`, services)
  every.push(...services)
}
shareOf(
  'all four',
  every.map(service => ({ ...service, least: undefined })),
)
const rows = tableRows(3000, 5)
const answering = tableRows(60, 1234)
shareOf(
  'rules of the table',
  tableServices.map((three): Service => {
    const pool = poolOfTable(three)
    const trees = three.map(solvable).filter(tree => tree !== undefined)
    return {
      own: meanAsked(answering, ours(pool, rows, homeOf)),
      fixed: meanAsked(answering, inFixedOrder(pool, tableNames, homeOf)),
      least: trees.length === three.length ? leastForAll(trees, rows, states) : undefined,
    }
  }),
)

const read = await readPool()
if (!read.ok) throw new Error('the shipped pool does not compile')
const { pool } = read

// What families of the made-up district are asked until their interview ends, and what is decided then. None of them was counted for the shares.
const loaded = new LoadedPool('shipped', pool.documents)
const shares = JSON.parse(await readFile(path.join(shippedData, 'shares.json'), 'utf8')) as Shares
const asking = { on: today, district: '330111', guide: false, priors: priorsFrom(loaded.pool, shares, today) }
const counted = 5000
for (const depth of ['everything', 'likely'] as const) {
  const all: { readonly pages: number; readonly old: boolean; readonly fits: number; readonly open: number }[] = []
  for (const home of homes(loaded, today, counted, Number(process.env['HOMES'] ?? 100))) {
    let talk = { ...home.start, depth }
    let plan = planInterview(loaded, talk, asking)
    for (; plan.next; plan = planInterview(loaded, talk, asking)) talk = { ...answered(talk, home, plan.next), depth }
    const states = plan.tiles.map(tile => tile.state)
    const [first, ...others] = talk.members ?? []
    all.push({
      pages: talk.answers.length,
      old: others.length === 0 && first?.birthDate !== undefined && String(first.birthDate) < '1956',
      fits: states.filter(state => state === 'certain').length,
      open: states.filter(state => state === 'possible').length,
    })
  }
  const lone = all.filter(one => one.old).map(one => one.pages)
  console.log(
    `${all.length} homes, ${depth}: ${mean(all.map(one => one.pages)).toFixed(1)} questions (${lone.length} of one old person: ${mean(lone).toFixed(1)}); ${mean(all.map(one => one.fits)).toFixed(1)} items fit, ${mean(all.map(one => one.open)).toFixed(1)} left open`,
  )
}

const { count, had, missed, homesMissing, first, last } = likelihoods(
  loaded,
  homes(loaded, today, counted, Number(process.env['HOMES'] ?? 100)),
  asking,
)
console.log(
  `${count} homes asked for what they are likely to get: ${had} results are theirs, ${missed} of them were left as improbable (${((missed / had) * 100).toFixed(1)} %), in ${homesMissing} homes`,
)
console.log(`judged probable on the first page → is so: ${first}`)
console.log(`judged probable at the end → is so: ${last}`)
