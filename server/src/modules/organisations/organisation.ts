import { addDays, type Day, type Id, type Words } from '@zhulian/kernel'
import type { ContractRow, organisationSteps, Stage } from './tables.ts'

export const stageWords: Readonly<Record<Stage, Words>> = {
  seedling: { zh: '萌芽', en: 'seedling' },
  incubating: { zh: '孵化中', en: 'incubating' },
  mature: { zh: '成熟', en: 'mature' },
  left: { zh: '已退出', en: 'left' },
}

/** Where an organisation can go from each stage; a person says why. */
export const stageWays: Readonly<Record<Stage, readonly Stage[]>> = {
  seedling: ['incubating', 'left'],
  incubating: ['mature', 'seedling', 'left'],
  mature: ['incubating', 'left'],
  left: ['seedling', 'incubating', 'mature'],
}

export const stepWords: Readonly<Record<(typeof organisationSteps)[number], Words>> = {
  add: { zh: '登记', en: 'put on the list' },
  stage: { zh: '调整培育阶段', en: 'moved to another stage' },
  write: { zh: '写了一份合同', en: 'wrote a contract' },
  sign: { zh: '确认了一份合同', en: 'signed a contract off' },
  discard: { zh: '作废了一份没确认的合同', en: 'discarded a contract not signed off' },
  end: { zh: '提前终止了一份合同', en: 'ended a contract early' },
  warn: { zh: '合同30天内到期', en: 'a contract ends within 30 days' },
  askProof: {
    zh: '合同结束，请交回或删除数据的证明',
    en: 'a contract is over: proof of return or deletion is asked for',
  },
  proof: { zh: '收到了数据交回或删除的证明', en: 'proof of return or deletion was given' },
}

/** Days before the end of a contract from which on it is told of. */
export const warnDays = 30

export const contractStates = ['written', 'discarded', 'coming', 'inForce', 'ended'] as const
export type ContractState = (typeof contractStates)[number]

export const contractStateWords: Readonly<Record<ContractState, Words>> = {
  written: { zh: '待另一人确认', en: 'to be signed off by another' },
  discarded: { zh: '已作废', en: 'discarded' },
  coming: { zh: '还没开始', en: 'not begun' },
  inForce: { zh: '生效中', en: 'in force' },
  ended: { zh: '已结束', en: 'ended' },
}

export const neverBeganWords: Words = { zh: '没开始就终止了', en: 'ended before it began' }

type Dates = Pick<ContractRow, 'signed_at' | 'discarded_at' | 'from_on' | 'until_on' | 'ended_on'>

/** The last day on which a contract holds. */
export const lastDayOf = (row: Pick<ContractRow, 'until_on' | 'ended_on'>): Day => row.ended_on ?? row.until_on

/** Ended before its first day. */
export const neverBegan = ({ ended_on, from_on }: Pick<ContractRow, 'ended_on' | 'from_on'>): boolean =>
  ended_on !== null && ended_on < from_on

export function contractState(row: Dates, today: Day): ContractState {
  if (row.discarded_at) return 'discarded'
  if (!row.signed_at) return 'written'
  if (lastDayOf(row) < today || neverBegan(row)) return 'ended'
  return row.from_on > today ? 'coming' : 'inForce'
}

export const contractSteps = ['sign', 'discard', 'end', 'proof'] as const
export type ContractStep = (typeof contractSteps)[number]

export interface ContractWay {
  readonly step: ContractStep
  readonly from: readonly ContractState[]
  readonly asks: readonly ('reason' | 'lastOn' | 'proof')[]
  readonly words: Words
}

/** What a person can do with a contract in each of its states. */
export const contractWays: readonly ContractWay[] = [
  { step: 'sign', from: ['written'], asks: [], words: { zh: '确认合同', en: 'Sign off' } },
  { step: 'discard', from: ['written'], asks: ['reason'], words: { zh: '作废', en: 'Discard' } },
  {
    step: 'end',
    from: ['coming', 'inForce'],
    asks: ['lastOn', 'reason'],
    words: { zh: '提前终止', en: 'End early' },
  },
  {
    step: 'proof',
    from: ['ended'],
    asks: ['proof'],
    words: { zh: '登记数据交回或删除', en: 'Note return or deletion of data' },
  },
]

type Signable = Dates & Pick<ContractRow, 'written_by' | 'proof'>

/** Open to who asks: nobody signs off what they wrote, and proof is given once, of what has begun. */
export const contractStepsOpen = (row: Signable, today: Day, account: Id): readonly ContractWay[] =>
  contractWays.filter(
    ({ step, from }) =>
      from.includes(contractState(row, today)) &&
      !(step === 'sign' && (row.written_by === account || row.until_on < today)) &&
      !(step === 'proof' && (row.proof !== null || neverBegan(row))),
  )

/** In force and about to end, with nothing that follows it. */
export const endsSoon = (row: Dates, today: Day): boolean =>
  contractState(row, today) === 'inForce' && lastDayOf(row) <= addDays(today, warnDays)
