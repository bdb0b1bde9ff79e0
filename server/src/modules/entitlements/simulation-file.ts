import type { Language, Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { fewest } from '../../platform/hide-small.ts'
import { type Cell, type TableFormat, writeTable } from '../../platform/table-file.ts'
import { currentPool, isExample, type LoadedPool, rowOn } from '../pools/index.ts'
import type { entitlementsContract } from './contract.ts'
import { type Figures, figuresIn, simulateFigures } from './simulate.ts'

type Simulated = AnswerOf<(typeof entitlementsContract)['GET /simulations']>

const types: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** What the screen shows of a trial, as a table to take along: the figures tried, the day, the version of the rules, and all counts. Hidden counts stay hidden. */
export async function simulationFile(
  ctx: Ctx,
  { query }: InputOf<(typeof entitlementsContract)['GET /simulations/file']>,
) {
  const figures = figuresIn(query.set)
  const answer = await simulateFigures(ctx, figures)
  const rows = rowsOf(answer, await currentPool(ctx), figures, ctx.language)
  const name = words.title[ctx.language]
  return {
    name: `${name}-${answer.on}.${query.format}`,
    type: types[query.format],
    content: await writeTable(query.format, name, rows),
  }
}

/** Sections one below the other, an empty row between two. */
export function rowsOf(answer: Simulated, loaded: LoadedPool, figures: Figures, language: Language): Cell[][] {
  const say = (w: Words) => w[language] || w.zh
  const head = (...all: readonly Words[]) => all.map(say)
  const yes = (is: boolean) => (is ? say(words.yes) : '')
  const count = (n: number | null) => n ?? hiddenSign
  const parameters = loaded.documents.parameters.filter(p => Object.hasOwn(figures, p.name))
  return [
    head(words.about),
    [say(words.day), answer.on],
    [say(words.asOf), answer.asOf],
    [say(words.version), answer.poolVersion.slice(0, 12)],
    [say(words.people), answer.people],
    [say(words.households), answer.households],
    [`${hiddenSign} ${say(words.hidden)}`],
    [],
    head(words.parameter, words.name, words.inForce, words.tried, words.unit, words.example),
    ...parameters.map(p => {
      const row = rowOn(p, answer.on)
      const tried = figures[p.name] ?? null
      return [
        p.name,
        say(p.label),
        row?.value ?? null,
        tried,
        p.unit ? say(p.unit) : '',
        yes(isExample(row?.provenance)),
      ]
    }),
    [],
    head(
      words.policy,
      words.gainedPeople,
      words.gainedHouseholds,
      words.lostPeople,
      words.lostHouseholds,
      words.openedPeople,
      words.costNow,
      words.costTried,
      words.example,
    ),
    ...answer.policies.map(p => [
      say(p.name),
      count(p.gained.people),
      count(p.gained.households),
      count(p.lost.people),
      count(p.lost.households),
      count(p.opened.people),
      p.costNow,
      p.costTried,
      yes(p.example),
    ]),
    [],
    head(words.township, words.policy, words.gainedPeople, words.lostPeople),
    ...answer.policies.flatMap(p =>
      answer.townships.flatMap((t, i) => {
        const [gained = null, lost = null] = p.townships[i] ?? []
        return gained === 0 && lost === 0 ? [] : [[t.name, say(p.name), count(gained), count(lost)]]
      }),
    ),
    [],
    head(words.fund, words.budget, words.costNow, words.costTried, words.example),
    ...answer.budgets.map(b => [say(b.name), b.yuan, b.now, b.tried, yes(b.example)]),
    [],
    head(words.age, words.disability, words.people, words.gainedRate, words.lostRate),
    ...answer.fairness.map(f => [
      say(ages[f.age]),
      say(f.disabled ? words.disabled : words.able),
      count(f.people),
      count(f.gained),
      count(f.lost),
    ]),
  ]
}

const hiddenSign = '＊'

const ages: Readonly<Record<Simulated['fairness'][number]['age'], Words>> = {
  child: { zh: '18 岁以下', en: 'Under 18' },
  adult: { zh: '18 到 59 岁', en: '18 to 59' },
  elder: { zh: '60 岁以上', en: '60 and over' },
}

const words = {
  title: { zh: '政策推演', en: 'what-if' },
  about: { zh: '政策推演：只有人数，没有名单', en: 'Policy what-if: counts only, no list' },
  day: { zh: '按哪一天的政策', en: 'By the rules of' },
  asOf: { zh: '数据截至', en: 'Data as of' },
  version: { zh: '政策池版本', en: 'Version of the rules' },
  people: { zh: '人数', en: 'People' },
  households: { zh: '户数', en: 'Households' },
  hidden: {
    zh: `少于 ${fewest} 人（户），不显示；能从合计倒推出来的也不显示，这一项的钱取整到十万元`,
    en: `fewer than ${fewest}, not shown; nor what the total would give away; the money beside it is rounded to 100,000 yuan`,
  },
  parameter: { zh: '参数', en: 'Figure' },
  name: { zh: '名称', en: 'Name' },
  inForce: { zh: '现行', en: 'In force' },
  tried: { zh: '试算', en: 'Tried' },
  unit: { zh: '单位', en: 'Unit' },
  example: { zh: '示例', en: 'Illustrative' },
  yes: { zh: '是', en: 'yes' },
  policy: { zh: '政策', en: 'Policy' },
  gainedPeople: { zh: '新得（人）', en: 'Gain (people)' },
  gainedHouseholds: { zh: '新得（户）', en: 'Gain (households)' },
  lostPeople: { zh: '失去（人）', en: 'Lose (people)' },
  lostHouseholds: { zh: '失去（户）', en: 'Lose (households)' },
  openedPeople: { zh: '说不清（人）', en: 'No longer certain (people)' },
  costNow: { zh: '现行（元/年）', en: 'In force (yuan a year)' },
  costTried: { zh: '试算（元/年）', en: 'Tried (yuan a year)' },
  township: { zh: '镇街', en: 'Township' },
  fund: { zh: '资金', en: 'Fund' },
  budget: { zh: '预算（元/年）', en: 'Budget (yuan a year)' },
  age: { zh: '年龄', en: 'Age' },
  disability: { zh: '残疾', en: 'Disability' },
  disabled: { zh: '有残疾', en: 'With a disability' },
  able: { zh: '没有残疾', en: 'Without' },
  gainedRate: { zh: '每千人多得', en: 'Gain of a thousand' },
  lostRate: { zh: '每千人失去', en: 'Lose of a thousand' },
} satisfies Readonly<Record<string, Words>>
