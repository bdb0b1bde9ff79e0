import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Day, type Id, isId, parseDay, Refusal } from '@zhulian/kernel'
import type { App } from '../../../server/src/app.ts'
import { writeTrail } from '../../../server/src/modules/audit/index.ts'
import {
  applyFile,
  checkFile,
  getFile,
  progressOf,
  takeFile,
  undoFile,
} from '../../../server/src/modules/feeds/index.ts'
import { origins } from '../../../server/src/modules/feeds/contract.ts'
import type { Ctx } from '../../../server/src/platform/ctx.ts'
import { fileAt } from '../../../server/src/platform/incoming-file.ts'
import { type Command, Usage } from '../command.ts'
import { progressLine } from '../progress.ts'
import { withApp } from '../with-app.ts'

const help = `zhulian import 文件 [--apply] [--map 对应.json] [--origin 民政] [--as-of 日期]
zhulian import --undo 批次

把表格（.xlsx 或 .csv，一人一行）导入本机的数据库。不写 --apply 只检查，不改动任何内容。
Imports a table (one row a person) into the local database. Without --apply it checks and changes nothing.

  --dry-run        只检查（缺省） / check only (as without --apply)
  --apply          检查无误后入库；有错的行不入库 / writes what is good; faulty rows stay out
  --undo BATCH     整批撤销 / takes a whole file back
  --map FILE       列的对应：{"name": "C", "idNumber": 3} / which column is what, by letter or number from 1
  --origin 来源    数据来自哪里 / who the figures are from (民政)
  --as-of DAY      数据是哪一天的 / the day the figures are of (today)

退出码 Exit code: 0 全部可用 all rows good; 1 有错的行 some rows are faulty; 2 没有做成 not done
`

type File = Awaited<ReturnType<typeof getFile>>

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      apply: { type: 'boolean' },
      undo: { type: 'string' },
      map: { type: 'string' },
      origin: { type: 'string' },
      'as-of': { type: 'string' },
    },
  })
  const asOf = values['as-of'] === undefined ? undefined : parseDay(values['as-of'])
  const origin = origins.find(known => known === (values.origin ?? '民政'))
  if (!origin)
    throw new Usage({
      zh: `没有「${values.origin}」这个来源；有：${origins.join('、')}`,
      en: `there is no origin "${values.origin}"; there are: ${origins.join(', ')}`,
    })
  if (values['as-of'] !== undefined && !asOf)
    throw new Usage({ zh: '--as-of 要写成 2021-09-26', en: '--as-of wants a day such as 2021-09-26' })
  try {
    if (values.undo !== undefined && positionals.length === 0) {
      const batch = batchOf(values.undo)
      return await withApp(app => undo(app, batch))
    }
    const [file] = positionals
    if (file === undefined || positionals.length > 1 || values.undo !== undefined)
      throw new Usage({
        zh: '要一个文件名，或者 --undo 批次；zhulian import --help 看说明',
        en: 'one file is wanted, or --undo and a batch; see zhulian import --help',
      })
    if (!(await stat(file).catch(() => undefined))?.isFile())
      throw new Usage({ zh: `没有文件「${file}」`, en: `there is no file "${file}"` })
    const map = values.map === undefined ? undefined : await mappingOf(values.map)
    return await withApp(app =>
      bring(app, file, {
        apply: values.apply === true && values['dry-run'] !== true,
        map,
        asOf,
        origin,
      }),
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { households } = error.facts as { households?: { registerNo: string | null; household: string }[] }
    const named = households?.map(h => h.registerNo ?? h.household).join('、')
    const { zh, en } = error.kind.words(error.facts)
    throw named ? new Usage({ zh: `${zh}（${named}）`, en }) : error
  }
}

interface Bring {
  readonly apply: boolean
  readonly map: Readonly<Record<string, number>> | undefined
  readonly asOf: Day | undefined
  readonly origin: string
}

async function bring(app: App, file: string, { apply, map, asOf, origin }: Bring): Promise<number> {
  const incoming = await fileAt(file)
  const taken = await traced(app, 'feeds.upload', '在命令行上传了一份表格', 'brought a file on the command line', ctx =>
    takeFile(ctx, incoming, { origin, asOf }),
  )
  const params = { id: taken.id }
  await traced(app, 'feeds.check', '在命令行检查了一份表格', 'checked a file on the command line', ctx =>
    checkFile(ctx, { params, query: {}, body: { mapping: map } }),
  )
  const checked = await settled(app, taken.id, '检查 checking')
  show(checked)
  if (checked.state !== 'checked') return 2
  const faulty = (checked.report?.faulty ?? 0) > 0
  if (apply) {
    await traced(app, 'feeds.apply', '在命令行导入了一份表格', 'applied a file on the command line', ctx =>
      applyFile(ctx, { params, query: {}, body: {} }),
    )
    const done = await settled(app, taken.id, '入库 applying')
    if (done.state !== 'applied') return 2
  }
  process.stdout.write(
    apply ? `已入库 applied · 批次 batch ${taken.id}\n` : `只检查，没有改动 nothing was changed · 入库加 --apply\n`,
  )
  return faulty ? 1 : 0
}

