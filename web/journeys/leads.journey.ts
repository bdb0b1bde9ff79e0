// A neighbour tells of a family on the telephone in three plain fields and is told nothing back; the guide of the village reads it,
// says which family is meant and that it is so, and the figure of the channel opens its list.
import { expect, test } from '@playwright/test'
import { zh as households } from '../src/console/household/words/zh.ts'
import { zh as leads } from '../src/console/leads/zh.ts'
import { zh as parts } from '../src/parts/words.zh.ts'
import { zh as tell } from '../src/phone/tell/words/zh.ts'
import { zh as phone } from '../src/phone/words/zh.ts'
import { accessible, fitForElders, reflows } from './fit.ts'
import { district, large, plain, readIn, signInDesk } from './people.ts'

const who = '陆桂香'

test('a neighbour tells of a family, and the guide sees what is so', async ({ browser, page }) => {
  await readIn(page, large)
  await test.step('three plain fields, and nothing in return', async () => {
    await page.goto(`${district()}/#/help`)
    await page.getByRole('link', { name: tell.link }).click()
    await page.getByRole('button', { name: tell.send }).click()
    await expect(page.getByText(tell.mustWho)).toBeVisible()
    await page.getByLabel(phone.interview.township).selectOption({ label: '常绿镇' })
    await page.getByLabel(phone.interview.village).selectOption({ label: '青龙村' })
    await page.getByLabel(tell.who, { exact: true }).fill(who)
    await page.getByLabel(tell.what, { exact: true }).fill('好几天没见她出门了')
    await accessible(page)
    await fitForElders(page)
    await reflows(page)
    await page.getByRole('button', { name: tell.send }).click()
    await expect(page.getByRole('heading', { name: tell.done })).toBeVisible()
    await expect(page.getByText(who)).toHaveCount(0)
    await accessible(page)
    await page.getByRole('button', { name: tell.another }).click()
    await expect(page.getByLabel(tell.who, { exact: true })).toHaveValue('')
    await expect(page.getByLabel(tell.what, { exact: true })).toHaveValue('')
  })

  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const desk = await context.newPage()
  await readIn(desk, plain)
  await test.step('the guide says which family is meant and what was seen', async () => {
    await signInDesk(desk, plain, 'guide', '/console/leads?channel=neighbour')
    await accessible(desk)
    await reflows(desk)
    // Lists hide names.
    await desk.getByRole('link', { name: '陆*香', exact: true }).click()
    await expect(desk.getByText('好几天没见她出门了')).toBeVisible()
    await expect(desk.getByText(leads.one.resident)).toBeVisible()
    await desk.getByRole('button', { name: `${leads.one.choose} ${who}` }).click()
    await expect(desk.getByRole('button', { name: `${leads.one.chosen} ${who}` })).toBeVisible()
    await accessible(desk)
    await reflows(desk)
    await desk.getByRole('button', { name: '核实了，需要帮' }).click()
    await desk.getByLabel(leads.one.noteField).fill('摔了一跤，不能下地')
    await desk.getByRole('button', { name: leads.one.save }).click()
    await expect(desk.getByText('摔了一跤，不能下地')).toBeVisible()
  })
  await test.step('another family is found by its name; one that is not registered is, and the lead is then of it', async () => {
    const told = '卓阿根'
    await desk.getByRole('link', { name: leads.one.back }).click()
    await desk.getByRole('button', { name: leads.note.act }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByLabel(leads.note.channel).selectOption({ value: 'hotline' })
    await dialog.getByLabel(leads.note.name).fill(told)
    await dialog.getByLabel(leads.note.words).fill('说住的房子漏雨')
    await dialog.getByRole('button', { name: leads.note.save }).click()
    await expect(dialog).toHaveCount(0)
    await desk.goto(`${district()}/console/leads?channel=hotline`)
    await desk.getByRole('link', { name: '卓*根', exact: true }).click()
    await desk.getByRole('button', { name: leads.one.findOther }).click()
    const asked = dialog.getByLabel(parts.findFamily.label)
    await expect(asked).toBeFocused()
    await asked.fill('没有这样的人')
    await desk.keyboard.press('Enter')
    await expect(dialog.getByText(leads.one.findNone)).toBeVisible()
    await asked.fill(who)
    await desk.keyboard.press('Enter')
    const found = dialog.getByRole('button', { name: `${leads.one.choose} 陆*香`, exact: true })
    await expect(found).not.toHaveCount(0)
    await accessible(desk)
    await found.first().click()
    await expect(dialog).toHaveCount(0)
    await expect(desk.getByRole('button', { name: `${leads.one.chosen} ${who}` })).toBeVisible()
    // Left again, nothing has changed.
    await desk.getByRole('link', { name: leads.one.register }).click()
    await expect(desk.getByText(households.adding.fromLead)).toBeVisible()
    await accessible(desk)
    await reflows(desk)
    await desk.getByRole('link', { name: leads.one.back }).click()
    await expect(desk.getByRole('button', { name: `${leads.one.chosen} ${who}` })).toBeVisible()
    await desk.getByRole('link', { name: leads.one.register }).click()
    await expect(desk.getByLabel(households.adding.name, { exact: true })).toHaveValue(told)
    await desk.getByRole('button', { name: households.adding.save }).click()
    await expect(desk.getByRole('button', { name: `${leads.one.chosen} ${told}` })).toBeVisible()
  })
  await test.step('the figure of the channel opens its list', async () => {
    await desk.getByRole('link', { name: leads.one.back }).click()
    await desk.getByRole('button', { name: /^邻里反映 核实/ }).click()
    await expect(desk.locator('[data-row]')).not.toHaveCount(0)
    await expect(desk).toHaveURL(/show=verified/)
  })
  await context.close()
})
