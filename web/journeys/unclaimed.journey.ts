// Entitled and not receiving: an officer has the registry judged, the guide of the village helps a family apply.
// Receiving and no longer matching: a clerk looks, and writes down what she saw. No payment changes by it.
import { expect, test } from '@playwright/test'
import { en as entitlementsEn } from '../src/console/entitlements/words/en.ts'
import { zh as entitlementsZh } from '../src/console/entitlements/words/zh.ts'
import { en as householdEn } from '../src/console/household/words/en.ts'
import { zh as householdZh } from '../src/console/household/words/zh.ts'
import { en as registryEn } from '../src/console/registry/words/en.ts'
import { zh as registryZh } from '../src/console/registry/words/zh.ts'
import { accessible, fitForElders, reflows } from './fit.ts'
import { readIn, readings, signInDesk, signInGuide } from './people.ts'

const wordsOf = {
  zh: { entitlements: entitlementsZh, household: householdZh, registry: registryZh },
  en: { entitlements: entitlementsEn, household: householdEn, registry: registryEn },
}
/** The server's words: who works with a line reads them as they are. */
const said = {
  zh: { take: '我去看看', applied: '已经帮忙申请', stays: '核实过，照旧' },
  en: { take: 'I look into it', applied: 'Applied for', stays: 'Looked at; stays as it is' },
}
const desk = { width: 1440, height: 900 }
/** Each reading has a policy of its own: what was decided is not asked again for a year. */
const received = ['P13', 'P12']

for (const [turn, reading] of readings.filter(r => r.large || r.language === 'en').entries()) {
  const { entitlements, household, registry } = wordsOf[reading.language]
  const server = said[reading.language]

  test(`an officer has the registry judged, and the guide helps a family apply (${reading.name})`, async ({
    browser,
    page,
  }) => {
    // Two people, one after the other, and a run between them.
    test.slow()
    const office = await browser.newContext({ viewport: desk })
    const officer = await office.newPage()
    await readIn(officer, reading)
    await readIn(page, reading)

    await test.step('the officer sees the totals and begins a run, which ends by itself', async () => {
      await signInDesk(officer, reading, 'officer', '/console/entitlements')
      const runs = officer.getByRole('region', { name: entitlements.runs.title })
      await expect(async () => {
        await runs.getByRole('button', { name: entitlements.runs.start, exact: true }).click({ timeout: 3_000 })
        await expect(runs.getByText(entitlements.runs.started)).toBeVisible({ timeout: 3_000 })
      }).toPass({ timeout: 40_000 })
      await expect(runs.getByText(entitlements.runs.last)).toBeVisible({ timeout: 60_000 })
      await expect(officer.getByRole('region', { name: entitlements.byTownship })).toBeVisible()
      await expect(officer.getByRole('table', { name: entitlements.rows }).getByRole('row').nth(1)).toBeVisible()
      await accessible(officer)
    })

    await test.step('the guide finds the family on the first page, and reads why and how', async () => {
      await signInGuide(page, reading)
      const card = page.locator('a[href="#/guide/unclaimed"]')
      await expect(card).toBeVisible()
      await accessible(page)
      await card.click()
      await expect(page.getByRole('heading', { level: 1, name: reading.guide.unclaimed.headline })).toBeVisible()
      await page.locator('a.case-row').first().waitFor()
      await accessible(page)
      if (reading.large) await fitForElders(page)
      await reflows(page)
      await page.locator('a.case-row').first().click()
      await expect(page.getByRole('heading', { name: reading.guide.unclaimed.why })).toBeVisible()
      await accessible(page)
      if (reading.large) await fitForElders(page)
      await reflows(page)
    })

    await test.step('takes it, notes what came out, and closes it as applied for', async () => {
      const words = reading.guide.unclaimed
      await page.getByRole('button', { name: server.take, exact: true }).click()
      await expect(page.getByText(words.yours, { exact: true })).toBeVisible()
      await page.getByRole('button', { name: words.save, exact: true }).click()
      await expect(page.getByText(words.must)).toBeVisible()
      await page.getByRole('radio', { name: server.applied, exact: true }).check()
      await page.getByLabel(words.noteLabel).fill('材料齐了，已交到镇里')
      await accessible(page)
      if (reading.large) await fitForElders(page)
      await page.getByRole('button', { name: words.save, exact: true }).click()
      await expect(page.getByText('材料齐了，已交到镇里')).toBeVisible()
      await expect(page.getByText(server.applied).first()).toBeVisible()
      await accessible(page)
    })

    await test.step('the desk shows it among those with an outcome', async () => {
      await officer.getByLabel(entitlements.state, { exact: true }).selectOption('closed')
      await expect(officer).toHaveURL(/state=closed/)
      await expect(officer.getByRole('table', { name: entitlements.rows })).toContainText(server.applied)
    })
    await office.close()
  })

  test(`a clerk looks at a receipt again and writes down what she saw (${reading.name})`, async ({ page }) => {
    await page.setViewportSize(desk)
    await readIn(page, reading)
    const { due } = household

    await test.step('she records a benefit received, beside what the rules say', async () => {
      await signInDesk(page, reading, 'clerk', '/console/registry')
      await page.getByLabel(registry.search, { exact: true }).fill('陆桂香')
      await page.getByRole('button', { name: registry.go, exact: true }).click()
      await page.getByRole('table').locator('a[data-row]').first().click()
      await page.getByRole('button', { name: due.add, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(due.which, { exact: true }).selectOption(received[turn] ?? '')
      await dialog.getByLabel(due.who, { exact: true }).selectOption({ index: 1 })
      await accessible(page)
      await dialog.getByRole('button', { name: due.save, exact: true }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByRole('table', { name: due.receipts }).getByRole('row').nth(1)).toBeVisible()
      await accessible(page)
    })

    await test.step('the office is asked to look, in words that stop nothing', async () => {
      const asked = page.locator('.due-findings').getByRole('link').first()
      await expect(async () => {
        await page.reload()
        await expect(asked).toBeVisible({ timeout: 5_000 })
      }).toPass({ timeout: 40_000 })
      await asked.click()
      await expect(page.getByText(entitlements.question)).toBeVisible()
      await expect(page.getByRole('heading', { name: entitlements.one.why.recheck })).toBeVisible()
      await accessible(page)
    })

    await test.step('she takes it and closes it with a note', async () => {
      const { close } = entitlements
      await page.getByRole('button', { name: server.take, exact: true }).click()
      await page.getByRole('button', { name: close.title, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('radio', { name: server.stays, exact: true }).check()
      await dialog.getByRole('button', { name: close.save, exact: true }).click()
      await expect(dialog.getByText(close.mustNote)).toBeVisible()
      await dialog.getByLabel(close.note, { exact: true }).fill('看过原件，证在换发')
      await accessible(page)
      await dialog.getByRole('button', { name: close.save, exact: true }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByText('看过原件，证在换发')).toBeVisible()
    })

    await test.step('the receipt runs on', async () => {
      await page.getByRole('link', { name: entitlements.one.household, exact: true }).click()
      const receipts = page.getByRole('table', { name: due.receipts })
      await expect(receipts.getByRole('button', { name: new RegExp(due.end) }).first()).toBeVisible()
    })
  })
}
