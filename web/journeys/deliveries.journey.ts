// The monthly list of a bureau: each row accounted for, one mended, one looked at, sent twice for nothing, two people, and a no; released, undone, cancelled.
import { type Day, idCheckCharacter } from '@zhulian/kernel'
import { expect, type Page, test } from '@playwright/test'
import { listedPeople, madeUpDelivery } from '@zhulian/seed'
import { writeTable } from '../../server/src/platform/table-file.ts'
import { zh as words } from '../src/console/deliveries/zh.ts'
import { zh as keys } from '../src/console/sender-keys/zh.ts'
import { zh } from '../src/console/words/zh.ts'
import { accessible } from './fit.ts'
import { district, password } from './people.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const [rows, registered, otherNames, wrong] = [6000, 1900, 53, 40]
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) as Day

/** Of a place that does not exist, so that nobody of the registry has it. */
function strangersNumber(birthDate: Day, i: number): string {
  const first17 = `3359${String(10 + (Math.floor(i / 1000) % 90))}${birthDate.replaceAll('-', '')}${String(i % 1000).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}

/** Nobody else registers as unemployed: the list is of adults already, and keeps their order. */
const adults = (options: Parameters<typeof listedPeople>[0]) =>
  listedPeople(options).filter(p => p.birthDate < String(Number(today.slice(0, 4)) - 17))

/** 6,000 newly unemployed: most unknown to the registry, some under another name, and forty rows with something wrong. */
async function monthlyList(): Promise<Buffer> {
  const people = adults({ people: 4000, today })
  const others = adults({ people: rows, today, seed: 7 })
  const listed = Array.from({ length: rows }, (_, i) => {
    const [one, other] = [people[i % people.length], others[i % others.length]]
    if (!one || !other) throw new Error('nobody lives here')
    if (i < registered) return one
    if (i < registered + otherNames) return { ...one, name: '另有其人' }
    return { ...other, idNumber: strangersNumber(other.birthDate, i) }
  })
  const made = madeUpDelivery('unemployment', listed, { today, rows, faults: wrong / rows })
  return await writeTable('xlsx', '名单', [['九月新增失业人员'], ...[...made].map(row => row.cells)])
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${district()}/console`)
  await page.getByLabel(zh.signIn.name, { exact: true }).fill(name)
  await page.getByLabel(zh.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: zh.signIn.enter, exact: true }).click()
  await expect(page.getByRole('navigation', { name: zh.rail })).toBeVisible()
}
const goTo = async (page: Page, name: keyof typeof zh.screens) =>
  await page
    .getByRole('navigation', { name: zh.rail })
    .getByRole('link', { name: zh.screens[name], exact: true })
    .click()
const open = async (page: Page, outcome: keyof typeof words.outcomes) =>
  await page.getByRole('radio', { name: new RegExp(`^${words.outcomes[outcome]} `) }).check({ force: true })

