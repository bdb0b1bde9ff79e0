import { createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Language } from '@zhulian/kernel'
import {
  dedupe,
  dedupeReport,
  type Deduped,
  type DedupedPair,
  type DedupeReport,
  type Explanation,
  groupsOf,
  type Linked,
  link as linkLists,
  type LinkReport,
  notComparedWords,
  reportOf,
  type Weights,
} from '@zhulian/linkage'
import { readConfig } from '../../../server/src/platform/config.ts'
import { neutral } from '../../../server/src/platform/neutral.ts'
import { type Command, Usage } from '../command.ts'
import { readTruth, type Truth } from '../link-truth.ts'
import { columnMaps, districtOfFiles, type PeopleFile, readPeople } from '../people-file.ts'
import { explanationWords, reasonWords, throughOthersWords } from '../pair-words.ts'

const help = `zhulian link 左表.csv 右表.csv [--fields 列.json] [--truth 真值.csv] [--out 配对.csv] [--json]
zhulian link --dedupe 名单.csv [--clusters 归并.csv] […]

比对两份人员名单：谁是谁。不读数据库，不上传；除非写明存到哪里，什么也不保存。
Who is who between two lists of people. Reads no database and keeps nothing but what it is told to.

列由中英文表头猜出；猜不出或猜错，用 --fields 写明。CSV 可以是 UTF-8 或 GB18030，可以是 .gz。
Columns are guessed from their headers, Chinese or English; --fields says it where that is wrong.

  --fields FILE        {"name": "XM"} 或 or {"left": {…}, "right": {…}}；null 表示不用 leaves a column out
  --truth FILE         两列行编号：真正的配对，用来算准确率，不参与学习；查重时也可以是行编号和所属的人
                       two columns of row ids, or with --dedupe of row id and person; only to count, never to learn
  --out FILE           写出配对、概率和理由 / the pairs with probability and explanation (.csv, .jsonl)
  --weights FILE       用上次保存的权重，不重新学习 / weights kept from an earlier file of the same kind
  --save-weights FILE  保存这次学到的权重 / keeps what was learnt
  --dedupe FILE        一份名单里谁重复了 / who stands in one list more than once
  --clusters FILE      （配合 --dedupe）写出哪些行是同一个人 / which rows are one person (.csv)
  --json               输出一个 JSON 对象 / one JSON object
  --lang zh|en         摘要的语言 / language of the summary

退出码 Exit code: 0 完成 done; 1 完成，但文件里有毛病 done, with faults in the files; 2 没有做成 not done
`

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      fields: { type: 'string' },
      dedupe: { type: 'string' },
      clusters: { type: 'string' },
      truth: { type: 'string' },
      out: { type: 'string' },
      weights: { type: 'string' },
      'save-weights': { type: 'string' },
      json: { type: 'boolean', default: false },
      lang: { type: 'string', default: 'zh' },
    },
  })
  const lang = values.lang
  if (lang !== 'zh' && lang !== 'en') throw new Usage({ zh: '--lang 只有 zh 和 en', en: '--lang is zh or en' })
  const asked: Asked = { ...values, lang }
  keepApart(
    [values.out, values.clusters, values['save-weights']],
    [...positionals, values.dedupe, values.truth, values.fields, values.weights],
  )
  const maps = await columnMaps(values.fields)
  if (values.dedupe !== undefined) {
    if (positionals.length > 0) throw oneFile()
    return await withinOne(asked, await readPeople(values.dedupe, maps.left))
  }
  if (values.clusters !== undefined)
    throw new Usage({ zh: '--clusters 要和 --dedupe 一起用', en: '--clusters goes with --dedupe' })
  const [left, right] = positionals
  if (left === undefined || right === undefined || positionals.length > 2)
    throw new Usage({
      zh: '要两个文件：zhulian link 左表.csv 右表.csv；一份名单内部查重用 --dedupe',
      en: 'two files are wanted: zhulian link LEFT.csv RIGHT.csv; or one with --dedupe',
    })
  return await betweenTwo(asked, await readPeople(left, maps.left), await readPeople(right, maps.right))
}

const oneFile = () => new Usage({ zh: '--dedupe 只要一个文件', en: '--dedupe wants one file' })

interface Asked {
  readonly lang: Language
  readonly json: boolean
  readonly truth?: string
  readonly out?: string
  readonly weights?: string
  readonly 'save-weights'?: string
  readonly clusters?: string
}

async function betweenTwo(asked: Asked, left: PeopleFile, right: PeopleFile): Promise<number> {
  requireShared(left, right)
  const truth = asked.truth === undefined ? undefined : await readTruth(asked.truth, left.ids, right.ids, false)
  const options = await optionsOf(asked)
  const { result, seconds } = timed(() => linkLists(left.people, right.people, options))
  const report = { ...reportOf(result.pairs, truth), ...leftOut(result, left.ids, asked.lang), seconds }
  await keep(asked, result, left.ids, right.ids)
  return answer(asked, report, [left, right], truth)
}

