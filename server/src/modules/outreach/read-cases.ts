import { addDays, type Day, type Id, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { countOpenSignals, screeningForCase, shownScreenings } from '../guidance/index.ts'
import { currentPool, type LoadedPool } from '../pools/index.ts'
import { afterPage, byDue, endOfPage } from './by-due.ts'
import {
  clockOf,
  type Office,
  officeWords,
  openStates,
  otherSteps,
  outcomeWords,
  stateWords,
  stepsOpen,
  isMain,
  takeBackMs,
  transitions,
} from './case.ts'
import type { outreachContract } from './contract.ts'
import {
  nextOf,
  outreach,
  readCase,
  sealedName,
  sealedNote,
  sealedOutcome,
  sealedPhone,
  sealedStep,
  standOf,
} from './kept-case.ts'
import { saidInCase } from './heard-needs.ts'
import { mayKnowFamily } from './know-family.ts'
import { listTakers } from './move-case.ts'
import type { CaseRow, FilingRow, QuestionRow, StepRow } from './tables.ts'

type Input<K extends keyof typeof outreachContract> = InputOf<(typeof outreachContract)[K]>
type Summary = AnswerOf<(typeof outreachContract)['GET /cases']>['items'][number]

/** Cases in reach; who asks as a member of staff sees none of their own as a resident by account. */
const inReach = (ctx: Ctx) =>
  outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)

async function summariesOf(ctx: Ctx, rows: readonly CaseRow[]): Promise<Summary[]> {
  const loaded = await currentPool(ctx)
  const places = await placesOf(
    ctx,
    rows.map(r => r.village),
  )
  const open = await questionsOpen(
    ctx,
    rows.map(r => r.id),
  )
  const shown = await shownScreenings(
    ctx,
    rows.map(r => r.screening_id),
  )
  return rows.map(row => {
    const consent = shown.has(row.screening_id)
    return {
      id: row.id,
      name: consent ? row.masked_name : '',
      village: { code: row.village, name: places.get(row.village) ?? row.village },
      state: row.state,
      stateWords: stateWords[row.state],
      clock: clockOf(row.state, row.due_on, ctx.today, ctx.calendar),
      holder: row.holder_name,
      mine: row.holder_id === ctx.actor.account,
      cameInAt: row.came_in_at.toISOString(),
      changedAt: row.changed_at.toISOString(),
      wants: consent ? namesOf(loaded, row.wants) : [],
      questionOpen: open.has(row.id),
    }
  })
}

const namesOf = (loaded: LoadedPool, ids: readonly string[]): Words[] =>
  ids.map(id => loaded.policy(id)?.name ?? loaded.service(id)?.name ?? { zh: id, en: id })

async function placesOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await outreach(ctx)
    .selectFrom('registry.v_division')
    .select(['code', 'name'])
    .where('district', '=', ctx.district)
    .where('code', 'in', [...new Set(codes.flatMap(c => [c, c.slice(0, 9)]))])
    .execute()
  const names = new Map(rows.map(r => [r.code, r.name]))
  return new Map(codes.map(c => [c, `${c.length > 9 ? (names.get(c.slice(0, 9)) ?? '') : ''}${names.get(c) ?? c}`]))
}

async function questionsOpen(ctx: Ctx, cases: readonly Id[]): Promise<Set<Id>> {
  if (cases.length === 0) return new Set()
  const rows = await outreach(ctx)
    .selectFrom('outreach.question')
    .select('case_id')
    .where('district', '=', ctx.district)
    .where('case_id', 'in', cases)
    .where('answered_at', 'is', null)
    .execute()
  return new Set(rows.map(r => r.case_id))
}

