import type { Day, Id } from '@zhulian/kernel'
import type { PoolDocuments } from '@zhulian/rules'
import { parentPort } from 'node:worker_threads'
import { LoadedPool } from '../pools/index.ts'
import { type CountedDraft, type Drafted, DraftsKept } from './count-drafted.ts'
import { type CountedFalls, FallsKept } from './count-falls.ts'
import { type Counted, countTried } from './count-tried.ts'
import { type Home, registryInMemory, type WholeRegistry } from './whole-registry.ts'

// A thread of its own: judging everybody takes long enough that others would wait for it.

export type ToThread =
  | { readonly put: readonly (Home & { readonly id: Id })[]; readonly gone: readonly Id[] }
  | { readonly pool: { readonly id: string; readonly documents: PoolDocuments } }
  | { readonly ask: number; readonly question: Question }

export interface Question {
  readonly what: 'ready' | 'figures' | 'falls' | 'draft'
  readonly on: Day
  readonly asOf: Date
  readonly figures: Readonly<Record<string, number>>
  readonly draft?: Drafted
}
/** A number of problems stands for a draft that cannot be read. */
type Told = Counted | CountedFalls | CountedDraft | number | undefined

export type FromThread =
  | { readonly ask: number; readonly answer: Told }
  | { readonly ask: number; readonly fault: string }

const homes = new Map<Id, Home>()
let loaded: LoadedPool | undefined
let whole: WholeRegistry | undefined
const falls = new FallsKept()
const drafts = new DraftsKept()

function wholeOn({ on, asOf }: Question): WholeRegistry {
  if (!loaded) throw new Error('no pool was given')
  if (whole?.loaded === loaded && whole.run.on === on) return whole
  return (whole = registryInMemory(loaded, homes, on, asOf))
}

function put(households: readonly (Home & { readonly id: Id })[], gone: readonly Id[]): void {
  for (const id of gone) homes.delete(id)
  for (const { id, division, facts } of households) homes.set(id, { division, facts })
  whole = undefined
}

async function answerTo(question: Question): Promise<Told> {
  const { what, figures, draft } = question
  const own = wholeOn(question)
  if (what === 'figures') return countTried(own, figures)
  if (what === 'falls') return await falls.of(own, figures)
  if (draft) return drafts.of(own, draft)
  return undefined
}

const say = (message: FromThread) => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToThread) => {
  if ('put' in message) return put(message.put, message.gone)
  if ('pool' in message) {
    loaded = new LoadedPool(message.pool.id, message.pool.documents)
    return
  }
  const { ask, question } = message
  answerTo(question).then(
    answer => say({ ask, answer }),
    (error: unknown) => say({ ask, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
