// A need that a guide cannot meet goes to a bureau as a slip: the bureau reads what it says and no household, answers, and the guide
// sees the answer. The list can be printed, for bureaus that keep paper.
import { expect, test } from '@playwright/test'
import { en as deskEn } from '../src/console/words/en.ts'
import { zh as deskZh } from '../src/console/words/zh.ts'
import { en as slipsEn } from '../src/console/slips/en.ts'
import { zh as slipsZh } from '../src/console/slips/zh.ts'
import { accessible, reflows } from './fit.ts'
import { readIn, readings, signInDesk } from './people.ts'

const desks = { zh: deskZh, en: deskEn }
const words = { zh: slipsZh, en: slipsEn }
const desk = { width: 1440, height: 900 }

for (const reading of readings.filter(r => !r.large)) {
  const say = words[reading.language]
  const inChinese = reading.language === 'zh'
  const need = inChinese ? '想学电工，白天能上课' : 'Would like to learn to be an electrician'
  const answer = inChinese ? '已报名下月电工班' : 'Enrolled for next month'

  test(`a guide hands a need to a bureau as a slip, which is answered (${reading.name})`, async ({ browser, page }) => {
    await page.setViewportSize(desk)
    await readIn(page, reading)
    let number = ''
    await test.step('the guide writes it on the page of a family; nothing goes before the family agrees', async () => {
      await signInDesk(page, reading, 'guide', '/console/registry')
      // Each reading has a family of its own: both are read at once.
      await page
        .locator('[data-row]')
        .nth(inChinese ? 0 : 1)
        .click()
      await page.getByRole('button', { name: say.write.act }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(say.write.unit).selectOption({ value: 'hrss' })
      await expect(dialog.getByLabel(say.write.subject).getByRole('option', { name: /^P21/ })).toHaveCount(1)
      await dialog.getByLabel(say.write.subject).selectOption({ value: 'P21' })
      await dialog.getByLabel(say.write.need).fill(need)
      await dialog.getByRole('button', { name: say.write.send }).click()
      await expect(dialog.getByText(say.write.mustAgree)).toBeVisible()
      await dialog.getByLabel(say.write.agreed).check()
      const written = page.waitForResponse(r => r.request().method() === 'POST' && r.url().endsWith('/slips'))
      await dialog.getByRole('button', { name: say.write.send }).click()
      number = ((await (await written).json()) as { number: string }).number
      await expect(dialog).toHaveCount(0)
    })

    await test.step('the bureau sees the slip, and no families; takes it on and answers', async () => {
      const context = await browser.newContext({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
      const theirs = await context.newPage()
      await readIn(theirs, reading)
      await signInDesk(theirs, reading, 'bureau', '/console/slips')
      await expect(theirs.getByText(say.leadBureau)).toBeVisible()
      await expect(
        theirs
          .getByRole('banner')
          .getByText(inChinese ? '区人力资源和社会保障局' : 'Human Resources and Social Security Bureau'),
      ).toBeVisible()
      // What ran out and waits for the bureau's answer is told of, and listed.
      const { bell } = desks[reading.language]
      const late = new RegExp(`^(${bell.slipsToAnswer(1)}|${bell.slipsToAnswer(2).replace('2', '\\d+')})$`)
      await theirs.getByRole('button', { name: inChinese ? /条新消息$/ : /new messages?$/ }).click()
      const told = theirs.getByRole('link', { name: late })
      const n = Number(/\d+/.exec(await told.innerText())?.[0])
      await told.click()
      await expect(theirs.locator('[data-row]')).toHaveCount(n)
      await theirs.getByRole('combobox', { name: say.show }).selectOption({ value: 'open' })
      await accessible(theirs)
      await reflows(theirs)
      await theirs.getByRole('row').filter({ hasText: number }).locator('[data-row]').click()
      await expect(theirs.getByText(need)).toBeVisible()
      await expect(theirs.getByRole('link', { name: say.household })).toHaveCount(0)
      await accessible(theirs)
      await reflows(theirs)
      const does = (zh: string, en: string) => theirs.getByRole('button', { name: inChinese ? zh : en, exact: true })
      await does('受理', 'Take it on').click()
      await does('办好了', 'Done').click()
      await theirs.getByLabel(say.form.answer).fill(answer)
      await theirs.getByRole('button', { name: say.form.save }).click()
      // What is being written is text of the page already: it is answered once the form is gone.
      await expect(theirs.getByRole('dialog')).toHaveCount(0)
      await expect(theirs.getByText(answer)).toBeVisible()
      await context.close()
    })

    await test.step('the guide reads the answer on the page of the family, and prints what is still open', async () => {
      await page.reload()
      await expect(page.getByRole('row').filter({ hasText: number })).toContainText(inChinese ? '办好了' : 'Done')
      await page.goto(page.url().replace(/registry.*/, 'slips?view=sheet'))
      await expect(page.getByText(say.sheet.foot)).toBeVisible()
      await accessible(page)
      await reflows(page)
    })
  })
}
