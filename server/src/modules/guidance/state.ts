import { completedYears, type Day, type Words } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import type { guidanceContract } from './contract.ts'
import { type Answer, type Interview, type Member, splitKey } from './interview.ts'
import { planInterview, possibleNow, type Plan } from './plan.ts'
import { fill, type Question, valueWords } from './question.ts'
import { priorsFor } from './shares.ts'
import { calmPage } from './signals.ts'
import type { GuidanceTables, InterviewRow } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

export type InterviewState = AnswerOf<(typeof guidanceContract)['GET /interviews/:interviewId']>

/** Staff may be asked what only a guide can see; residents are not. */
export const asksGuide = (ctx: Ctx): boolean => ctx.actor.role !== 'resident'

/** Where an interview stands today, with the rules in use today. */
export async function stateOf(
  ctx: Ctx,
  row: InterviewRow,
  interview: Interview,
): Promise<{ state: InterviewState; plan: Plan; possible: string[]; loaded: LoadedPool; on: Day }> {
  const loaded = await currentPool(ctx)
  const on = ctx.today
  const plan = planInterview(loaded, interview, {
    on,
    district: ctx.district,
    guide: asksGuide(ctx),
    priors: priorsFor(loaded, on),
  })
  const counts = { certain: 0, possible: 0, gone: 0, not: 0 }
  for (const tile of plan.tiles) counts[tile.state]++
  const next = row.state === 'finished' ? null : interview.members === null ? rosterQuestion(interview) : plan.next
  const members = interview.members ?? interview.rosterDraft ?? []
  const state: InterviewState = {
    id: row.id,
    version: row.version,
    state: row.state === 'finished' ? 'finished' : 'open',
    on,
    village: await villageOf(ctx, row.village),
    onBehalfOf: interview.onBehalfOf,
    startedAt: row.started_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    next,
    progress: {
      possible: counts.possible,
      certain: counts.certain,
      not: counts.not + counts.gone,
      justGone: counts.gone,
      answered: interview.answers.length,
      atMostLeft: interview.members === null ? plan.atMostLeft + 1 : plan.atMostLeft,
      saved: plan.saved,
      words: progressWords(counts.possible, counts.certain, counts.gone, next === null),
    },
    depth: interview.depth ?? 'everything',
    undecided: { ...plan.undecided },
    pool: [...plan.tiles],
    members: members.map(m => memberView(m, on)),
    answers: interview.answers.map(a => answerView(loaded, interview, a)),
    calm: interview.raised.length > 0 ? calmView : null,
    consent: { useRegistry: interview.useRegistry },
    screening: row.screening_id,
  }
  return { state, plan, possible: possibleNow(plan.tiles), loaded, on }
}

export const calmView: NonNullable<InterviewState['calm']> = { words: calmPage.words, numbers: [...calmPage.numbers] }

function progressWords(possible: number, certain: number, gone: number, ended: boolean): Words {
  const less = gone > 0 ? { zh: `，刚少了${gone}项`, en: `; ${gone} just left` } : { zh: '', en: '' }
  if (possible > 0 && ended)
    return {
      zh: `${certain}项适合您家，还有${possible}项没有定`,
      en: `${certain} suit your family; ${possible} are not decided`,
    }
  if (possible > 0)
    return { zh: `还有${possible}项可能适合您家${less.zh}`, en: `${possible} more may suit your family${less.en}` }
  return { zh: `都看清楚了，${certain}项适合您家`, en: `All is clear: ${certain} suit your family` }
}

export const memberView = (m: Member, on: Day): InterviewState['members'][number] => ({
  key: m.key,
  callName: m.callName,
  relation: m.relation,
  birthDate: m.birthDate,
  age: m.birthDate ? completedYears(m.birthDate, on) : null,
  sex: m.sex,
  self: m.self,
})

function answerView(loaded: LoadedPool, interview: Interview, answer: Answer): InterviewState['answers'][number] {
  const { fact, person } = splitKey(answer.key)
  const document = loaded.fact(fact)
  const members = interview.members ?? []
  const member = members.find(m => m.key === person)
  const title = person === '*' ? document?.questionForAll : undefined
  const asked = title ?? (document?.question ? fill(document.question, member) : { zh: fact, en: fact })
  return {
    key: answer.key,
    title: asked,
    words:
      person === '*'
        ? namesWords(members, answer)
        : document
          ? valueWords(document, answer.value, members, asked.zh)
          : { zh: '', en: '' },
    person: member ? { key: member.key, callName: member.callName } : null,
    from: answer.from,
  }
}

function namesWords(members: readonly Member[], answer: Answer): Words {
  if (!Array.isArray(answer.value)) return { zh: '不清楚', en: 'Not sure' }
  const keys = answer.value as readonly string[]
  const names = members.filter(m => keys.includes(m.key)).map(m => (m.self ? '我自己' : m.callName))
  return names.length > 0 ? { zh: names.join('、'), en: names.join(', ') } : { zh: '都没有', en: 'Nobody' }
}

function rosterQuestion(interview: Interview): Question {
  const known = interview.rosterDraft !== null
  return {
    key: 'household.members',
    fact: 'household.members',
    person: null,
    kind: 'roster',
    title: known
      ? {
          zh: '系统里您家是这几个人，对吗？',
          en: 'These are the people we have on record for your home. Is that right?',
        }
      : { zh: '平时一起吃住、一起过日子的有哪几个人？', en: 'Who eats and lives together with you?' },
    hint: { zh: '在外读书的也算。写平时怎么叫就行', en: 'Those away at school count too. Everyday names will do' },
    why: { zh: '几口人、几岁，决定了大半的政策。', en: 'How many and how old: that decides most of it.' },
    settles: { count: 0, names: [] },
    options: [],
    fields: [],
    min: 1,
    max: 20,
    unit: { zh: '人', en: 'people' },
    bands: [],
    none: null,
    unknown: { zh: '不清楚', en: 'Not sure' },
    sensitive: false,
    known: null,
    draft: null,
  }
}

/** Names of places change with a new data folder, that is, with a new process. */
const places = new Map<string, string>()

export async function villageOf(ctx: Ctx, code: string | null): Promise<{ code: string; name: string } | null> {
  if (code === null) return null
  const known = places.get(code)
  if (known !== undefined) return { code, name: known }
  const rows = await guidance(ctx)
    .selectFrom('registry.v_division')
    .select(['code', 'name'])
    .where('district', '=', ctx.district)
    .where('code', 'in', [code, code.slice(0, 9)])
    .execute()
  const name = rows.find(r => r.code === code)?.name
  if (name === undefined) return { code, name: code }
  const township = code.length > 9 ? (rows.find(r => r.code === code.slice(0, 9))?.name ?? '') : ''
  places.set(code, `${township}${name}`)
  return { code, name: `${township}${name}` }
}