/** Those due first; closed and withdrawn ones only when asked for. */
export async function listCases(ctx: Ctx, { query }: Input<'GET /cases'>) {
  let found = inReach(ctx)
  if (query.state === 'open') found = found.where('state', 'in', openStates)
  else if (query.state !== 'any') found = found.where('state', '=', query.state)
  if (query.household !== undefined) found = found.where('household_id', '=', query.household)
  if (query.mine !== undefined)
    found =
      query.mine === 'true'
        ? found.where('holder_id', '=', ctx.actor.account)
        : found.where(eb => eb.or([eb('holder_id', 'is', null), eb('holder_id', '<>', ctx.actor.account)]))
  if (query.late === 'true') found = found.where('due_on', '<', ctx.today)
  if (query.late === 'false')
    found = found.where(eb => eb.or([eb('due_on', 'is', null), eb('due_on', '>=', ctx.today)]))
  if (query.division !== undefined)
    found = found.where('village', '>=', query.division).where('village', '<', `${query.division}:`)
  if (query.after !== undefined) found = found.where(afterPage(query.after))
  const rows = await found
    .orderBy(byDue)
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await summariesOf(ctx, page),
    next: rows.length > query.limit && last ? endOfPage(last) : null,
  }
}

const doneWords = (step: StepRow): Words => {
  const done = transitions.find(t => t.step === step.step)?.done ??
    otherSteps[step.step]?.done ?? { zh: step.step, en: step.step }
  const to = step.facts['to']
  if (step.step === 'handOver' && typeof to === 'string')
    return to === 'township'
      ? { zh: '转交给镇里', en: 'handed the case to the township' }
      : { zh: `转交给${to}`, en: `handed the case to ${to}` }
  const outcome = step.facts['outcome']
  if (typeof outcome === 'string' && outcome in outcomeWords) {
    const words = outcomeWords[outcome as keyof typeof outcomeWords]
    return { zh: `${done.zh}：${words.zh}`, en: `${done.en}: ${words.en}` }
  }
  return done
}
const toldWords = (step: string): Words =>
  transitions.find(t => t.step === step)?.told ?? otherSteps[step]?.told ?? { zh: step, en: step }

const stepsOf = (ctx: Ctx, ids: readonly Id[]): Promise<StepRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : outreach(ctx)
        .selectFrom('outreach.step')
        .selectAll()
        .where('district', '=', ctx.district)
        .where('case_id', 'in', ids)
        .orderBy('turn')
        .execute()

const questionsOf = (ctx: Ctx, ids: readonly Id[]): Promise<QuestionRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : outreach(ctx)
        .selectFrom('outreach.question')
        .selectAll()
        .where('district', '=', ctx.district)
        .where('case_id', 'in', ids)
        .orderBy('asked_at')
        .execute()

export async function getCase(ctx: Ctx, { params }: Input<'GET /cases/:caseId'>) {
  const row = await readCase(ctx, params.caseId)
  const [summary] = await summariesOf(ctx, [row])
  const shown = await shownScreenings(ctx, [row.screening_id])
  const stand = standOf(row, shown)
  const loaded = await currentPool(ctx)
  const gone = !stand.consent
  const open = (column: string, id: string, sealed: Buffer | null) =>
    sealed === null || gone ? null : readSealed(ctx, column, id, sealed)
  const filings: FilingRow[] = await outreach(ctx)
    .selectFrom('outreach.filing')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('case_id', '=', row.id)
    .orderBy('at')
    .execute()
  return {
    ...(summary as Summary),
    version: row.version,
    fullName: open(sealedName, row.id, row.sealed_name),
    phone: open(sealedPhone, row.id, row.sealed_phone),
    note: open(sealedNote, row.id, row.sealed_note),
    screening: gone ? null : row.screening_id,
    consent: gone ? ('withdrawn' as const) : ('stands' as const),
    consentWords: gone
      ? {
          zh: '这家人收回了同意，内容不再显示。办结时选一个结果就行。',
          en: 'The family withdrew its consent; nothing of it is shown. Close the case with an outcome.',
        }
      : {
          zh: '这家人同意您看这些内容，可以随时收回。',
          en: 'The family agreed that you see this, and may withdraw it at any time.',
        },
    household: gone ? null : row.household_id,
    needs: gone ? null : await needsShown(ctx, row),
    mayKnowFamily: mayKnowFamily(ctx, row, stand.consent),
    steps: (await stepsOf(ctx, [row.id])).map(s => ({
      at: s.at.toISOString(),
      step: s.step,
      words: doneWords(s),
      by: s.office === 'resident' ? '本人' : s.by_name,
      note: s.sealed_note && !gone ? readSealed(ctx, sealedStep, s.id, s.sealed_note) : null,
    })),
    filings: filings.map(f => ({
      id: f.id,
      policy: { id: f.policy, name: loaded.policy(f.policy)?.name ?? { zh: f.policy, en: f.policy } },
      person: f.person,
      filedOn: f.filed_on,
      filedAt: f.filed_at,
      papers: gone ? [] : f.papers,
      missing: f.missing,
      by: f.by_name,
    })),
    checklists: gone
      ? []
      : (await screeningForCase(ctx, row.screening_id)).canApply
          .filter(c => !c.isService)
          .map(c => ({
            policy: { id: c.id, name: c.name },
            person: c.person?.key ?? null,
            whereToGo: c.whereToGo,
            papers: [...c.papers],
          })),
    outcome: row.outcome
      ? {
          kind: row.outcome,
          words: outcomeWords[row.outcome],
          note: open(sealedOutcome, row.id, row.sealed_outcome_note),
        }
      : null,
    questions: (await questionsOf(ctx, [row.id])).map(q => ({
      ...questionView(ctx, q),
      late: q.answered_at === null && q.due_on < ctx.today,
      mayAnswer: ctx.actor.role === 'townshipClerk' && q.answered_at === null,
    })),
    next: nextOf(ctx, stand),
  }
}

