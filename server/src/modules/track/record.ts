import type { Day, Id, Words } from '@zhulian/kernel'

/**
 * The four records of a track 轨迹, in the order in which help comes about: a need is assessed, linked to what can meet it, the family is
 * visited, and served. What each may hold besides who, when and of what, and how it reads.
 * @source domain §7.5
 */
export const recordKinds = ['assessment', 'link', 'visit', 'service'] as const
export type RecordKind = (typeof recordKinds)[number]

export const recordKindWords: Readonly<Record<RecordKind, Words>> = {
  assessment: { zh: '需求评估', en: 'Assessment' },
  link: { zh: '项目链接', en: 'Link' },
  visit: { zh: '建档访视', en: 'File and visit' },
  service: { zh: '服务记录', en: 'Service' },
}

/** Changed after it was written; one before it is not there; the end is not there; not as a night had found it. */
export const faults = ['altered', 'missing', 'cut', 'anchor'] as const
export type Fault = (typeof faults)[number]
export interface BrokenChain {
  readonly household: Id
  readonly fault: Fault
  /** The first record that is not as it was written; null where it is gone. */
  readonly record: Id | null
  readonly turn: number
}

/** How it was signed for. */
export type Signature = 'person' | 'code' | 'guide' | 'none'

/** What a record holds besides its columns; all of it under the seal, and closed to whoever reads the database. */
export interface Fields {
  /** What happened, in the words of the room that wrote it. */
  readonly words: Words
  readonly note?: string
  /** Assessment: a keyed mark of all that was known, and the version of rules and pools. */
  readonly facts?: string
  readonly pool?: string
  /** What was assessed, by what, and what came of it. */
  readonly assessed?: Words
  readonly outcome?: Words
  readonly scores?: Readonly<Partial<Record<ScoreKind, number>>>
  readonly grade?: string
  readonly strategy?: string
  /** Of records from before there were two languages one text. */
  readonly consent?: Words | string
  readonly urgent?: boolean
  /** Link: what was chosen, from what, at which level. */
  readonly chosen?: string
  readonly candidates?: readonly { readonly name: string; readonly score?: number; readonly reason?: string }[]
  readonly level?: Words
  /** Visit. */
  readonly visit?: Words
  readonly result?: Words
  readonly risk?: Words
  readonly met?: string
  readonly photos?: number
  readonly nextOn?: Day
  /** Service: how much of what, what the person said, what went wrong, in fen what it cost. */
  readonly units?: number
  readonly unit?: Words
  readonly response?: string
  readonly rating?: number
  readonly incident?: Words | string
  readonly cost?: number
  readonly signature?: Signature
}

const signatureWords: Readonly<Record<Signature, Words>> = {
  person: { zh: '本人签字', en: 'signed by the person' },
  code: { zh: '本人报了确认码', en: 'confirmed with the person’s code' },
  guide: { zh: '导服员代签', en: 'signed by the guide' },
  none: { zh: '没有签字', en: 'not signed' },
}

/** Scores that an assessment may come to; of some the family reads the figure itself. */
const scoreWords = {
  /** Barthel, 0 to 100 in fives. */
  function: { words: { zh: '功能分', en: 'function score' }, most: 100, family: true },
  /** Of the card of points of an alert: they predict nothing. */
  hint: { words: { zh: '提示分', en: 'hint points' }, most: undefined, family: false },
} as const
export type ScoreKind = keyof typeof scoreWords

function saidScores(scores: Fields['scores'], forFamily: boolean): Words | undefined {
  const said = (Object.keys(scoreWords) as ScoreKind[]).flatMap(kind => {
    const { words, most, family } = scoreWords[kind]
    const score = scores?.[kind]
    if (score === undefined || (forFamily && !family)) return []
    const of = most === undefined ? String(score) : `${score}/${most}`
    return [{ zh: `${words.zh} ${of}`, en: `${words.en} ${of}` }]
  })
  return said.length === 0
    ? undefined
    : { zh: said.map(one => one.zh).join('；'), en: said.map(one => one.en).join('; ') }
}

const same = (text: string): Words => ({ zh: text, en: text })
const told = (kept: Words | string | undefined) => (typeof kept === 'string' ? same(kept) : kept)