async function withinOne(asked: Asked, file: PeopleFile): Promise<number> {
  const truth = asked.truth === undefined ? undefined : await readTruth(asked.truth, file.ids, file.ids, true)
  const options = await optionsOf(asked)
  const { result, seconds } = timed(() => dedupe(file.people, options))
  const report = { ...dedupeReport(result, truth), ...leftOut(result, file.ids, asked.lang), seconds }
  await keep(asked, result, file.ids, file.ids)
  if (asked.clusters !== undefined) {
    const rows = groupsOf(result.clusters).flatMap(group =>
      group.map(row => `${csvCell(file.ids[group[0] ?? 0] ?? '')},${csvCell(file.ids[row] ?? '')}\n`),
    )
    await writeFile(asked.clusters, `\uFEFFcluster,id\n${rows.join('')}`)
  }
  return answer(asked, report, [file], truth)
}

async function optionsOf({ weights }: Asked) {
  const kept = weights === undefined ? undefined : await weightsAt(weights)
  return { ...(await districtOfFiles(readConfig().shippedDir)), ...(kept ? { weights: kept } : {}) }
}

/** Seconds of the processor. @throws Usage when kept weights are of another kind of feed */
function timed<T>(work: () => T): { result: T; seconds: number } {
  const began = process.cpuUsage()
  try {
    const result = work()
    const spent = process.cpuUsage(began)
    return { result, seconds: (spent.user + spent.system) / 1e6 }
  } catch (error) {
    if (error instanceof RangeError && error.message.startsWith('the weights'))
      throw new Usage({
        zh: '保存的权重是另一种名单的，列不一样；不写 --weights 就重新学习',
        en: 'the kept weights are of files with other columns; leave --weights out to learn anew',
      })
    throw error
  }
}

async function keep(
  asked: Asked,
  result: Linked | Deduped,
  left: readonly string[],
  right: readonly string[],
): Promise<void> {
  if (asked.out !== undefined) await writePairs(asked.out, result, left, right)
  if (asked['save-weights'] !== undefined)
    await writeFile(asked['save-weights'], `${JSON.stringify(result.weights, null, 2)}\n`)
}

/** Rows that were compared with no other, and why in words. */
function leftOut({ notCompared }: Linked | Deduped, ids: readonly string[], lang: Language) {
  const words = notComparedWords(notCompared)
  if (!words) return { notCompared: 0 }
  const [some, isAll] = [notCompared.rows.slice(0, 5).map(row => ids[row]), notCompared.rows.length <= 5]
  const which =
    lang === 'zh' ? `（${some.join('、')}${isAll ? '' : ' 等'}）` : ` (${some.join(', ')}${isAll ? '' : ' and others'})`
  return { notCompared: notCompared.rows.length, whyNotCompared: `${words[lang]}${which}` }
}

type Report = (LinkReport | DedupeReport) & {
  readonly notCompared: number
  readonly whyNotCompared?: string
  readonly seconds: number
}

function answer(
  { lang, json, truth: file }: Asked,
  report: Report,
  files: readonly PeopleFile[],
  truth: Truth | undefined,
): number {
  const faults = files.flatMap(f => f.faults.map(words => `${f.path}: ${words[lang]}`))
  if (truth && truth.unknown > 0) faults.push(unknownTruth(file ?? '', truth, lang))
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  process.stdout.write(json ? `${JSON.stringify({ ...report, faults })}\n` : summary(report, files, lang))
  return faults.length > 0 ? 1 : 0
}

function requireShared(left: PeopleFile, right: PeopleFile): void {
  const shared = Object.keys(left.used).filter(f => f in right.used && f !== 'id' && f !== 'household')
  const canBorrow =
    'idNumber' in left.used ? 'birthDate' in right.used : 'idNumber' in right.used && 'birthDate' in left.used
  if (shared.length + Number(canBorrow) >= 2) return
  const list = (file: PeopleFile) => Object.values(file.used).join('、')
  throw new Usage({
    zh: `两个文件没有两列以上相同的内容可比（左：${list(left)}；右：${list(right)}）；用 --fields 写明`,
    en: `the files have fewer than two kinds of columns in common (left: ${list(left)}; right: ${list(right)}); say which is which with --fields`,
  })
}

async function weightsAt(file: string): Promise<Weights> {
  const wrong = new Usage({
    zh: `${file} 不是 --save-weights 写出的文件`,
    en: `${file} is not what --save-weights wrote`,
  })
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Weights | null
    if (!isWeights(read)) throw wrong
    return read
  } catch (error) {
    throw error instanceof SyntaxError ? wrong : error
  }
}

