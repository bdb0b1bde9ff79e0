import type { AnswerOf } from '@zhulian/kernel/contract'
import type { entitlementsContract } from '@zhulian/server/entitlements/contract'

/** What was tried, and over whom. */
export type Tried = AnswerOf<(typeof entitlementsContract)['GET /simulations']> & {
  readonly over: 'registry' | 'madeUp'
}

const count = (n: number) => n.toLocaleString('en-US')
const shown = (n: number | null, sign: string) => (n === null ? '＊' : n === 0 ? '0' : `${sign}${count(n)}`)
const signed = (n: number) => `${n > 0 ? '+' : n < 0 ? '−' : ''}${count(Math.abs(Math.round(n)))}`

/** For a terminal: policies that change, the money, the funds, the townships of the policy where most money moves. */
export function triedWords(tried: Tried, lang: 'zh' | 'en'): string {
  const zh = lang === 'zh'
  const said = (words: { zh: string; en: string }) => words[lang]
  const whom = {
    registry: zh ? '本机数据库' : 'the database of this installation',
    madeUp: zh ? '编造的示例区' : 'the made-up district',
  }[tried.over]
  const lines = [
    zh
      ? `${whom}，${count(tried.people)} 人 ${count(tried.households)} 户，按 ${tried.on} 的政策，算了 ${tried.ms} 毫秒。`
      : `Over ${whom}: ${count(tried.people)} people, ${count(tried.households)} households, by the rules of ${tried.on}, in ${tried.ms} ms.`,
    '',
    ...tried.policies.map(p => {
      const [gained, lost, opened] = [
        shown(p.gained.people, '+'),
        shown(p.lost.people, '−'),
        shown(p.opened.people, ''),
      ]
      const money = signed(p.costTried - p.costNow)
      return zh
        ? `  ${p.id} ${said(p.name)}：新得 ${gained} 人，失去 ${lost} 人，说不清 ${opened} 人，每年 ${money} 元${p.example ? '（示例）' : ''}`
        : `  ${p.id} ${said(p.name)}: gain ${gained}, lose ${lost}, cannot tell ${opened}; ${money} yuan a year${p.example ? ' (example)' : ''}`
    }),
    ...(tried.policies.length === 0 ? [zh ? '  没有人多得，也没有人失去。' : '  Nobody gains and nobody loses.'] : []),
    '',
    zh
      ? `每年 ${signed(tried.cost.tried - tried.cost.now)} 元：${count(tried.cost.now)} → ${count(tried.cost.tried)}`
      : `${signed(tried.cost.tried - tried.cost.now)} yuan a year: ${count(tried.cost.now)} → ${count(tried.cost.tried)}`,
    ...tried.budgets.map(b => {
      const rest = b.yuan - b.tried
      const where = zh ? (rest < 0 ? '超出' : '还余') : rest < 0 ? 'over by' : 'left'
      return `  ${said(b.name)}${b.example ? (zh ? '（示例）' : ' (example)') : ''}  ${count(b.now)} → ${count(b.tried)}  ${zh ? '预算' : 'budget'} ${count(b.yuan)}  ${where} ${count(Math.abs(rest))}`
    }),
  ]
  const [lead] = tried.policies.toSorted(
    (a, b) => Math.abs(b.costTried - b.costNow) - Math.abs(a.costTried - a.costNow),
  )
  if (lead) {
    lines.push('', said(lead.name))
    tried.townships.forEach((t, i) => {
      const [gained = null, lost = null] = lead.townships[i] ?? []
      if (gained !== 0 || lost !== 0) lines.push(`  ${t.name}  ${shown(gained, '+')}  ${shown(lost, '−')}`)
    })
  }
  lines.push(
    '',
    zh ? '＊ 少于 5 人，或会让人推算出来，不显示。' : '＊ fewer than 5, or would give one away; not shown.',
    '',
  )
  return lines.join('\n')
}
