// At the desk: 镇街民政经办李敏 begins her day, finds a family, looks at a number with a reason, writes a fact down.
import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { en as householdEn } from '../src/console/household/words/en.ts'
import { zh as householdZh } from '../src/console/household/words/zh.ts'
import { en as registryEn } from '../src/console/registry/words/en.ts'
import { zh as registryZh } from '../src/console/registry/words/zh.ts'
import { en as consoleEn } from '../src/console/words/en.ts'
import { zh as consoleZh } from '../src/console/words/zh.ts'
import { accessible } from './fit.ts'
import { district, password, readIn, readings } from './people.ts'

const wordsOf = {
  zh: { shell: consoleZh, registry: registryZh, household: householdZh },
  en: { shell: consoleEn, registry: registryEn, household: householdEn },
}

test.use({ viewport: { width: 1440, height: 900 } })

for (const [turn, reading] of readings.entries()) {
  const area = String(81 + turn)
  const { shell, registry, household } = wordsOf[reading.language]

  test(`a clerk finds a family and writes down what she learned (${reading.name})`, async ({ page }) => {
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await readIn(page, reading)

    await test.step('signing in leads to the page that was asked for', async () => {
      await page.goto(`${district()}/console/registry?circle=1`)
      await accessible(page)
      await page.getByLabel(shell.signIn.name, { exact: true }).fill('clerk')
      await page.getByLabel(shell.signIn.password, { exact: true }).fill(password)
      await page.getByRole('button', { name: shell.signIn.enter, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: registry.title })).toBeVisible()
      expect(page.url()).toContain('circle=1')
      await expect(page.getByRole('row').nth(3)).toBeVisible()
      await accessible(page)
    })

    await test.step('what she looks for does not stand in the address', async () => {
      await page.keyboard.press('/')
      await page.keyboard.type('chen')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('status').filter({ hasText: /\d/ }).first()).toBeVisible()
      expect(page.url()).not.toContain('chen')
      await page.getByRole('button', { name: registry.clearSearch }).click()
      // With what is exported next the whole list is compared.
      await expect(page.getByRole('row').nth(3)).toBeVisible()
    })

    await test.step('the exported file equals the screen, row by row', async () => {
      const { exporting } = registry
      await page.getByRole('button', { name: registry.export, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(exporting.reason, { exact: true }).selectOption('checkDuplicate')
      await dialog.getByLabel(exporting.format, { exact: true }).selectOption('csv')
      const coming = page.waitForEvent('download')
      await dialog.getByRole('button', { name: exporting.go, exact: true }).click()
      const rows = (await readFile(await (await coming).path(), 'utf8')).replace('\uFEFF', '').trim().split('\r\n')
      await dialog.getByRole('button', { name: shell.close, exact: true }).first().click()
      const table = page.getByRole('table', { name: registry.rows })
      const shown = await table.locator('tbody tr').evaluateAll(lines =>
        lines.map(line =>
          [...line.querySelectorAll('.desk-table-cell')].map(cell => {
            const copy = cell.cloneNode(true) as HTMLElement
            for (const example of copy.querySelectorAll('.example')) example.remove()
            return copy.textContent.trim()
          }),
        ),
      )
      expect(shown.length).toBeGreaterThan(3)
      expect(rows[0]?.split(',')).toEqual(await table.locator('th').allInnerTexts())
      expect(rows.slice(1, shown.length + 1).map(row => row.split(','))).toEqual(shown)
      if (shown.length < 50) expect(rows).toHaveLength(shown.length + 1)
    })

    await test.step('j and Enter open the first family; Back finds the list again', async () => {
      await expect(page.getByRole('row').nth(3)).toBeVisible()
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: household.facts })).toBeVisible()
      const family = page.url()
      await page.goBack()
      await expect(page.getByRole('heading', { level: 1, name: registry.title })).toBeVisible()
      expect(page.url()).toContain('circle=1')
      await page.goto(family)
      await expect(page.getByRole('heading', { name: household.history, exact: true })).toBeVisible()
      await accessible(page)
    })

    await test.step('a number is shown whole with a reason, and hidden by hand', async () => {
      const number = page.locator('.masked').first()
      await number.getByRole('button').click()
      await page.getByLabel(household.reveal.reason, { exact: true }).selectOption('verifyApplication')
      await accessible(page)
      await page.getByRole('dialog').getByRole('button', { name: household.reveal.go, exact: true }).click()
      await expect(number.getByRole('timer')).toBeVisible()
      await expect(number).not.toContainText('****')
      await number.getByRole('button').click()
      await expect(number).toContainText('****')
    })

    await test.step('a fact is written down and stands in the history', async () => {
      await page.getByRole('button', { name: household.record, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(household.recording.fact, { exact: true }).selectOption('household.housingArea')
      await dialog.getByLabel(household.recording.value, { exact: true }).fill(area)
      await accessible(page)
      await dialog.getByRole('button', { name: household.recording.save, exact: true }).click()
      await expect(dialog.getByText(household.recording.saved)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.locator('.history li').first()).toContainText(area)
    })

    expect(faults).toEqual([])
  })
}
