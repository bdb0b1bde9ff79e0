// A work order: the guide asks an organisation to come, with as little of the family as who comes needs; they take it on, note a time with
// the code the family reads out, and say that it is done; the township, which had no hand in it, checks it, and the need went along.
import { type Browser, expect, type Page, test } from '@playwright/test'
import { en as needsEn } from '../src/console/needs/en.ts'
import { zh as needsZh } from '../src/console/needs/zh.ts'
import { en as ordersEn } from '../src/console/orders/en.ts'
import { zh as ordersZh } from '../src/console/orders/zh.ts'
import { accessible, reflows } from './fit.ts'
import { district, readIn, type Reading, readings, signInDesk } from './people.ts'

const words = { zh: { needs: needsZh, orders: ordersZh }, en: { needs: needsEn, orders: ordersEn } }
const desk = { width: 1440, height: 900 }
const dayIn = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

async function deskOf(browser: Browser, reading: Reading, who: string, at: string): Promise<Page> {
  const context = await browser.newContext({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await readIn(page, reading)
  await signInDesk(page, reading, who, at)
  return page
}

// Once: what differs by language is words, and each reading takes ten seconds.
for (const reading of readings.filter(r => r.language === 'zh' && !r.large)) {
  const { needs, orders: say } = words[reading.language]
  const inChinese = reading.language === 'zh'
  const [need, callName] = inChinese
    ? ['洗澡站不稳，要人搭把手', '许阿姨']
    : ['Unsteady in the bath: needs a hand', 'Aunt Xu']
  const does = async (page: Page, zh: string, en: string) => {
    await page.getByRole('button', { name: inChinese ? zh : en, exact: true }).click()
  }

  test(`an order is taken on, done with the code of the family, and checked by another (${reading.name})`, async ({
    browser,
    page,
  }) => {
    await page.setViewportSize(desk)
    await readIn(page, reading)
    let code = ''
    await test.step('the guide writes down the need, and sends an order with a name to call and no other', async () => {
      await signInDesk(page, reading, 'guide', '/console/registry')
      await page.locator('[data-row]').last().click()
      await page.getByRole('button', { name: needs.tell.act }).click()
      await page.getByRole('dialog').getByLabel(needs.tell.words).fill(need)
      await page.getByRole('dialog').getByRole('button', { name: needs.tell.save }).click()
      await page.getByRole('link', { name: need }).click()
      await does(page, '村里来办', 'The village takes it')
      await does(page, '用现有资源办', 'Use what there is')
      await page.getByRole('dialog').getByLabel(needs.form.resource).selectOption({ index: 1 })
      await page.getByRole('dialog').getByRole('button', { name: needs.form.save }).click()
      await page.getByRole('button', { name: say.send.act, exact: true }).click()
      const form = page.getByRole('dialog')
      await form.getByRole('button', { name: say.send.save }).click()
      await expect(form.getByText(say.send.mustAgree)).toBeVisible()
      await form.getByLabel(say.send.service).selectOption('S-A2')
      await form.getByLabel(say.send.provider).selectOption({ index: 1 })
      await form.getByLabel(say.send.planned).fill('1')
      await form.getByLabel(say.send.price).fill('60')
      await form.getByLabel(say.send.startBy).fill(dayIn(2))
      await form.getByLabel(say.send.dueBy).fill(dayIn(20))
      await form.getByLabel(say.send.what).fill(inChinese ? '助浴一次' : 'A bath, once')
      await form.getByLabel(say.send.callName).fill(callName)
      await form.getByLabel(say.send.reach).fill(inChinese ? '先打村里电话' : 'Call the village first')
      await form.getByLabel(say.send.agreed).check()
      await accessible(page)
      await form.getByRole('button', { name: say.send.save }).click()
      await expect(form).toHaveCount(0)
      await page.getByRole('region', { name: say.send.ofNeed }).locator('[data-row]').click()
      const read = page.getByRole('region', { name: say.one.code }).getByText(/^\d{6}$/)
      await expect(read).toBeVisible()
      code = (await read.textContent()) ?? ''
    })

    const at = new URL(page.url()).pathname
    const provider = await deskOf(browser, reading, 'provider', '/console/orders')
    await test.step('the organisation takes it on, and notes a time with the code', async () => {
      await expect(provider.getByRole('table').getByText(callName).first()).toBeVisible()
      await accessible(provider)
      await reflows(provider)
      await provider.goto(`${district()}${at}`)
      await expect(provider.getByText(callName).first()).toBeVisible()
      await expect(provider.getByText(code)).toHaveCount(0)
      await does(provider, '接单', 'Take it on')
      await does(provider, '开始服务', 'Begin')
      await provider.getByRole('button', { name: say.one.noteVisit }).click()
      const form = provider.getByRole('dialog')
      await form.getByLabel(say.visit.words).fill(inChinese ? '洗好了' : 'Bathed')
      await form.getByLabel(say.visit.code).fill(code)
      await form.getByRole('button', { name: say.one.save }).click()
      await expect(form).toHaveCount(0)
      await expect(provider.getByText(say.one.proved.code)).toBeVisible()
      await accessible(provider)
      await reflows(provider)
      await does(provider, '做完了', 'Done')
      await provider
        .getByRole('dialog')
        .getByRole('button', { name: inChinese ? '做完了' : 'Done' })
        .click()
      await expect(provider.getByRole('dialog')).toHaveCount(0)
      await expect(provider.getByText(say.one.nothing)).toBeVisible()
      await provider.context().close()
    })

    await test.step('the township checks it', async () => {
      const clerk = await deskOf(browser, reading, 'clerk', at)
      await does(clerk, '核对通过', 'It is right')
      await expect(clerk.getByText(inChinese ? '核对过了' : 'checked', { exact: true })).toBeVisible()
      await clerk.getByRole('link', { name: say.one.need }).click()
      await expect(clerk.getByText(inChinese ? '说做完了' : 'Said to be done').first()).toBeVisible()
      await clerk.context().close()
    })
  })
}
