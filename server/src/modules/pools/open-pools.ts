import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { compilePool, problemLine } from '@zhulian/pool'
import { readFiles } from '@zhulian/pool/files'
import { readSources, type Source } from '@zhulian/pool/sources'
import { compile, type Problem } from '@zhulian/rules'
import { readConfig } from '../../platform/config.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { SetupProblem } from '../../platform/setup-problem.ts'
import { changeInTurn, lastUse, usePool } from './current-pool.ts'
import { layPublications } from './publications.ts'
import { rememberShipped } from './shipped.ts'

const cases = new Map<string, number>()

/** Worked households of a policy, by slug: they prove the rule and ship beside it. */
export const casesCounted = (slug: string): number => cases.get(slug) ?? 0

let sources: readonly Source[] = []

/** What the tags of provenance stand for: read with the data, judged by nothing, so no part of a version. */
export const knownSources = (): readonly Source[] => sources

/**
 * Reads what the district ships, checks it, lays over it what was published here, and puts it into use. Where new files
 * and publications no longer fit together, what was in use stays in use: the workbench shows what to mend.
 * @throws SetupProblem naming file and place of everything that is wrong in the files
 */
export async function openPools(ctx: Ctx): Promise<void> {
  const { shippedDir } = readConfig()
  const { files, problems } = await readFiles(shippedDir)
  if (problems.length > 0) throw wrong(problems)
  const read = await compilePool(files)
  if (!read.ok) throw wrong(read.problems)
  const { documents } = read.pool
  sources = await readSources(shippedDir)
  await countCases(
    shippedDir,
    documents.policies.map(p => p.slug),
  )
  rememberShipped(documents)
  // Two processes that start together: the second finds in use what the first put there.
  await changeInTurn(ctx)
  const laid = await layPublications(ctx, documents)
  const compiled = laid === documents ? undefined : compile(laid)
  if (compiled && !compiled.ok) {
    if (!(await lastUse(ctx))) throw wrong(compiled.problems)
    ctx.log.error('pools.filesDoNotFit', { count: compiled.problems.length })
    return
  }
  await usePool(ctx, laid)
}

/** One list item at the margin is one case; they are counted, not read. */
async function countCases(dir: string, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    const text = await readFile(path.join(dir, 'policies', slug, 'cases.yaml'), 'utf8').catch(() => '')
    cases.set(slug, text.match(/^- /gm)?.length ?? 0)
  }
}

function wrong(problems: readonly Problem[]): SetupProblem {
  const lines = (language: 'zh' | 'en') =>
    problems
      .slice(0, 20)
      .map(p => problemLine(p, language))
      .join('\n')
  return new SetupProblem({
    zh: `政策池的数据文件有 ${problems.length} 处不对，改好再启动：\n${lines('zh')}`,
    en: `The data files of the pool are wrong in ${problems.length} places. Mend them and start again:\n${lines('en')}`,
  })
}
