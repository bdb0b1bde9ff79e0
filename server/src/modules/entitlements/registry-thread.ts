import type { Day, Id } from '@zhulian/kernel'
import type { PoolDocuments } from '@zhulian/rules'
import { parentPort } from 'node:worker_threads'
import type { Answered, Asked, CalledOff, Watch } from '../../platform/thread.ts'
import { LoadedPool } from '../pools/index.ts'
import { type FactsInText, readFacts } from '../registry/index.ts'
import { type CountedDraft, type Drafted, DraftsKept } from './count-drafted.ts'
import { type CountedFalls, FallsKept } from './count-falls.ts'
import { type CountedRaised, countRaised, type DraftedAlerts } from './count-raised.ts'
import { type Counted, countTried } from './count-tried.ts'
import { type Differing, findDiffering, type WhatIsKept } from './find-differing.ts'
import { KeptRegistry } from './kept-registry.ts'
import type { WholeRegistry } from './whole-registry.ts'

// A thread of its own: judging everybody takes long enough that others would wait for it.

export type Told =
  | { readonly facts: FactsInText }
  | { readonly gone: readonly Id[] }
  | { readonly pool: { readonly id: string; readonly documents: PoolDocuments } }

export interface Question {
  readonly what: 'ready' | 'figures' | 'falls' | 'draft' | 'raised' | 'differing'
  readonly on: Day
  readonly asOf: Date
  readonly figures: Readonly<Record<string, number>>
  readonly draft?: Drafted
  readonly alerts?: DraftedAlerts
  readonly isKept?: WhatIsKept
}
/** A number of problems stands for a draft that cannot be read. */
type Answer = Counted | CountedFalls | CountedDraft | CountedRaised | Differing | number | undefined

const registry = new KeptRegistry()
let loaded: LoadedPool | undefined
const falls = new FallsKept()
const drafts = new DraftsKept()
/** Nobody has asked for so long. */
const restMs = 20_000
const rest = setTimeout(() => registry.rest(), restMs)

/** V8 compiles what judging runs while it is used: 85 moves of a slider took 258 ms at the 95th percentile, the 85 after them 105. */
const rehearsals = 100
/** As long as somebody drags, nothing is rehearsed. */
const pauseMs = 50
let rehearsed = 0
let onStage: WholeRegistry | undefined
const rehearse = setTimeout(() => {
  const figures = rehearsed < rehearsals && onStage ? figuresToRehearse(onStage.loaded, rehearsed) : undefined
  if (!onStage || !figures) return
  rehearsed += 1
  countTried(onStage, figures)
  rehearse.refresh()
}, pauseMs)

/** One parameter after the other, a little higher than it is. */
function figuresToRehearse({ documents }: LoadedPool, turn: number): Question['figures'] | undefined {
  const figures = documents.parameters.flatMap(({ name, rows }) => {
    const value = rows.at(-1)?.value
    return value === undefined ? [] : [[name, Number.isInteger(value) ? Math.ceil(value * 1.02) : value * 1.02]]
  })
  const one = figures[turn % figures.length]
  return one && Object.fromEntries([one])
}

function wholeOn({ on, asOf }: Question): WholeRegistry {
  if (!loaded) throw new Error('no pool was given')
  return registry.on(loaded, on, asOf)
}

async function answerTo(question: Question, watch: Watch): Promise<Answer> {
  const { what, figures, draft, alerts, isKept } = question
  const own = wholeOn(question)
  if (what === 'figures') {
    onStage = own
    return countTried(own, figures)
  }
  if (what === 'falls') return await falls.of(own, figures)
  if (draft) return drafts.of(own, draft)
  if (alerts) return await countRaised(own, alerts, watch)
  if (isKept) return await findDiffering(own, isKept)
  return undefined
}

const open = new Map<number, AbortController>()
const say = (message: Answered<Answer>) => parentPort?.postMessage(message)

parentPort?.on('message', (message: Told | Asked<Question> | CalledOff) => {
  if ('facts' in message) return registry.put(readFacts(message.facts), [])
  if ('gone' in message) return registry.put([], message.gone)
  if ('pool' in message) {
    loaded = new LoadedPool(message.pool.id, message.pool.documents)
    return
  }
  if ('callOff' in message) return open.get(message.callOff)?.abort()
  const { ask, question } = message
  rest.refresh()
  rehearse.refresh()
  const stop = new AbortController()
  open.set(ask, stop)
  answerTo(question, { far: (done, of) => say({ ask, done, of }), signal: stop.signal })
    .then(
      answer => say({ ask, answer }),
      (error: unknown) => say({ ask, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    .finally(() => open.delete(ask))
})
