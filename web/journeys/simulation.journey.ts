// An officer tries other figures by keyboard, keeps and sends a variant, and looks at a household's cliff.
import { expect, test } from '@playwright/test'
import { zh as household } from '../src/console/household/words/zh.ts'
import { zh as words } from '../src/console/simulation/zh.ts'
import { zh } from '../src/console/words/zh.ts'
import { accessible } from './fit.ts'
import { district, plain, signInDesk } from './people.ts'

test.use({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })

test('an officer moves the dibao line, reads who gains, keeps the variant and sends it on', async ({ page }) => {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  await signInDesk(page, plain, 'officer', '/console')
  const rail = page.getByRole('navigation', { name: zh.rail })
  await rail.getByRole('link', { name: zh.screens.simulation, exact: true }).click()
  const conclusion = page.getByRole('region', { name: words.title }).getByRole('status')
  await expect(conclusion).toHaveText(words.unchanged, { timeout: 60_000 })
  await accessible(page)

  const dibao = page.getByRole('slider').first()
  const before = Number(await dibao.getAttribute('aria-valuenow'))
  await dibao.focus()
  for (let i = 0; i < 20; i++) await page.keyboard.press('PageUp')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(dibao).toHaveAttribute('aria-valuenow', String(before + 200))
  await expect(conclusion).toContainText(words.gained(0, '').replace(/^0 人/, ''), { timeout: 30_000 })
  await expect(conclusion).toContainText('最低生活保障')
  const measured = () =>
    page.evaluate(() => performance.getEntriesByName('simulation').map(entry => Math.round(entry.duration)))
  // Written down a frame after the picture.
  await expect.poll(measured).not.toEqual([])
  console.log(`from the hand to the picture: ${(await measured()).join(', ')} ms`)

  await page.getByRole('button', { name: words.pin(0), exact: true }).click()
  await page.keyboard.press('r')
  await expect(conclusion).toHaveText(words.unchanged)
  await page.getByRole('button', { name: words.open(words.pinName(0)), exact: true }).click()
  await expect(dibao).toHaveAttribute('aria-valuenow', String(before + 200))
  const sentence = await conclusion.innerText()
  await page.keyboard.press('t')
  await expect(page.getByRole('table', { name: /各镇街/ })).toBeVisible()
  await accessible(page)

  await page.getByRole('button', { name: words.share, exact: true }).click()
  await expect(page.getByText(words.shared)).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/simulation\?set=dibaoStandard-\d+&pins=dibaoStandard-\d+$/)
  await page.goto(link)
  await expect(conclusion).toHaveText(sentence, { timeout: 60_000 })
  await expect(page.getByRole('table', { name: words.pinsCaption })).toContainText(words.pinName(0))

  for (const format of ['xlsx', 'csv'] as const) {
    const taken = page.waitForEvent('download')
    await page.getByRole('button', { name: words.export(format), exact: true }).click()
    expect((await taken).suggestedFilename()).toMatch(new RegExp(`\\.${format}$`))
  }

  await page.getByRole('button', { name: words.cliffLookTried, exact: true }).click()
  await expect(page.getByText(/现行.*户/).first()).toBeVisible({ timeout: 30_000 })

  await page.getByRole('button', { name: words.draft, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: words.draftTitle })
  await accessible(page)
  await dialog.getByRole('button', { name: words.draftTake(1), exact: true }).click()
  await expect(dialog.getByText(words.draftDone)).toBeVisible()
  await dialog.getByRole('link', { name: words.draftOpen }).click()
  // In the workbench it waits to be checked, and for somebody else to publish it.
  await expect(
    page
      .getByRole('textbox', { name: '说明' })
      .or(page.getByText(/由政策推演带入/))
      .first(),
  ).toBeVisible()
  await expect(page.locator('main')).toContainText(String(before + 200))
  expect(faults).toEqual([])
})

test('a household’s page draws its cliff and lists its falls', async ({ page }) => {
  await signInDesk(page, plain, 'officer', '/console/registry')
  await page.locator('[data-row]').first().click()
  const cliff = page.getByRole('region', { name: household.cliff.title, exact: true })
  await expect(cliff).toBeVisible()
  await expect(
    cliff.getByRole('heading', { name: household.cliff.bridges }).or(cliff.getByText(household.cliff.nobodyCanWork)),
  ).toBeVisible()
  await expect(cliff.getByRole('radio', { name: household.cliff.byTried })).toHaveCount(0)
  await accessible(page)
})

test('what an officer tried draws a household’s cliff too', async ({ page }) => {
  await signInDesk(page, plain, 'officer', '/console/simulation?set=dibaoStandard-1900')
  await expect(page.getByRole('region', { name: words.title }).getByRole('status')).toContainText('1,900', {
    timeout: 60_000,
  })
  await page
    .getByRole('navigation', { name: zh.rail })
    .getByRole('link', { name: zh.screens.registry, exact: true })
    .click()
  await page.locator('[data-row]').first().click()
  const cliff = page.getByRole('region', { name: household.cliff.title, exact: true })
  await cliff.getByRole('radio', { name: household.cliff.byTried, exact: true }).check()
  await expect(cliff).toContainText(household.cliff.triedAre('低保标准 1,900'))
  await accessible(page)
})

test('a clerk and a guide have no way to it', async ({ page }) => {
  await signInDesk(page, plain, 'clerk', '/console')
  const rail = page.getByRole('navigation', { name: zh.rail })
  await expect(rail).toBeVisible()
  await expect(rail.getByRole('link', { name: zh.screens.simulation, exact: true })).toHaveCount(0)
  await page.goto(`${district()}/console/simulation`)
  await expect(page.getByText(zh.notForYou(zh.roles.townshipClerk))).toBeVisible()
})
