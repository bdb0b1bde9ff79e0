import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Day, parseDay } from '@zhulian/kernel'
import { ruleFile } from '@zhulian/pool'
import { compareCard } from '../../../server/src/modules/alerts/index.ts'
import { comparedWords } from '../compared-words.ts'
import { type Command, Usage } from '../command.ts'
import { withApp } from '../with-app.ts'

const help = `zhulian card compare [--since 日期] [--draft 文件.yaml] [--json]

用登记下来的核查结果重新配一张提示分卡，和现在用的卡比一比。只比，不改：现在的卡、预警、任务都不动。
Fits the card of points anew from recorded outcomes and sets it beside the card in force. It compares and changes nothing.

按时间先后分：前七成用来配，后三成用来比，同一户不会两边都有。结果不够多就不比，并说明还差多少。
Split by time: fitted on the earlier seven tenths, judged by the later, no household in both. With too few outcomes it says how many lack.

  --since 日期 DAY     只看这一天以后的结果 / outcomes from this day on
  --draft 文件 FILE    把新配的卡写成文件，可以在规则工作台导入为草稿，由两个人发布
                      writes the fitted card as a file; the workbench imports it as a draft, and two people publish
  --json              输出一个 JSON 对象 / one JSON object
  --lang zh|en        摘要的语言 / language of the summary

各组里少于 5 户的数不显示。没人去看过的家庭不在里面，所以这不是“找到了多少”，只是“去看的人里谁该先看”。
Counts under 5 of a group are not shown. Whom nobody went to see is not in it: it tells whom to see first, not how many are found.

退出码 Exit code: 0 比好了 done; 1 结果还不够 too few outcomes; 2 用法不对 wrong usage
`

export const card: Command = {
  name: 'card',
  summary: {
    zh: '用核查结果重新配提示分卡，和现在用的比一比（card compare）',
    en: 'fit the card of points from outcomes and compare it with the one in force (card compare)',
  },
  help,
  run: async args => {
    const { since, draft, json, lang } = optionsOf(args)
    const compared = await withApp(app => app.asMachine(ctx => compareCard(ctx, since)))
    if (!compared) throw new Usage({ zh: '规则里没有提示分卡', en: 'the pool has no card of points' })
    const { result } = compared
    if (draft !== undefined && compared.draft) await writeFile(draft, ruleFile(compared.draft))
    const written = draft !== undefined && compared.draft ? draft : undefined
    process.stdout.write(
      json
        ? `${JSON.stringify({ poolVersion: compared.poolVersion, otherCard: compared.otherCard, ...result, draft: compared.draft ?? null })}\n`
        : comparedWords(compared, lang, written),
    )
    return result.kind === 'compared' ? 0 : 1
  },
}

interface Options {
  readonly since: Day | undefined
  readonly draft: string | undefined
  readonly json: boolean
  readonly lang: 'zh' | 'en'
}

function optionsOf([verb, ...args]: readonly string[]): Options {
  if (verb !== 'compare') throw new Usage({ zh: '用法：zhulian card compare', en: 'usage: zhulian card compare' })
  const { values } = parseArgs({
    args,
    options: {
      since: { type: 'string' },
      draft: { type: 'string' },
      json: { type: 'boolean', default: false },
      lang: { type: 'string', default: 'zh' },
    },
  })
  const { lang } = values
  if (lang !== 'zh' && lang !== 'en') throw new Usage({ zh: '--lang 只有 zh 和 en', en: '--lang is zh or en' })
  const since = values.since === undefined ? undefined : parseDay(values.since)
  if (values.since !== undefined && !since)
    throw new Usage({
      zh: `--since ${values.since} 不是真实的日子，应写成 2021-09-26`,
      en: `--since ${values.since} is not a real day; write 2021-09-26`,
    })
  return { since, draft: values.draft, json: values.json, lang }
}
