import { day } from '@zhulian/kernel'
import {
  checkFacts,
  compile,
  interview,
  judge,
  judgeAndAsk,
  type FactDocument,
  type HouseholdFacts,
  type Judgement,
  type PersonPolicyResult,
  type PolicyResult,
  type ValueForm,
} from '@zhulian/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPool } from './files.ts'

const read = await readPool()
if (!read.ok) throw new Error('the data files cannot be read')
const { pool } = read
const on = day('2021-09-26')

/** Any value the dictionary allows, near the lines that matter. */
function valueOf(form: ValueForm, fields: FactDocument['fields'], whole: boolean): fc.Arbitrary<unknown> {
  const plain = ((): fc.Arbitrary<unknown> => {
    switch (form.type) {
      case 'boolean':
        return fc.boolean()
      case 'integer':
        return fc.integer({ min: form.min ?? 0, max: Math.min(form.max ?? 30, (form.min ?? 0) + 30) })
      case 'number':
        return fc.constantFrom(0, 30, 60, 90.5).filter(v => v <= (form.max ?? v))
      case 'money':
        return fc.constantFrom(0, 240, 800, 1102, 1653, 20000, 60000)
      case 'enum':
        return fc.constantFrom(...(form.values ?? []).map(v => v.value).filter(v => v !== 'unknown'))
      case 'set':
        return fc.subarray((form.values ?? []).map(v => v.value))
      case 'date':
        return fc.constantFrom('1940-02-29', '1962-09-26', '1985-01-01', '2010-06-01', '2021-07-01')
      case 'list': {
        const item = Object.fromEntries(Object.entries(fields ?? {}).map(([k, f]) => [k, valueOf(f, undefined, whole)]))
        return fc.array(whole ? fc.record(item) : fc.record(item, { requiredKeys: [] }), { maxLength: 2 })
      }
      default:
        return fc.constantFrom('330111', '330106', '340102')
    }
  })()
  return form.none ? fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: fc.constant(null) }) : plain
}

/** One fact in `known` is left out; none for 0. */
const factsOf = (owner: string, known: number): fc.Arbitrary<Record<string, unknown>> => {
  const facts = pool.documents.facts.filter(f => f.name.startsWith(`${owner}.`) && f.name !== 'household.members')
  const entry = (fact: FactDocument) => {
    const value = valueOf(fact, fact.fields, known === 0)
    const maybe = known === 0 ? value : fc.option(value, { nil: undefined, freq: known })
    return maybe.map(v => [fact.name.slice(owner.length + 1), v] as const)
  }
  return fc.tuple(...facts.map(entry)).map(entries => Object.fromEntries(entries.filter(([, v]) => v !== undefined)))
}
const households = (known: number): fc.Arbitrary<HouseholdFacts> =>
  fc.record({
    household: factsOf('household', known),
    persons: fc
      .array(factsOf('person', known), { minLength: 1, maxLength: 3 })
      .map(ps => ps.map((p, i) => ({ ...p, key: `m${i}`, alive: i === 0 || p['alive'] !== false }))),
  })

type Listed = PolicyResult & { readonly id: string; readonly person?: string }
const listed = (judgement: Judgement): Listed[] =>
  [...Object.entries(judgement.policies), ...Object.entries(judgement.services)].flatMap(([id, r]) =>
    (Array.isArray(r) ? (r as readonly PersonPolicyResult[]) : [r as PolicyResult]).map(x => ({ id, ...x })),
  )

describe('the shipped pool', () => {
  it('names missing facts exactly while a result is open, and reasons exactly when it is decided', () => {
    fc.assert(
      fc.property(households(4), facts => {
        for (const result of listed(judge(pool, facts, on))) {
          const at = `${result.id} ${result.person}`
          expect([at, result.missing.length > 0]).toEqual([at, result.verdict === 'undetermined'])
          if (result.verdict === 'undetermined') expect(result.reasons).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('judges and asks in one go as it does one after the other', () => {
    fc.assert(
      fc.property(households(3), fc.boolean(), (facts, guide) => {
        const apart = { judgement: judge(pool, facts, on), interview: interview(pool, facts, on, { guide }) }
        expect(JSON.stringify(judgeAndAsk(pool, facts, on, { guide }))).toBe(JSON.stringify(apart))
      }),
      { numRuns: 100 },
    )
  })

  it('decides the same from the given facts behind the reasons alone', () => {
    const own = compile({ ...pool.documents, exclusions: [] })
    if (!own.ok) return expect.fail('the pool does not compile without exclusions')
    fc.assert(
      fc.property(households(6), fc.nat(), (facts, pick) => {
        const decided = listed(judge(own.pool, facts, on)).filter(r => r.verdict !== 'undetermined')
        const result = decided[pick % decided.length] as Listed
        const from = result.reasons.flatMap(r => (r.kind === 'notInForce' ? [] : r.from))
        const kept = (known: Readonly<Record<string, unknown>>, owner: string, person?: string) => {
          const rest: Record<string, unknown> = {}
          for (const f of from) {
            if (f.person !== person || !f.fact.startsWith(`${owner}.`)) continue
            rest[f.fact.slice(owner.length + 1)] = known[f.fact.slice(owner.length + 1)]
          }
          return rest
        }
        const only = {
          household: kept(facts.household, 'household'),
          persons: facts.persons.map(p => ({ key: p.key, ...kept(p, 'person', p.key) })),
        }
        const again = listed(judge(own.pool, only, on)).find(r => r.id === result.id && r.person === result.person)
        expect([result.id, again?.verdict, only]).toEqual([result.id, result.verdict, only])
      }),
      { numRuns: 300 },
    )
  })

  it('comes to an end of its questions: when all are answered nothing is open that a person could settle', () => {
    fc.assert(
      fc.property(households(0), facts => {
        let known: HouseholdFacts = { household: {}, persons: facts.persons.map(p => ({ key: p.key, alive: true })) }
        for (let asked = 0; asked < 400; asked++) {
          const [next] = interview(pool, known, on, { guide: true }).questions
          if (!next) break
          const answer = (owner: Readonly<Record<string, unknown>>, from: Readonly<Record<string, unknown>>) => ({
            ...owner,
            [next.fact.replace(/^\w+\./, '')]: from[next.fact.replace(/^\w+\./, '')],
          })
          known =
            next.person === undefined
              ? { ...known, household: answer(known.household, facts.household) }
              : {
                  ...known,
                  persons: known.persons.map((p, i) =>
                    p.key === next.person ? ({ ...answer(p, facts.persons[i] ?? {}), key: p.key } as typeof p) : p,
                  ),
                }
          if (asked === 399) expect.fail('too many questions')
        }
        const left = listed(judge(pool, known, on)).flatMap(r => r.missing.map(m => m.fact))
        const askable = left.filter(name => pool.documents.facts.some(f => f.name === name && f.ask !== 'never'))
        expect(askable).toEqual([])
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })

  it('refuses to guess what is not a fact', () => {
    const checked = checkFacts(
      pool,
      {
        household: { tier: 'dibao', certifiedTier: 'dibau', members: 3 },
        persons: [{ key: 'a', birthDate: '2021-02-30', wageMonthly: -1, alive: 1 }, { key: 'a' }],
      },
      on,
    )
    const words = checked.ok ? [] : checked.faults.map(f => f.words.en)
    expect(words.join('\n')).toMatch(/calculated and cannot be given[\s\S]*"dibau" is not one of/)
    expect(words.length).toBeGreaterThanOrEqual(6)
  })
})