const isShare = (share: unknown) => typeof share === 'number' && share >= 0 && share <= 1
const isShares = (shares: unknown) => Array.isArray(shares) && shares.every(isShare)

const isWeights = (read: Weights | null): read is Weights =>
  read?.version === 1 &&
  (read.neighbours === undefined || read.neighbours === true) &&
  (read.moved === undefined || isShare(read.moved)) &&
  [read.same, read.household].every(share => typeof share === 'number' && share >= 0) &&
  Array.isArray(read.comparisons) &&
  read.comparisons.every(
    c =>
      typeof c?.key === 'string' &&
      isShares(c.same) &&
      isShares(c.strangers) &&
      (c.household === undefined || isShares(c.household)),
  )

/** What is written must not take the place of what was read. @throws Usage */
function keepApart(written: readonly (string | undefined)[], read: readonly (string | undefined)[]): void {
  const given = new Set(read.filter(file => file !== undefined).map(file => path.resolve(file)))
  const files = written.filter(file => file !== undefined)
  const over = files.find((file, at) => given.has(path.resolve(file)) || files.indexOf(file) !== at)
  if (over !== undefined)
    throw new Usage({
      zh: `不能写到 ${over}：它是要读的文件，或者写了两次`,
      en: `${over} cannot be written: it is one of the files to read, or is written twice`,
    })
}

const unknownTruth = (file: string, { unknown }: Truth, lang: Language) =>
  lang === 'zh'
    ? `${file}: ${unknown} 对编号在文件里找不到，没有计入`
    : `${file}: ${unknown} pairs name rows that are not in the files and are not counted`

async function writePairs(
  file: string,
  { pairs, explain }: Linked | Deduped,
  left: readonly string[],
  right: readonly string[],
) {
  const isJson = /\.jsonl?$/.test(file)
  const line = (pair: DedupedPair, explanation: Explanation) => {
    const [l, r] = [left[pair.left] ?? '', right[pair.right] ?? '']
    const probability = Number(pair.probability.toFixed(6))
    if (isJson)
      return JSON.stringify({
        left: l,
        right: r,
        probability,
        weight: pair.weight,
        band: pair.band,
        reason: pair.reason,
        throughOthers: pair.throughOthers,
        explanation,
      })
    const words = [
      reasonWords(pair.reason, 'zh'),
      pair.throughOthers && throughOthersWords.zh,
      explanationWords(explanation, 'zh'),
    ]
      .filter(Boolean)
      .join('；')
    return [csvCell(l), csvCell(r), probability, pair.weight.toFixed(2), pair.band, csvCell(words)].join(',')
  }
  const lines = function* () {
    if (!isJson) yield '\uFEFFleft,right,probability,weight,band,explanation\n'
    for (const pair of pairs) yield `${line(pair, explain(pair))}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}

const csvCell = (text: string) => {
  const safe = neutral(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function summary(report: Report, files: readonly PeopleFile[], lang: Language): string {
  const zh = lang === 'zh'
  const columns = (file: PeopleFile) => {
    const used = Object.entries(file.used).map(([field, title]) => (field === title ? field : `${title}=${field}`))
    const unused = file.unused.length > 0 ? `  ${zh ? '不用' : 'not used'}: ${file.unused.join(', ')}` : ''
    return `${file.path}  ${file.ids.length} ${zh ? '行' : 'rows'}  ${used.join(', ')}${unused}`
  }
  const figures = (of: { f1: number | null; precision: number | null; recall: number | null }) =>
    of.f1 === null
      ? ''
      : `F1 ${of.f1.toFixed(4)}  precision ${of.precision?.toFixed(4)}  recall ${of.recall?.toFixed(4)}`
  const { n, wrong } = report.auto
  const lines = [
    ...files.map(columns),
    zh
      ? `配对 ${report.pairs}；自动 ${n}${wrong === null ? '' : `（错 ${wrong}）`}；要人看的行 ${report.review}；${report.seconds.toFixed(1)} 秒`
      : `${report.pairs} links; ${n} by themselves${wrong === null ? '' : ` (${wrong} wrong)`}; ${report.review} rows for a person to look at; ${report.seconds.toFixed(1)} s`,
    figures(report),
    'clusters' in report
      ? `${zh ? `重复的人 ${report.clusters.n}` : `${report.clusters.n} people stand in it more than once`}  ${figures(report.clusters)}`
      : '',
    report.whyNotCompared ?? '',
  ]
  return `${lines.filter(Boolean).join('\n')}\n`
}

export const link: Command = {
  name: 'link',
  summary: { zh: '比对两份人员名单：谁是谁', en: 'who is who between two lists of people' },
  help,
  run,
}
