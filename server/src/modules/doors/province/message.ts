import { createHash } from 'node:crypto'
import { daySchema, text, z } from '@zhulian/kernel/contract'
import type { Words } from '@zhulian/kernel'
import type { ProvinceNeedRow } from '../tables.ts'

/** What the province tells of one need. Keys it has beside these are not read. */
const messageForm = z.object({
  externalId: z
    .string()
    .trim()
    .regex(/^[\w.:-]{1,64}$/),
  name: text(1, 50),
  idNumber: text(1, 40),
  /** Nine or twelve digits. */
  division: z
    .string()
    .regex(/^\d{9}(\d{3})?$/)
    .optional(),
  words: text(4, 500),
  urgent: z.boolean().default(false),
  toldOn: daySchema.optional(),
})

/** As it lies sealed until somebody has looked. */
export interface Content {
  readonly name: string
  readonly idNumber: string
  readonly words: string
  readonly urgent: boolean
  readonly toldOn: string | null
  /** The first field that is missing or has another form. */
  readonly field: string | null
}

export interface ReadMessage {
  readonly externalId: string
  readonly digest: Buffer
  readonly division: string | undefined
  readonly content: Content
}

/** Never fails: what cannot be read is kept as far as it can, with the field that is wrong. */
export function readMessage(given: unknown): ReadMessage {
  const digest = createHash('sha256').update(canonical(given)).digest()
  const read = messageForm.safeParse(given)
  const loose = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>
  const textOf = (key: string) => {
    const value = loose[key]
    return typeof value === 'string'
      ? value
          .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
          .trim()
          .slice(0, 500)
      : ''
  }
  const id = messageForm.shape.externalId.safeParse(loose['externalId'])
  const division = messageForm.shape.division.safeParse(loose['division'])
  return {
    // One without a number of its own has one by what it says, so that it too is taken in once.
    externalId: id.success ? id.data : `?${digest.toString('hex').slice(0, 24)}`,
    digest,
    division: division.success ? division.data : undefined,
    content: {
      name: textOf('name'),
      idNumber: textOf('idNumber').slice(0, 40),
      words: textOf('words'),
      urgent: loose['urgent'] === true,
      toldOn: textOf('toldOn').slice(0, 10) || null,
      field: read.success ? null : String(read.error.issues[0]?.path[0] ?? 'externalId'),
    },
  }
}

/** The same for the same content, in whatever order its keys come. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

const fieldWords: Readonly<Record<string, Words>> = {
  externalId: { zh: '编号', en: 'number' },
  name: { zh: '姓名', en: 'name' },
  idNumber: { zh: '身份证号', en: 'identity number' },
  division: { zh: '区划代码', en: 'division code' },
  words: { zh: '需要什么', en: 'what is needed' },
  urgent: { zh: '是否紧急', en: 'whether it is urgent' },
  toldOn: { zh: '提出的日子', en: 'day' },
}

type Why = NonNullable<ProvinceNeedRow['why']>

const whys: Readonly<Record<Exclude<Why, 'fieldWrong'>, Words>> = {
  idNumberWrong: {
    zh: '身份证号不对（位数、生日或末位对不上）。请向省平台或家里问清楚，改正后再收。',
    en: 'The identity number is wrong (its length, birth date or last character). Ask the province or the family, mend it and take it in.',
  },
  notInRegistry: {
    zh: '数据库里没有这个身份证号的人，或不在您的范围。请核对号码；没建过档的，先建档再收。',
    en: 'Nobody of the registry has this identity number, or not in your area. Check the number; who is not registered is registered first.',
  },
  otherName: {
    zh: '这个身份证号在库里是另一个名字。请核对是谁，改正姓名或号码再收。',
    en: 'In the registry this identity number has another name. See who is meant, mend the name or the number and take it in.',
  },
  noHousehold: {
    zh: '这个人现在不在任何一户。请先在档案里把人放回家庭，再收。',
    en: 'The person belongs to no household now. Put them back into one first, then take it in.',
  },
  contentChanged: {
    zh: '同一个编号又送来了别的内容，原来那条已经办过。是另一件事就收下，只是补充就搁置并写明。',
    en: 'Under the same number something else came; the first was dealt with. If it is another matter take it in; if it only adds to it, set it aside and say so.',
  },
  notProcessed: {
    zh: '系统没能写下来。请再收一次；还不行，请找管理员。',
    en: 'The system could not write it down. Please take it in once more; if that fails, ask the administrator.',
  },
}

/** What a clerk reads of why it waits, and what mends it. */
export function wordsOfWhy(why: Why, field: string | null): Words {
  if (why !== 'fieldWrong') return whys[why]
  const named = fieldWords[field ?? ''] ?? { zh: field ?? '', en: field ?? '' }
  return {
    zh: `“${named.zh}”没有填，或格式不对。请补上或改正再收。`,
    en: `The ${named.en} is missing or has another form. Add or mend it and take it in.`,
  }
}
