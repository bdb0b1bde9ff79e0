import type { CardComparison, Compared, GroupCount, Lacking } from '../../server/src/modules/alerts/index.ts'

const two = (n: number) => n.toFixed(3)
const percent = (n: number | null) => (n === null ? '＊' : `${(100 * n).toFixed(0)}%`)
const count = (n: number | null) => (n === null ? '＊' : String(n))

/** For a terminal. */
export function comparedWords(
  { document, otherCard, result, draft }: CardComparison,
  lang: 'zh' | 'en',
  written: string | undefined,
): string {
  const zh = lang === 'zh'
  const lines = result.kind === 'lacking' ? lackingWords(result, zh) : resultWords(result, zh)
  if (otherCard > 0)
    lines.push(
      zh
        ? `另有 ${otherCard} 条是用别的卡打的分，没有算进去。`
        : `${otherCard} were given points by another card and are left out.`,
    )
  if (result.kind === 'compared') {
    lines.push('', zh ? '新配的分（括号里是现在的）：' : 'Points as fitted (in force in brackets):')
    document.items.forEach((item, i) =>
      item.bands.forEach((band, b) =>
        lines.push(`  ${item.label[lang]} · ${band.label[lang]}: ${result.card[i]?.[b] ?? 0} (${band.points})`),
      ),
    )
    lines.push('', zh ? '什么也没有改。' : 'Nothing was changed.')
    if (written)
      lines.push(
        zh ? `草稿写在 ${written}，可在规则工作台导入。` : `The draft is in ${written}; the workbench imports it.`,
      )
    else if (!draft)
      lines.push(zh ? '新配的卡一分也没有，写不成草稿。' : 'The fitted card gives no points; there is no draft of it.')
  }
  return `${lines.join('\n')}\n`
}

function lackingWords({ confirmed, unfounded, laterPart }: Lacking, zh: boolean): string[] {
  const lack = ({ have, want }: { have: number; want: number }) => Math.max(0, want - have)
  return laterPart
    ? [
        zh
          ? '结果总数够了，但不匀：前一段或后一段里属实的、不属实的太少，还比不了。过一阵再来。'
          : 'There are enough in all, but too few that were so, or not so, in the earlier or the later part. Try again later.',
      ]
    : [
        zh ? '核查结果还不够，先不比。' : 'Too few outcomes: nothing is compared.',
        zh
          ? `  属实 ${confirmed.have} 户，要 ${confirmed.want} 户，还差 ${lack(confirmed)} 户`
          : `  so: ${confirmed.have} households of ${confirmed.want}, ${lack(confirmed)} lacking`,
        zh
          ? `  不属实 ${unfounded.have} 户，要 ${unfounded.want} 户，还差 ${lack(unfounded)} 户`
          : `  not so: ${unfounded.have} households of ${unfounded.want}, ${lack(unfounded)} lacking`,
      ]
}

function resultWords({ from, judgedBy, since, inForce, refitted, gain, groups }: Compared, zh: boolean): string[] {
  const range = ({ value, low, high }: { value: number; low: number; high: number }) =>
    `${two(value)} (${two(low)} – ${two(high)})`
  const row = (name: string, m: Compared['inForce']) =>
    zh
      ? `  ${name}：排序 AUC ${range(m.auc)}；前五分之一里找到 ${percent(m.found)}；校准斜率 ${m.calibration.slope.toFixed(2)}，误差 ${two(m.calibration.error)}（说 ${percent(m.calibration.said)}，实 ${percent(m.calibration.found)}）`
      : `  ${name}: AUC ${range(m.auc)}; ${percent(m.found)} found in the first fifth; calibration slope ${m.calibration.slope.toFixed(2)}, error ${two(m.calibration.error)} (said ${percent(m.calibration.said)}, found ${percent(m.calibration.found)})`
  const surely =
    gain.low > 0
      ? zh
        ? '新配的好'
        : 'the fitted one is better'
      : gain.high < 0
        ? zh
          ? '现在的好'
          : 'the one in force is better'
        : zh
          ? '分不出高下'
          : 'no telling which is better'
  return [
    zh
      ? `用 ${from} 户较早的结果配，用 ${since} 起另外 ${judgedBy} 户的结果比。`
      : `Fitted from ${from} households, judged by ${judgedBy} others since ${since}.`,
    row(zh ? '现在的卡' : 'in force', inForce),
    row(zh ? '新配的卡' : 'fitted', refitted),
    zh ? `  相差 ${range(gain)}：${surely}` : `  difference ${range(gain)}: ${surely}`,
    zh
      ? '  连着两期都多找到 3 个百分点以上，才值得换。'
      : '  Worth a change only where it finds 3 points more, two periods running.',
    '',
    zh
      ? '分组，前五分之一里找到的（现在 → 新配；＊ 人少不显示）：'
      : 'By group, found in the first fifth (in force → fitted; ＊ few, not shown):',
    ...groups.map(group => groupWords(group, zh)),
  ]
}

const groupWords = ({ by, key, outcomes, confirmed, inForce, refitted }: GroupCount, zh: boolean) =>
  zh
    ? `  ${kinds[by].zh} ${words[key]?.zh ?? key}：${count(outcomes)} 户，属实 ${count(confirmed)}，${percent(inForce)} → ${percent(refitted)}`
    : `  ${kinds[by].en} ${words[key]?.en ?? key}: ${count(outcomes)} households, so ${count(confirmed)}, ${percent(inForce)} → ${percent(refitted)}`

const kinds = {
  sex: { zh: '性别', en: 'sex' },
  age: { zh: '年龄', en: 'age' },
  township: { zh: '镇街', en: 'township' },
}
const words: Readonly<Record<string, { zh: string; en: string }>> = {
  male: { zh: '男', en: 'men' },
  female: { zh: '女', en: 'women' },
  unknown: { zh: '说的是全家，或不清楚', en: 'of a whole household, or not known' },
}
