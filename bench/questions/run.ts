import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { day } from '@zhulian/kernel'
import { readPool, shippedData } from '@zhulian/pool/files'
import {
  interview,
  judge,
  judgeAndAsk,
  priorsFrom,
  priorsOf,
  type HouseholdFacts,
  type Pool,
  type Shares,
} from '@zhulian/rules'
import { planInterview } from '../../server/src/modules/guidance/plan.ts'
import { LoadedPool } from '../../server/src/modules/pools/index.ts'
import { anyHousehold } from '../../packages/pool/test/any-household.ts'
import { answered, homes, today } from './homes.ts'
import { likelihoods } from './likely.ts'
import {
  expectedQuestions,
  household,
  leastForAll,
  made,
  poolOfRules,
  randomly,
  rulesOf,
  truth,
  type Known,
  type Tree,
} from './rules.ts'

/**
 * How many questions it takes to decide a rule, a service of three and 45 rules, beside the exact optimum, a fixed order that skips
 * what no longer matters, and a whole form; and what one household costs with reasons and the next question.
 */
const on = day('2021-09-26')
const next = randomly(5)
const registry = Array.from({ length: 2000 }, () => household(next))
const people = Array.from({ length: Number(process.env['PEOPLE'] ?? 150) }, () => household(next))
const home = (known: Known): HouseholdFacts => ({ household: known, persons: [{ key: 'm', alive: true }] })
const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length

type Chooser = (pool: Pool, known: Known, ids: readonly string[]) => string | undefined

const names = made.map(f => f.name)
const inFixedOrder: Chooser = (pool, known, wanted) => {
  const open = new Set(interview(pool, home(known), on, { wanted }).questions.map(q => q.fact))
  return names.find(name => open.has(`household.${name}`))
}
const ours = (pool: Pool): Chooser => {
  const priors = priorsOf(pool, registry.map(home), on)
  return (_, known, wanted) => interview(pool, home(known), on, { wanted, priors }).questions[0]?.fact.slice(10)
}

function asked(pool: Pool, rules: readonly Tree[], person: Known, choose: Chooser): number {
  const known: Record<string, unknown> = {}
  const ids = rules.map((_, i) => `R${i}`)
  for (let questions = 0; ; questions++) {
    const wanted = ids.filter((_, i) => truth(rules[i] as Tree, known) === undefined)
    const fact = wanted.length > 0 ? choose(pool, known, wanted) : undefined
    if (fact === undefined) return questions
    known[fact] = person[fact]
  }
}
const meanAsked = (rules: readonly Tree[], chooser: (pool: Pool) => Chooser, of = people) => {
  const pool = poolOfRules(rules)
  const choose = chooser(pool)
  return mean(of.map(person => asked(pool, rules, person, choose)))
}

const rules = rulesOf(45, 11)
const single = rules.map(rule => {
  const pool = poolOfRules([rule])
  const choose = ours(pool)
  return {
    best: expectedQuestions(rule, registry),
    own: expectedQuestions(rule, registry, known => choose(pool, known, ['R0'])),
    fixed: expectedQuestions(rule, registry, known => inFixedOrder(pool, known, ['R0'])),
  }
})
const ratio = mean(single.map(s => s.own)) / mean(single.map(s => s.best))
const worst = Math.max(...single.map(s => s.own / s.best))
console.log(
  `one rule (${single.length} rules, expected exactly): optimum ${mean(single.map(s => s.best)).toFixed(3)}, asked ${mean(single.map(s => s.own)).toFixed(3)}, ratio ${ratio.toFixed(3)}, worst ${worst.toFixed(2)}; fixed order with skip ${mean(single.map(s => s.fixed)).toFixed(2)}`,
)
// Which share can be reached hangs on the rules: other made-up rules too and, with OPTIMUM=1, the exact optimum of the first.
const few = people.slice(0, 60)
let [allOwn, allFixed] = [0, 0]
for (const seed of [11, 12, 13, 14]) {
  const of = seed === 11 ? rules : rulesOf(45, seed)
  const services = Array.from({ length: 15 }, (_, i) => [of[i * 3], of[i * 3 + 1], of[i * 3 + 2]] as Tree[])
  const own = mean(services.map(s => meanAsked(s, ours, few)))
  const fixed = mean(services.map(s => meanAsked(s, () => inFixedOrder, few)))
  const best = seed === 11 && process.env['OPTIMUM'] ? mean(services.map(s => leastForAll(s, registry))) : undefined
  console.log(
    `service of three rules, rules ${seed}: asked ${own.toFixed(2)}, fixed order with skip ${fixed.toFixed(2)}, share ${(own / fixed).toFixed(3)}${best === undefined ? '' : `; exact optimum (expected) ${best.toFixed(2)}, share ${(best / fixed).toFixed(3)}`}`,
  )
  allOwn += own
  allFixed += fixed
}
console.log(`service of three rules, 60 of them: share ${(allOwn / allFixed).toFixed(3)}`)

const read = await readPool()
if (!read.ok) throw new Error('the shipped pool does not compile')
const { pool } = read
const families = Array.from({ length: 200 }, (_, i) => anyHousehold(i, on) as unknown as HouseholdFacts)
const half = families.map((f, i): HouseholdFacts => {
  const some = randomly(i)
  const part = (known: object) =>
    Object.fromEntries(Object.entries(known).filter(([key]) => key === 'alive' || some() < 0.8))
  return { household: part(f.household), persons: f.persons.map(p => ({ ...part(p), key: p.key })) }
})
const cpuOf = (work: () => void): number => {
  work()
  const since = process.cpuUsage()
  for (let i = 0; i < 5; i++) work()
  const used = process.cpuUsage(since)
  return (used.user + used.system) / 1000 / 5 / families.length
}
for (const [what, list] of [
  ['all known', families],
  ['a fifth not known', half],
] as const) {
  const persons = mean(list.map(f => f.persons.length))
  const judged = cpuOf(() => list.forEach(f => judge(pool, f, on)))
  const both = cpuOf(() => list.forEach(f => judgeAndAsk(pool, f, on, { guide: true })))
  console.log(
    `one household (${persons.toFixed(1)} persons, ${pool.policies.length} policies, ${pool.services.length} services), ${what}: judged with reasons ${judged.toFixed(2)} ms CPU, with the next question ${both.toFixed(2)} ms`,
  )
}

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