test('the monthly list of the unemployed: accounted for, mended, looked at, sent twice, and not released by one', async ({
  page,
  browser,
}) => {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  const file = { name: '九月失业.xlsx', mimeType: 'application/octet-stream', buffer: await monthlyList() }
  await signIn(page, 'officer')
  await goTo(page, 'deliveries')
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible()
  const handIn = async () => {
    await page.getByLabel(words.choose.source).selectOption('unemployment')
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: words.choose.send }).click()
  }
  await handIn()
  await expect(page.getByText('已读入，待放行')).toBeVisible({ timeout: 60_000 })
  // The list beside it names one that waits already.
  await expect(page.getByRole('radio', { name: `${words.outcomes.quarantined} ${wrong}` })).toBeAttached({
    timeout: 60_000,
  })
  const at = page.url()
  await expect(page.getByRole('term').filter({ hasText: words.account.rows }).locator('..')).toContainText('6,000')
  await accessible(page)

  const first = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 3 }) })
    .first()
  await expect(first).toContainText(/身份证号|出生日期|姓名|失业登记日期/)
  await page
    .getByRole('button', { name: new RegExp(`^${words.rowList.mend}`) })
    .first()
    .click()
  const mending = page.getByRole('dialog')
  await expect(mending).toBeVisible()
  await accessible(page)
  const mended = adults({ people: 4000, today })[149]
  await mending.getByLabel('身份证号', { exact: true }).fill(mended?.idNumber ?? '')
  await mending.getByRole('button', { name: words.mend.save }).click()
  await expect(page.getByText(/^这一行读好了/)).toBeVisible()
  await expect(page.getByRole('radio', { name: `${words.outcomes.quarantined} ${wrong - 1}` })).toBeAttached()

  await open(page, 'look')
  await expect(page.getByText(words.who.asIs).first()).toBeVisible()
  await accessible(page)
  await page.getByRole('button', { name: words.who.nobody, exact: true }).first().click()
  await expect(page.getByText(words.mend.became(words.outcomes.notInRegistry))).toBeVisible()

  await page.getByRole('link', { name: words.back }).first().click()
  await handIn()
  await expect(page.getByText(words.choose.sameFile)).toBeVisible({ timeout: 30_000 })
  await expect(page).toHaveURL(url => url.href.replace(/#.*/, '') === at)

  await page.getByRole('button', { name: words.release.go }).click()
  await page.getByRole('dialog').getByRole('button', { name: words.release.go }).click()
  await expect(page.getByText(words.two.yours)).toBeVisible()
  await expect(page.getByRole('button', { name: words.two.confirm })).toHaveCount(0)

  const second = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await signIn(second, 'officer-1')
  await second.goto(at)
  await expect(second.getByText(words.two.waits('方永明'))).toBeVisible()
  await accessible(second)
  await second.getByRole('button', { name: words.two.refuse }).click()
  await second.getByLabel(words.undo.reason).fill('和上月的名单对不上')
  await second.getByRole('dialog').getByRole('button', { name: words.two.refuse }).click()
  await expect(second.getByText(words.ended.refused)).toBeVisible()
  await second.context().close()
  await expect(page.getByText(words.ended.refused)).toBeVisible()
  expect(faults).toEqual([])
})

test('what waits for a second person is released and undone as a whole; another is cancelled', async ({ page }) => {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  await signIn(page, 'officer')
  await goTo(page, 'deliveries')
  await page.getByRole('link', { name: '死亡和火化登记.csv' }).click()
  await expect(page.getByText(words.two.dangerous)).toBeVisible()
  const sure = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).click()
    return page.getByRole('dialog').getByRole('button', { name, exact: true })
  }
  await (await sure(words.two.confirm)).click()
  await expect(page.getByText('已入库', { exact: true }).first()).toBeVisible({ timeout: 20_000 })
  const undo = await sure(words.undo.go)
  await page.getByLabel(words.undo.reason).fill('送错了月份的名单')
  await undo.click()
  await expect(page.getByText(words.ended.undone)).toBeVisible({ timeout: 20_000 })
  await accessible(page)

  await page.getByRole('link', { name: words.back }).first().click()
  await page.getByRole('link', { name: '本周新增失业登记.csv' }).click()
  await expect(page.getByRole('radio', { name: new RegExp(`^${words.outcomes.quarantined} 8`) })).toBeAttached()
  await (await sure(words.cancel.go)).click()
  await expect(page.getByText(words.ended.cancelled)).toBeVisible()
  expect(faults).toEqual([])
})

test('an administrator makes a key for a system of a bureau, sees it once, and changes it', async ({ page }) => {
  await signIn(page, 'admin')
  await goTo(page, 'senderKeys')
  await expect(page.getByRole('heading', { level: 1, name: keys.title })).toBeVisible()
  await page.getByRole('button', { name: keys.add }).click()
  const form = page.getByRole('dialog', { name: keys.add })
  await form.getByLabel(keys.sender).fill('人社局就业系统')
  await accessible(page)
  await form.getByRole('button', { name: keys.add }).click()
  const made = page.getByRole('dialog', { name: keys.made.title })
  await expect(made.getByLabel(keys.made.secret, { exact: true })).toHaveValue(/^[\w-]{43}$/)
  await accessible(page)
  await made.getByRole('button', { name: keys.made.done }).click()
  await expect(page.getByRole('table', { name: keys.list })).toContainText('人社局就业系统')
  await page.getByRole('button', { name: `${keys.rotate} 人社局就业系统` }).click()
  await page.getByLabel(keys.change.overlap).fill('1000')
  await page.getByRole('button', { name: keys.change.go }).click()
  await expect(page.getByText(keys.change.wrong)).toBeVisible()
  await page.getByLabel(keys.change.overlap).fill('24')
  await page.getByRole('button', { name: keys.change.go }).click()
  await expect(page.getByRole('dialog', { name: keys.made.title })).toBeVisible()
})
