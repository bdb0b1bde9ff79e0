// A wish no one can meet: the village tries, then the township, the hub sorts it and publishes it without whose it is; of two who press at
// the same moment one has it, and reads whose it is only when the family agrees; thanks are relayed.
import { type Browser, expect, type Page, test } from '@playwright/test'
import { en as familyEn } from '../src/console/family/en.ts'
import { zh as familyZh } from '../src/console/family/zh.ts'
import { en as householdEn } from '../src/console/household/words/en.ts'
import { zh as householdZh } from '../src/console/household/words/zh.ts'
import { en as needsEn } from '../src/console/needs/en.ts'
import { zh as needsZh } from '../src/console/needs/zh.ts'
import { accessible, reflows } from './fit.ts'
import { readIn, type Reading, readings, signInDesk } from './people.ts'

const words = { zh: needsZh, en: needsEn }
const families = { zh: familyZh, en: familyEn }
const households = { zh: householdZh, en: householdEn }
const desk = { width: 1440, height: 900 }

async function deskOf(browser: Browser, reading: Reading, who: string, at: string): Promise<Page> {
  const context = await browser.newContext({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await readIn(page, reading)
  await signInDesk(page, reading, who, at)
  return page
}

for (const reading of readings.filter(r => !r.large)) {
  const say = words[reading.language]
  const inChinese = reading.language === 'zh'
  const wish = inChinese ? '想要一台电动轮椅，出门晒太阳' : 'An electric wheelchair, to sit in the sun'
  const does = (page: Page, zh: string, en: string) =>
    page.getByRole('button', { name: inChinese ? zh : en, exact: true })

  test(`a wish no level can meet is taken by one of two, who learns whose it is once the family agrees (${reading.name})`, async ({
    browser,
    page,
  }) => {
    await page.setViewportSize(desk)
    await readIn(page, reading)
    let at = ''
    await test.step('the guide writes it down in the words of the family, and asks the township', async () => {
      await signInDesk(page, reading, 'guide', '/console/registry')
      await page.locator('[data-row]').nth(2).click()
      await page.getByRole('button', { name: say.tell.act }).click()
      await page.getByRole('dialog').getByLabel(say.tell.words).fill(wish)
      await page.getByRole('dialog').getByRole('button', { name: say.tell.save }).click()
      // It is on the track of the family at once.
      await expect(page.getByRole('link', { name: wish })).toBeVisible()
      await page.getByRole('link', { name: households[reading.language].toWhole }).click()
      const family = families[reading.language]
      await expect(page.getByRole('heading', { level: 2, name: family.timeline })).toBeVisible()
      await expect(page.getByRole('region', { name: family.track, exact: true }).getByText(/XQ-/).first()).toBeVisible()
      await accessible(page)
      await reflows(page)
      await page.goBack()
      await page.getByRole('link', { name: wish }).click()
      await expect(page.getByRole('heading', { level: 1, name: wish })).toBeVisible()
      at = new URL(page.url()).pathname
      await does(page, '请镇街想办法', 'Ask the township').click()
      const why = page.getByRole('dialog')
      await why.getByRole('button', { name: say.form.save }).click()
      await expect(why.getByText(say.form.must)).toBeVisible()
      await why.getByLabel(say.form.reason).fill(inChinese ? '村里没有' : 'The village has none')
      await why.getByRole('button', { name: say.form.save }).click()
      // It closes once the step is taken: before, the township would have nothing to move.
      await expect(why).toHaveCount(0)
    })

    await test.step('the township sees it on the board and moves it up with the keyboard', async () => {
      const clerk = await deskOf(browser, reading, 'clerk', '/console/needs')
      await accessible(clerk)
      await reflows(clerk)
      const card = clerk.getByRole('link', { name: wish })
      await card.focus()
      await clerk.keyboard.press('m')
      const dialog = clerk.getByRole('dialog')
      await dialog.getByLabel(say.form.step).selectOption({
        label: inChinese ? `请区里想办法 → ${say.lanes.district}` : `Ask the district → ${say.lanes.district}`,
      })
      await dialog.getByLabel(say.form.reason).fill(inChinese ? '镇上也没有' : 'Nor has the township')
      await dialog.getByRole('button', { name: say.form.save }).click()
      await expect(dialog).toHaveCount(0)
      await expect(
        clerk.getByRole('region', { name: say.lanes.district }).getByRole('link', { name: wish }),
      ).toBeVisible()
      await clerk.context().close()
    })

    const hub = await deskOf(browser, reading, 'operator', at)
    await test.step('the hub sorts it, and publishes what tells nobody whose it is', async () => {
      await does(hub, '筛选归类', 'Sort it').click()
      await hub.getByLabel(say.form.kind).selectOption({ label: say.kinds.wish })
      await hub.getByRole('button', { name: say.form.save }).click()
      await does(hub, '放进心愿池', 'Into the wish pool').click()
      const text = hub.getByLabel(say.wish.words)
      await expect(text).toHaveValue(wish)
      await text.fill(`${wish} 13800000000`)
      await hub.getByLabel(say.wish.read).check()
      await hub.getByRole('button', { name: say.wish.publish }).click()
      await expect(hub.getByText(inChinese ? /电话或微信号/ : /a telephone or chat number/)).toBeVisible()
      await text.fill(wish)
      await accessible(hub)
      await reflows(hub)
      await hub.getByRole('button', { name: say.wish.publish }).click()
      await expect(hub.getByRole('button', { name: say.wish.takeDown })).toBeVisible()
    })

    await test.step('of two who press at once one has it; the other is told who, and what else waits', async () => {
      const [firm, helper] = [
        await deskOf(browser, reading, 'provider', '/console/wishes'),
        await deskOf(browser, reading, 'helper', '/console/wishes'),
      ]
      await accessible(firm)
      await reflows(firm)
      const take = (who: Page) => who.getByRole('button', { name: say.wish.claimOf(wish) })
      await Promise.all([expect(take(firm)).toBeVisible(), expect(take(helper)).toBeVisible()])
      // Neither is sent before both are pressed: once one has it, the other's button is gone.
      const { promise: bothPressed, resolve: press } = Promise.withResolvers<void>()
      let pressed = 0
      for (const who of [firm, helper])
        await who.route('**/claim', async route => {
          if (++pressed === 2) press()
          await bothPressed
          await route.continue()
        })
      await Promise.all([take(firm).click(), take(helper).click()])
      const outcome = (who: Page) => ({
        won: who.getByText(say.wish.claimed),
        lost: who.getByText(inChinese ? /刚被.+认领/ : /has just been taken by/),
      })
      const [first, second] = [outcome(firm), outcome(helper)]
      await expect(first.won.or(first.lost)).toBeVisible()
      await expect(second.won.or(second.lost)).toBeVisible()
      const firmWon = await first.won.isVisible()
      expect(firmWon).not.toBe(await second.won.isVisible())
      const [winner, loser] = firmWon ? [firm, helper] : [helper, firm]
      await expect(winner.getByText(say.wish.waiting).first()).toBeVisible()
      await expect(take(loser)).toHaveCount(0)

      // The guide's page hears of it by itself.
      await page.getByLabel(say.wish.name).fill(inChinese ? '老人家' : 'An elder')
      await page.getByLabel(say.wish.reach).fill(inChinese ? '先找导服员' : 'Ask the guide first')
      await accessible(page)
      await page.getByRole('button', { name: say.wish.agree, exact: true }).click()
      await page.getByLabel(say.wish.thanksField).fill(inChinese ? '能出门了，谢谢您' : 'I can go out again, thank you')
      await page.getByRole('button', { name: say.wish.relay }).click()
      await expect(winner.getByText(inChinese ? '能出门了，谢谢您' : 'I can go out again, thank you')).toBeVisible()
      await expect(winner.getByText(inChinese ? '老人家：先找导服员' : 'An elder: Ask the guide first')).toBeVisible()
      for (const who of [firm, helper]) await who.context().close()
    })
    await hub.context().close()
  })
}