interface Line {
  readonly label: Words
  readonly said: (fields: Fields, forFamily: boolean) => Words | undefined
  /** The family reads it too. */
  readonly family?: true
}

const lines: readonly Line[] = [
  { label: { zh: '紧急', en: 'Urgent' }, said: f => (f.urgent ? { zh: '是', en: 'yes' } : undefined) },
  { label: { zh: '评估', en: 'Assessed' }, said: f => f.assessed, family: true },
  { label: { zh: '结论', en: 'Came to' }, said: f => f.outcome, family: true },
  { label: { zh: '得分', en: 'Score' }, said: (f, forFamily) => saidScores(f.scores, forFamily), family: true },
  { label: { zh: '等级', en: 'Grade' }, said: f => (f.grade === undefined ? undefined : same(f.grade)) },
  { label: { zh: '策略', en: 'Strategy' }, said: f => (f.strategy === undefined ? undefined : same(f.strategy)) },
  {
    label: { zh: '同意', en: 'Consent' },
    said: f => told(f.consent),
    family: true,
  },
  {
    label: { zh: '当时情况的印记', en: 'Mark of what was known' },
    said: f => (f.facts === undefined ? undefined : same(f.facts.slice(0, 12))),
  },
  { label: { zh: '规则版本', en: 'Rules' }, said: f => (f.pool === undefined ? undefined : same(f.pool.slice(0, 8))) },
  {
    label: { zh: '选定', en: 'Chosen' },
    said: f => (f.chosen === undefined ? undefined : same(f.chosen)),
    family: true,
  },
  {
    label: { zh: '候选', en: 'Candidates' },
    said: ({ candidates }) =>
      candidates && candidates.length > 0
        ? same(
            candidates
              .map(
                c =>
                  `${c.name}${c.score === undefined ? '' : ` ${String(c.score)}`}${c.reason === undefined ? '' : `（${c.reason}）`}`,
              )
              .join('；'),
          )
        : undefined,
  },
  { label: { zh: '层级', en: 'Level' }, said: f => f.level },
  { label: { zh: '访视', en: 'Visit' }, said: f => f.visit, family: true },
  { label: { zh: '见到', en: 'Met' }, said: f => (f.met === undefined ? undefined : same(f.met)) },
  { label: { zh: '结果', en: 'Result' }, said: f => f.result },
  { label: { zh: '风险', en: 'Risk' }, said: f => f.risk },
  { label: { zh: '照片', en: 'Photos' }, said: f => (f.photos ? same(String(f.photos)) : undefined) },
  {
    label: { zh: '下次', en: 'Next on' },
    said: f => (f.nextOn === undefined ? undefined : same(f.nextOn)),
    family: true,
  },
  {
    label: { zh: '数量', en: 'Units' },
    said: f =>
      f.units === undefined
        ? undefined
        : { zh: `${f.units}${f.unit?.zh ?? ''}`, en: `${f.units} ${f.unit?.en ?? ''}`.trim() },
    family: true,
  },
  {
    label: { zh: '家里怎么说', en: 'The family says' },
    said: f => (f.response === undefined ? undefined : same(f.response)),
    family: true,
  },
  {
    label: { zh: '评分', en: 'Rating' },
    said: f => (f.rating === undefined ? undefined : same(`${f.rating}/5`)),
    family: true,
  },
  { label: { zh: '意外', en: 'Incident' }, said: f => told(f.incident) },
  {
    label: { zh: '费用', en: 'Cost' },
    said: f =>
      f.cost === undefined ? undefined : { zh: `${(f.cost / 100).toFixed(2)}元`, en: `¥${(f.cost / 100).toFixed(2)}` },
  },
  {
    label: { zh: '签收', en: 'Signed' },
    said: f => (f.signature === undefined ? undefined : signatureWords[f.signature]),
    family: true,
  },
  { label: { zh: '说明', en: 'Note' }, said: f => (f.note === undefined ? undefined : same(f.note)) },
]

/** The fields of a record as lines to read, in one order. */
export const linesOf = (fields: Fields, forFamily = false) =>
  lines.flatMap(({ label, said, family }) => {
    const words = forFamily && !family ? undefined : said(fields, forFamily)
    return words ? [{ label, said: words }] : []
  })
