// Somebody is registered a second time, by ear and without a number: the form says who that may be, and hinders nobody. At the
// district an officer looks at both records beside each other, merges them by keyboard, and takes it back.
import { expect, type Page, test } from '@playwright/test'
import { idCheckCharacter } from '@zhulian/kernel'
import { en as householdEn } from '../src/console/household/words/en.ts'
import { zh as householdZh } from '../src/console/household/words/zh.ts'
import { en as pairsEn } from '../src/console/pairs/words/en.ts'
import { zh as pairsZh } from '../src/console/pairs/words/zh.ts'
import { accessible, reflows } from './fit.ts'
import { readIn, readings, signInDesk } from './people.ts'

const wordsOf = {
  zh: { household: householdZh, pairs: pairsZh },
  en: { household: householdEn, pairs: pairsEn },
}
const desk = { width: 1440, height: 900 }

for (const [turn, reading] of readings.filter(r => !r.large).entries()) {
  const { household, pairs } = wordsOf[reading.language]
  const { adding } = household
  const birthDate = `193${turn}-07-06`
  const number = `330111${birthDate.replaceAll('-', '')}000`
  const phone = `1006677880${turn}`
  const [name, byEar] = turn === 0 ? ['尉迟文秀', '尉迟文绣'] : ['东郭长青', '东郭常青']

  const write = async (page: Page, who: { name: string; idNumber?: string; birthDate?: string }) => {
    await page
      .getByLabel(adding.village)
      .selectOption({ index: 1 })
      .catch(() => undefined)
    await page.getByLabel(adding.name, { exact: true }).fill(who.name)
    await page.getByLabel(adding.phone).fill(phone)
    if (who.idNumber) await page.getByLabel(adding.idNumber).fill(who.idNumber)
    if (who.birthDate) await page.getByLabel(adding.birthDate).fill(who.birthDate)
  }
  const save = (page: Page) => page.getByRole('button', { name: adding.save, exact: true }).click()

  test(`somebody registered twice is noticed in the form and merged at the district (${reading.name})`, async ({
    browser,
    page,
  }) => {
    test.slow()
    await page.setViewportSize(desk)
    await readIn(page, reading)
    const clerk = { name, idNumber: `${number}${idCheckCharacter(number)}` }

    await test.step('a guide registers somebody, and is not told that anybody is alike', async () => {
      await signInDesk(page, reading, 'guide', '/console/registry/new')
      await write(page, clerk)
      await expect(page.getByText(pairs.form.title, { exact: true })).toHaveCount(0)
      await save(page)
      await expect(page).toHaveURL(/\/console\/registry\/[0-9a-f-]{36}/)
    })

    await test.step('typed in again by ear, they may already be registered: each field says how much it weighs', async () => {
      await page.goto(page.url().replace(/registry\/.*/, 'registry/new'))
      await write(page, { name: byEar, birthDate })
      const notice = page.getByRole('status').filter({ hasText: pairs.form.title })
      await expect(notice).toBeVisible()
      await notice.getByText(pairs.form.why).first().click()
      await expect(notice.getByRole('list', { name: pairs.fields })).toContainText(pairs.weights.strongFor)
      await accessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await reflows(page)
      await page.setViewportSize(desk)
      expect(page.url()).not.toContain('%')
      await save(page)
      await expect(page).toHaveURL(/\/console\/registry\/[0-9a-f-]{36}/)
    })

    const office = await browser.newContext({ viewport: desk })
    const officer = await office.newPage()
    await readIn(officer, reading)
    const both = officer.getByRole('table', { name: pairs.fields })

    await test.step('the officer has the registry looked through, and sees both records side by side', async () => {
      await signInDesk(officer, reading, 'officer', '/console/pairs')
      // A page that is left takes with it what it has not sent yet.
      const begun = officer.waitForResponse(r => r.request().method() === 'POST' && r.url().includes('/pairs/'))
      await officer.getByRole('button', { name: pairs.find, exact: true }).click()
      await begun
      await expect(async () => {
        await officer.reload()
        // The likeliest pair stands open already; another one is opened from the list.
        await expect(both).toBeVisible({ timeout: 3_000 })
        const own = officer.getByRole('button', { name: new RegExp(`${name.slice(0, 1)}\\*`) })
        if ((await both.getByText(byEar).count()) === 0) await own.first().click({ timeout: 2_000 })
        await expect(both.getByText(byEar)).toBeVisible({ timeout: 2_000 })
      }).toPass({ timeout: 60_000 })
      await expect(both.getByText(name)).toBeVisible()
      await accessible(officer)
      await officer.setViewportSize({ width: 390, height: 844 })
      await reflows(officer)
      await officer.setViewportSize(desk)
    })

    await test.step('S opens the merge: which record stays, where, and how it is known', async () => {
      await officer.keyboard.press('s')
      const dialog = officer.getByRole('dialog', { name: pairs.merge.title })
      await dialog.getByLabel(pairs.merge.reason).fill('上门看了户口簿')
      await accessible(officer)
      await dialog.getByRole('button', { name: pairs.merge.go, exact: true }).click()
      await expect(officer.getByText(pairs.said.merged)).toBeVisible()
    })

    await test.step('and it is undone with a reason, as long as nothing followed', async () => {
      await officer.getByRole('radio', { name: pairs.states.same, exact: true }).check()
      await officer.getByRole('button', { name: new RegExp(`${name.slice(0, 1)}\\*`) }).click()
      await officer.getByRole('button', { name: pairs.merge.undo, exact: true }).click()
      const dialog = officer.getByRole('dialog', { name: pairs.merge.undoTitle })
      await dialog.getByLabel(pairs.merge.undoReason).fill('弄错了，是两个人')
      await dialog.getByRole('button', { name: pairs.merge.undo, exact: true }).click()
      await officer.getByRole('radio', { name: pairs.states.open, exact: true }).check()
      await expect(
        officer
          .getByRole('button', { name: new RegExp(`${name.slice(0, 1)}\\*`) })
          .or(both.getByText(byEar))
          .first(),
      ).toBeVisible()
    })
    await office.close()
  })
}