async function undo(app: App, id: Id): Promise<number> {
  await traced(app, 'feeds.undo', '在命令行撤销了一份表格', 'undid a file on the command line', ctx =>
    undoFile(ctx, { params: { id }, query: {}, body: { reason: '命令行撤销' } }),
  )
  const done = await settled(app, id, '撤销 undoing')
  process.stdout.write(`${done.stateWords.zh} ${done.stateWords.en}\n`)
  return done.state === 'undone' ? 0 : 2
}

/** One step as the machine account, with its line in the trail. */
const traced = <T>(app: App, action: string, zh: string, en: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  app.asMachine(async ctx => {
    const result = await work(ctx)
    await writeTrail(ctx.transaction, {
      at: ctx.now,
      actor: ctx.actor,
      action,
      words: { zh, en },
      purpose: 'import',
      outcome: 'done',
      code: undefined,
      reason: undefined,
      subjects: subjectsOf(result),
      requestId: ctx.requestId,
      address: '',
    })
    return result
  })

const subjectsOf = (result: unknown) => {
  const id = (result as { id?: Id }).id
  return id ? [{ kind: 'batch' as const, id }] : []
}

/** Runs what is due until the file stands still; a server that runs beside may do it as well. */
async function settled(app: App, id: Id, what: string): Promise<File> {
  const line = progressLine(what)
  const timer = setInterval(() => {
    const progress = progressOf(id)
    if (progress) line.show(progress.done, progress.of)
  }, 200)
  try {
    for (;;) {
      // What fails is tried again, and handed back with words when it will not do.
      await app.jobs.settle()
      const file = await app.asMachine(ctx => getFile(ctx, { params: { id }, query: {}, body: undefined }))
      if (!['checking', 'applying', 'undoing'].includes(file.state)) {
        line.end(`${what}  ${file.rows}/${file.rows}`)
        if (file.problem) throw new Usage(file.problem)
        return file
      }
      await new Promise(done => setTimeout(done, 300))
    }
  } finally {
    clearInterval(timer)
  }
}

function show({ report, header, mapping, columns }: File): void {
  if (!report) return
  const named = columns.filter(c => c.key in mapping).length
  const unknown = header.filter((title, i) => title !== '' && !Object.values(mapping).includes(i))
  const lines = [
    `列 columns      ${named} 对上 matched${unknown.length ? `，不用 not used：${unknown.join('、')}` : ''}`,
    `行 rows         ${report.rows}，有错 faulty ${report.faulty}`,
    `新 new          ${report.newHouseholds} 户 households，${report.newPersons} 人 people`,
    `变 changed      ${report.changedHouseholds} 户 households，${report.changedPersons} 人 people，不变 unchanged ${report.unchanged} 人 people`,
    ...report.changes.slice(0, 20).map(c => `    ${c.label.zh} ${c.label.en}  ${c.count}`),
    ...report.firstFaults
      .slice(0, 20)
      .map(
        f =>
          `  第 ${f.row} 行 row：${f.faults.map(x => (x.column ? `${x.column}：${x.words.zh}` : x.words.zh)).join('；')}`,
      ),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function mappingOf(file: string): Promise<Readonly<Record<string, number>>> {
  const wrong = new Usage({
    zh: `${file} 应是 {"name": "C", "idNumber": 3} 这样的 JSON`,
    en: `${file} should be JSON such as {"name": "C", "idNumber": 3}`,
  })
  let read: unknown
  try {
    read = JSON.parse(await readFile(file, 'utf8'))
  } catch {
    throw wrong
  }
  if (typeof read !== 'object' || read === null) throw wrong
  return Object.fromEntries(
    Object.entries(read).map(([key, at]) => {
      const index =
        typeof at === 'number' ? at - 1 : typeof at === 'string' && /^[A-Za-z]{1,2}$/.test(at) ? columnIndex(at) : -1
      if (!Number.isInteger(index) || index < 0) throw wrong
      return [key, index]
    }),
  )
}

const columnIndex = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0) - 1

const batchOf = (text: string): Id => {
  if (isId(text)) return text
  throw new Usage({ zh: `「${text}」不是批次编号`, en: `"${text}" is not the id of a batch` })
}

export const importFile: Command = {
  name: 'import',
  summary: { zh: '导入表格：检查、入库、撤销', en: 'import a table: check, apply, undo' },
  help,
  run,
}