/** What nobody has made needs of yet is read here, by who handles the case. */
async function needsShown(ctx: Ctx, row: CaseRow) {
  const said = await saidInCase(ctx, row)
  const items = said?.items.filter(id => id !== 'other') ?? []
  if (!said || (items.length === 0 && said.words === null)) return null
  return { items: namesOf(await currentPool(ctx), items), words: said.words, heard: row.needs_heard_at !== null }
}

const questionView = (ctx: Ctx, q: QuestionRow) => ({
  id: q.id,
  askedAt: q.asked_at.toISOString(),
  text: readSealed(ctx, 'outreach.question.text', q.id, q.sealed_text),
  answer: q.sealed_answer ? readSealed(ctx, 'outreach.question.answer', q.id, q.sealed_answer) : null,
  answeredAt: q.answered_at?.toISOString() ?? null,
  dueOn: q.due_on,
})

export async function listCaseTakers(ctx: Ctx, { params }: Input<'GET /cases/:caseId/guides'>) {
  return { items: await listTakers(ctx, await readCase(ctx, params.caseId)) }
}

/** 我的事: dates and offices, no names of staff and nothing that colleagues noted. */
export async function listMyCases(ctx: Ctx) {
  const rows = await outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', '=', ctx.actor.account)
    .orderBy('came_in_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  const ids = rows.map(r => r.id)
  const loaded = await currentPool(ctx)
  const shown = await shownScreenings(
    ctx,
    rows.map(r => r.screening_id),
  )
  const steps = Map.groupBy(await stepsOf(ctx, ids), s => s.case_id)
  const questions = Map.groupBy(await questionsOf(ctx, ids), q => q.case_id)
  return {
    items: rows.map(row => {
      ctx.about({ kind: 'case', id: row.id })
      const until = row.came_in_at.getTime() + takeBackMs
      const mayTakeBack = row.state !== 'withdrawn' && ctx.now.getTime() < until
      return {
        id: row.id,
        submission: row.submission_id,
        state: row.state,
        sentence: sentenceOf(row),
        wants: namesOf(loaded, row.wants),
        handedInAt: row.came_in_at.toISOString(),
        canTakeBackUntil: mayTakeBack ? new Date(until).toISOString() : null,
        screening: row.screening_id,
        consentGiven: shown.has(row.screening_id),
        nextBy: row.due_on,
        steps: (steps.get(row.id) ?? []).map(s => ({
          on: s.done_on,
          words: toldWords(s.step),
          office: officeWords[s.office],
        })),
        outcome: row.outcome ? outcomeWords[row.outcome] : null,
        questions: (questions.get(row.id) ?? []).map(q => questionView(ctx, q)),
        mayAsk: row.state !== 'withdrawn',
      }
    }),
  }
}

const sentences: Readonly<Record<CaseRow['state'], (by: Words, due: string) => Words>> = {
  new: (_by, due) => ({
    zh: `已经交到村里，${due}前有人接手。`,
    en: `It is with the village; somebody takes it by ${due}.`,
  }),
  returned: (_by, due) => ({
    zh: `转回村里了，${due}前有人接手。`,
    en: `It is back with the village; somebody takes it by ${due}.`,
  }),
  handedOver: (_by, due) => ({
    zh: `转给了别的同事，${due}前接手。`,
    en: `It was passed to a colleague, who takes it by ${due}.`,
  }),
  accepted: (by, due) => ({
    zh: `${by.zh}接手了，${due}前和您联系。`,
    en: `${by.en} has it and will be in touch by ${due}.`,
  }),
  contacted: (by, due) => ({
    zh: `${by.zh}和您联系过了，${due}前上门或递交。`,
    en: `${by.en} was in touch; a visit or the application follows by ${due}.`,
  }),
  visited: (by, due) => ({
    zh: `${by.zh}到您家看过，${due}前递交。`,
    en: `${by.en} visited; the application follows by ${due}.`,
  }),
  filed: (_by, due) => ({
    zh: `申请已经递交，一般${due}前有结果。`,
    en: `The application is in; a decision usually comes by ${due}.`,
  }),
  closed: () => ({
    zh: '办结了。不满意可以问，也可以重新办。',
    en: 'It is finished. You may ask about it, or have it taken up again.',
  }),
  withdrawn: () => ({
    zh: '您撤回了，导服员那里什么都没留下。',
    en: 'You took it back; nothing of it is left with the guide.',
  }),
}

function sentenceOf(row: CaseRow): Words {
  const by: Office = row.held_by === 'township' ? 'township' : 'village'
  const due = row.due_on ? `${Number(row.due_on.slice(5, 7))}月${Number(row.due_on.slice(8))}日` : ''
  const said = sentences[row.state]
  return { zh: said(officeWords[by], due).zh, en: said(officeWords[by], row.due_on ?? '').en }
}

/** Of all that are open, however many the page shows. */
async function countOpen(ctx: Ctx, week: readonly Day[]) {
  const dayAgo = new Date(ctx.now.getTime() - 86_400_000)
  const counts = await inReach(ctx)
    .clearSelect()
    .where('state', 'in', openStates)
    .select(eb => [
      eb.fn.countAll<number>().as('open'),
      eb.fn.countAll<number>().filterWhere('due_on', '<', ctx.today).as('late'),
      eb.fn.countAll<number>().filterWhere('due_on', '=', ctx.today).as('dueToday'),
      eb.fn
        .countAll<number>()
        .filterWhere('due_on', '<=', week.at(-1) as Day)
        .as('dueThisWeek'),
      eb.fn.countAll<number>().filterWhere('came_in_at', '>=', dayAgo).as('newToday'),
    ])
    .executeTakeFirstOrThrow()
  const days = await inReach(ctx)
    .clearSelect()
    .where('state', 'in', openStates)
    .where('due_on', 'in', [...week])
    .select(eb => ['due_on', eb.fn.countAll<number>().as('n')])
    .groupBy('due_on')
    .execute()
  return {
    counts: {
      open: Number(counts.open),
      late: Number(counts.late),
      dueToday: Number(counts.dueToday),
      dueThisWeek: Number(counts.dueThisWeek),
      newToday: Number(counts.newToday),
    },
    byDay: new Map(days.map(row => [row.due_on, Number(row.n)])),
  }
}

/** As many as somebody looks through at a time; the counts are of all. */
const lookedThrough = 500

/** 工作台: one sentence, the next three, what is due, what came in, the week. */
export async function readToday(ctx: Ctx) {
  const open = await inReach(ctx)
    .where('state', 'in', openStates)
    .orderBy(byDue)
    .orderBy('id')
    .limit(lookedThrough)
    .execute()
  const shown = await shownScreenings(
    ctx,
    open.map(r => r.screening_id),
  )
  // What a guide can do something about comes first: theirs, or nobody's.
  const actable = open.filter(r => stepsOpen(standOf(r, shown), ctx.actor).length > 0)
  const mine = ctx.actor.role === 'guide' ? actable : open
  const week = Array.from({ length: 7 }, (_, i) => addDays(ctx.today, i))
  const { counts, byDay } = await countOpen(ctx, week)
  const cameIn = await inReach(ctx)
    .where('state', 'in', ['new', 'returned'])
    .where('holder_id', 'is', null)
    .orderBy(byDue)
    .orderBy('id')
    .limit(20)
    .execute()
  const { closed } = await outreach(ctx)
    .selectFrom('outreach.case')
    .select(eb => eb.fn.countAll<number>().as('closed'))
    .where('district', '=', ctx.district)
    .where('state', '=', 'closed')
    .where('closed_at', '>=', new Date(ctx.now.getTime() - 7 * 86_400_000))
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .executeTakeFirstOrThrow()
  const { asked } = await outreach(ctx)
    .selectFrom('outreach.question')
    .select(eb => eb.fn.countAll<number>().as('asked'))
    .where('district', '=', ctx.district)
    .where('answered_at', 'is', null)
    .where('division', '>=', ctx.actor.scope ?? ':')
    .where('division', '<', `${ctx.actor.scope ?? ''}:`)
    .executeTakeFirstOrThrow()
  const places = await placesOf(
    ctx,
    mine.slice(0, 3).map(r => r.village),
  )
  const nextThree = mine.slice(0, 3).map(row => {
    const clock = clockOf(row.state, row.due_on, ctx.today, ctx.calendar)
    const main = stepsOpen(standOf(row, shown), ctx.actor).find(t => isMain(t, row.state))
    const who = shown.has(row.screening_id) ? row.masked_name : '（已收回同意）'
    const place = places.get(row.village) ?? ''
    return {
      case: row.id,
      words: {
        zh: `${place}${who}：${clock.words?.zh ?? '看一看'}`,
        en: `${who}, ${place}: ${clock.words?.en ?? 'have a look'}`,
      },
      consequence: dueWords(clock.daysLeft),
      step: main?.step ?? null,
      late: clock.state === 'late',
    }
  })
  const dueSoon = mine.filter(r => r.due_on !== null && r.due_on <= ctx.today)
  const later = open.find(r => r.due_on !== null && r.due_on > ctx.today)
  return {
    sentence: sentenceForToday(counts.late, counts.dueToday, nextThree.length, later?.due_on ?? null),
    nextThree,
    due: await summariesOf(ctx, dueSoon.slice(0, 50)),
    cameIn: await summariesOf(ctx, cameIn),
    counts: {
      ...counts,
      questions: Number(asked),
      protectedOpen: await countOpenSignals(ctx),
      closedThisWeek: Number(closed),
    },
    week: week.map(on => ({
      on,
      workingDay: ctx.calendar.isWorkingDay(on),
      due: byDay.get(on) ?? 0,
    })),
    nextDueOn: later?.due_on ?? null,
  }
}

function dueWords(daysLeft: number | null): Words {
  if (daysLeft === null) return { zh: '没有时限', en: 'No limit' }
  if (daysLeft < 0)
    return { zh: `逾期${-daysLeft}个工作日，镇里已经知道`, en: `${-daysLeft} working days late; the township knows` }
  if (daysLeft === 0) return { zh: '今天到期，过了会告诉镇里', en: 'Due today; after that the township is told' }
  return { zh: `还有${daysLeft}个工作日`, en: `${daysLeft} working days left` }
}

function sentenceForToday(late: number, today: number, three: number, next: Day | null): Words {
  const first =
    three === 1
      ? { zh: '办完第一件', en: 'the first one' }
      : { zh: `办完前${['', '一', '两', '三'][three]}件`, en: `the first ${three}` }
  if (late > 0)
    return {
      zh: `有${late}件逾期。${first.zh}，今天就稳了。`,
      en: `${late} are late. Do ${first.en} and the day is safe.`,
    }
  if (today > 0)
    return {
      zh: `今天有${today}件到期。${first.zh}，今天就稳了。`,
      en: `${today} are due today. Do ${first.en} and the day is safe.`,
    }
  if (next)
    return {
      zh: `今天没有到期的事。下一件在${Number(next.slice(5, 7))}月${Number(next.slice(8))}日。`,
      en: `Nothing is due today. The next is on ${next}.`,
    }
  return { zh: '没有等着办的事。', en: 'Nothing is waiting.' }
}
