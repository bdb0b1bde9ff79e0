// What the people of the journeys do, in the words on their screens, in either language.
import { expect, type Page } from '@playwright/test'
import { en as deskEn } from '../src/console/words/en.ts'
import { zh as deskZh } from '../src/console/words/zh.ts'
import { en } from '../src/phone/words/en.ts'
import { zh } from '../src/phone/words/zh.ts'
import { en as guideEn } from '../src/phone/guide/words/en.ts'
import { zh as guideZh } from '../src/phone/guide/words/zh.ts'

export const district = () => process.env['JOURNEYS_URL'] ?? ''
/** 常绿镇青龙村, where the demo guide works. */
export const village = '330111109203'
export const password = 'zhulian-demo-2021'

export interface Reading {
  readonly name: string
  readonly language: 'zh' | 'en'
  readonly large: boolean
  readonly words: typeof zh
  readonly guide: typeof guideZh
}

export const plain: Reading = { name: '中文', language: 'zh', large: false, words: zh, guide: guideZh }
export const large: Reading = { ...plain, name: '大字', large: true }
const english: Reading = { name: 'English', language: 'en', large: false, words: en, guide: guideEn }

/** The three ways in which the pages are read. */
export const readings: readonly Reading[] = [plain, large, english]

/** As the device remembers it from an earlier visit. */
export async function readIn(page: Page, { language, large }: Reading) {
  await page.addInitScript(
    ([chosen, size]) => {
      localStorage.setItem('zhulian.language', chosen)
      if (size) localStorage.setItem('zhulian.large', size)
    },
    [language, large ? 'yes' : ''] as const,
  )
}

type Answer = { readonly pick: readonly [zh: string, en: string] } | { readonly write: string }

/** 陆奶奶's own: a house, a small pension, no savings, nobody who must support her. What is not here she does not know, such as what counts as a serious illness. */
const hers: readonly (readonly [RegExp, Answer])[] = [
  [/户口在哪里|household registered/, { pick: [zh.interview.placeHere, en.interview.placeHere] }],
  [/富阳户口|registered in Fuyang/, { pick: [zh.interview.yes, en.interview.yes] }],
  [/低保证|dibao or similar/, { pick: ['低保', 'Dibao'] }],
  [/靠什么生活|live by/, { pick: ['退休', 'Retired'] }],
  [/自己来|six things/, { pick: ['能', 'Yes'] }],
  [/哪一种|medical insurance/, { pick: ['居民医保', 'Resident scheme'] }],
  [/残疾人证|disability certificate/, { pick: [zh.interview.no, en.interview.no] }],
  [/几套|How many homes/, { write: '1' }],
  [/几辆|How many cars/, { write: '0' }],
  [/店面|shops/, { write: '0' }],
  [/亲人？|must by law support/, { write: '0' }],
  [/哪些收入|What income/, { pick: ['养老金', 'Pension'] }],
  [/领多少养老金|How much pension/, { write: '240' }],
  [/存款、理财|savings, funds/, { pick: ['没有', 'None'] }],
]

/** Says who lives at home: herself. */
export async function nameHerself(page: Page, { words }: Reading) {
  await page.getByLabel(words.roster.callNameSelf).fill('陆奶奶')
  await page.getByLabel(words.roster.birth).fill('1949')
  await page.getByRole('radio', { name: words.roster.female, exact: true }).check()
  await page.getByRole('button', { name: words.roster.keep }).click()
  await page.getByRole('button', { name: words.roster.next }).click()
}

/** Answers the question on the page. @returns its title, and whether the answer was 不清楚 */
export async function answerOne(page: Page, { words, language }: Reading): Promise<{ title: string; unsure: boolean }> {
  const heading = page.locator('h1')
  await expect(page.getByRole('button', { name: words.interview.next })).toBeVisible()
  const title = (await heading.innerText()).trim()
  const answer = hers.find(([question]) => question.test(title))?.[1]
  const choice = (name: string) =>
    page.getByRole('radio', { name, exact: true }).or(page.getByRole('checkbox', { name, exact: true }))
  if (answer && 'pick' in answer) await choice(answer.pick[language === 'zh' ? 0 : 1]).check()
  else if (answer && (await page.getByRole('textbox').count()) > 0)
    await page.getByRole('textbox').first().fill(answer.write)
  else
    await page
      .getByRole('radio', { name: words.interview.unsure })
      .or(page.getByRole('checkbox', { name: words.interview.unsure }))
      .check()
  await page.getByRole('button', { name: words.interview.next }).click()
  await expect(heading).not.toHaveText(title)
  return { title, unsure: answer === undefined }
}

export async function signInDesk(page: Page, { language }: Reading, name: string, at: string) {
  const { signIn } = language === 'zh' ? deskZh : deskEn
  await page.goto(`${district()}${at}`)
  await page.getByLabel(signIn.name, { exact: true }).fill(name)
  await page.getByLabel(signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: signIn.enter, exact: true }).click()
}

export async function signInGuide(page: Page, { guide }: Reading, name = 'guide') {
  await page.goto(`${district()}/#/guide/sign-in`)
  await page.getByLabel(guide.signIn.name, { exact: true }).fill(name)
  await page.getByLabel(guide.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: guide.signIn.send, exact: true }).click()
  await expect(page.getByText(guide.today.live)).toBeVisible()
}
