// Two officers of the district change a rule and a figure: what a worked household contradicts is refused, the rest is in force.
import { readFileSync } from 'node:fs'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { zh } from '../src/console/workbench/zh.ts'
import { zh as shell } from '../src/console/words/zh.ts'
import { accessible, reflows } from './fit.ts'
import { district, password } from './people.ts'

const desk = { viewport: { width: 1440, height: 900 } }
test.use(desk)

async function arrive(page: Page, name: string, faults: string[]) {
  page.on('pageerror', error => faults.push(error.message))
  // What is refused is an answer of the server; the browser writes it down as an error.
  page.on('console', message => {
    if (message.type() === 'error' && !/status of (409|412|422)/.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${district()}/console/workbench`)
  await page.getByLabel(shell.signIn.name, { exact: true }).fill(name)
  await page.getByLabel(shell.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: shell.signIn.enter, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: zh.title })).toBeVisible()
}

async function colleague(browser: Browser, faults: string[]): Promise<Page> {
  const page = await (await browser.newContext(desk)).newPage()
  await arrive(page, 'officer-1', faults)
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const hasSubmitted = (page: Page) => expect(page.getByText(zh.states.submitted, { exact: true })).toBeVisible()

/** Of the last period, the one that is open. */
const written = (page: Page, what = zh.document.condition) =>
  page.getByLabel(`${what} · ${zh.builder.text}`, { exact: true }).last()

/** Which households would change, once they are counted: the figures on top. */
async function reached(page: Page, title = zh.reach.title): Promise<string> {
  const panel = page.getByRole('region', { name: title })
  await expect(panel.getByText(zh.reach.byTownship, { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  await expect(panel).not.toHaveAttribute('aria-busy', 'true')
  return await panel.locator('dl').innerText()
}

/** Presses the step and confirms it in the dialog, which has the same words. */
async function confirm(page: Page, name: string) {
  await press(page, name)
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
}

test('two officers change a condition and a figure; a household that contradicts keeps the rule as it is', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000)
  const faults: string[] = []
  await arrive(page, 'officer', faults)
  await accessible(page)
  const second = await colleague(browser, faults)
  const today = await page.evaluate(() =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date()),
  )
  const fits = '年龄不低于18'

  await test.step('the first begins a period in which one must be of age', async () => {
    await page.getByLabel(zh.search, { exact: true }).fill('P24')
    await page.getByRole('link', { name: '高中阶段免学费与国家助学金', exact: true }).click()
    await expect(page.getByText(zh.states.inUse, { exact: true }).first()).toBeVisible()
    await accessible(page)
    await press(page, zh.begin)
    await press(page, zh.document.addVersion)
    await expect(page.getByRole('button', { name: zh.builder.addLine, exact: true }).last()).toBeVisible()
    await page.getByRole('button', { name: zh.builder.addLine, exact: true }).last().click()
    const text = written(page)
    await expect(text).toHaveValue(/&& person\.age >= 18$/)
    await expect(page.getByRole('complementary', { name: zh.builder.sentences })).toContainText(fits)
    await accessible(page)
  })

  await test.step('what is written as text stands in the builder, and what is wrong is named at its place', async () => {
    const text = written(page)
    const right = await text.inputValue()
    await text.fill(`${right} && person.agee > 3`)
    await expect(page.getByText('person.agee', { exact: false }).last()).toBeVisible()
    await expect(page.getByText(/第\d+行第\d+个字/).first()).toBeVisible()
    await text.fill(right)
    await expect(page.getByLabel(zh.builder.value, { exact: true }).last()).toHaveValue('18')
  })

  await test.step('a worked household contradicts, and a colleague cannot publish it', async () => {
    await press(page, zh.steps.check)
    await expect(page.getByText(/个算例里有 \d+ 个和写的结果不一样/)).toBeVisible({ timeout: 60_000 })
    await accessible(page)
    await press(page, zh.steps.submit)
    await hasSubmitted(page)
    await expect(page.getByRole('button', { name: zh.steps.publish, exact: true })).toHaveCount(0)
    await second.goto(`${district()}/console/workbench/policy/P24`)
    await expect(second.getByRole('row', { name: new RegExp(fits) })).toBeVisible()
    await confirm(second, zh.steps.publish)
    await expect(second.getByText('现行的规定不变', { exact: false })).toBeVisible({ timeout: 60_000 })
    await accessible(second)
    await second.keyboard.press('Escape')
    await press(second, zh.steps.return)
    await second.getByLabel(zh.returnNote, { exact: true }).fill('从今天起，以前的不变')
    await second.getByRole('dialog').getByRole('button', { name: zh.steps.return, exact: true }).click()
    await expect(second.getByText(zh.states.returned, { exact: true })).toBeVisible()
  })

  await test.step('mended to begin today it passes, and the colleague publishes it', async () => {
    await page.reload()
    await expect(page.getByText('从今天起，以前的不变', { exact: false }).first()).toBeVisible()
    await page.getByLabel(zh.document.from, { exact: true }).last().fill(today)
    await press(page, zh.steps.check)
    await expect(page.getByText(/个算例都和写的结果一样/)).toBeVisible({ timeout: 60_000 })
    await press(page, zh.steps.submit)
    await hasSubmitted(page)
    await second.reload()
    await accessible(second)
    await confirm(second, zh.steps.publish)
    await expect(second.getByText(zh.inUseText)).toBeVisible({ timeout: 60_000 })
    await expect(second.getByRole('heading', { name: zh.history.title })).toBeVisible()
    await accessible(second)
  })

  await test.step('a resident reads it from its day on', async () => {
    const resident = await (await browser.newContext()).newPage()
    await resident.goto(`${district()}/#/help/policy/P24`)
    await expect(resident.getByText(fits, { exact: false })).toBeVisible()
    await resident.context().close()
  })

  await test.step('a figure gets a new row, by keyboard', async () => {
    await page.goto(`${district()}/console/workbench/parameter/educationGrant.senior`)
    await page.getByRole('button', { name: zh.begin, exact: true }).press('Enter')
    await page.getByRole('button', { name: zh.document.addRow, exact: true }).press('Enter')
    await page.getByLabel(zh.document.from, { exact: true }).last().fill(today)
    await page.getByLabel(zh.document.value, { exact: false }).last().fill('2100')
    await page.keyboard.press('Control+s')
    await expect(page.getByText(zh.saved, { exact: true })).toBeVisible()
    await accessible(page)
    await press(page, zh.steps.submit)
    await hasSubmitted(page)
    await second.goto(`${district()}/console/workbench/parameter/educationGrant.senior`)
    await confirm(second, zh.steps.publish)
    await expect(second.getByRole('cell', { name: '2,100' })).toBeVisible({ timeout: 60_000 })
  })

  await test.step('which households a figure would change is counted when it is saved, the same for the second person', async () => {
    await page.goto(`${district()}/console/workbench/parameter/disabilityLivingRate`)
    await press(page, zh.begin)
    const panel = page.getByRole('region', { name: zh.reach.title })
    await expect(panel.getByText(zh.reach.unchanged, { exact: true })).toBeVisible()
    const value = page.getByLabel(zh.document.value, { exact: false })
    const inForce = await value.last().inputValue()
    await press(page, zh.document.addRow)
    await page.getByLabel(zh.document.from, { exact: true }).last().fill(today)
    await value.last().fill('0.5')
    await expect(panel.getByText(zh.reach.unsaved, { exact: true })).toBeVisible()
    await press(page, zh.steps.save)
    const counted = await reached(page)
    expect(counted).toMatch(new RegExp(`${zh.reach.moves.raised}\\s*\\d+ 户`))
    await panel.getByText(zh.reach.byTownship, { exact: true }).first().click()
    await expect(panel.getByRole('row', { name: /银湖街道/ })).toBeVisible()
    await accessible(page)
    await reflows(page)
    await second.goto(`${district()}/console/workbench/parameter/disabilityLivingRate`)
    // What somebody wrote of a family meanwhile counts too: then both are counted anew.
    let [hers, his] = [counted, await reached(second)]
    for (let turn = 0; hers !== his && turn < 3; turn++) {
      await page.reload()
      await second.reload()
      hers = await reached(page)
      his = await reached(second)
    }
    expect(his).toBe(hers)
    await value.last().fill(inForce)
    await press(page, zh.steps.save)
    await expect(panel.getByText(zh.reach.nothing, { exact: true })).toBeVisible({ timeout: 60_000 })
    await confirm(page, zh.steps.withdraw)
    await expect(page.getByText(zh.inUseText)).toBeVisible()
  })

  await test.step('a policy goes out as a file and comes in again as a draft', async () => {
    await page.goto(`${district()}/console/workbench/policy/P24`)
    const going = page.waitForEvent('download')
    await press(page, zh.exports.policy)
    const file = await (await going).path()
    await page.goto(`${district()}/console/workbench`)
    await press(page, zh.import)
    await page.getByLabel(zh.importFile, { exact: true }).setInputFiles({
      name: 'policy.yaml',
      mimeType: 'application/yaml',
      buffer: readFileSync(file),
    })
    await accessible(page)
    await press(page, zh.importGo)
    await expect(page.getByText(zh.changes.none, { exact: true })).toBeVisible()
    await confirm(page, zh.steps.withdraw)
    await expect(page.getByText(zh.inUseText)).toBeVisible()
  })

  await test.step('a worked household is written as a form, with its text in step, and says what it comes to', async () => {
    await page.goto(`${district()}/console/workbench/policy/P11`)
    await press(page, zh.begin)
    await expect(page.getByRole('button', { name: zh.steps.save, exact: true })).toBeVisible()
    await page.getByText(/^算例（\d+）$/).click()
    await press(page, zh.cases.add)
    const dialog = page.getByRole('dialog')
    const text = dialog.getByLabel(zh.cases.text, { exact: true })
    await dialog.getByLabel(zh.cases.name, { exact: true }).fill('一个新算例')
    await expect(text).toHaveValue(/"name": "一个新算例"/)
    await expect(dialog.getByText(zh.cases.comesOut, { exact: true })).toBeVisible()
    await accessible(page)
    const right = await text.inputValue()
    const alive = dialog.getByLabel('健在', { exact: true }).first()
    await text.fill(right.replace('"alive": true', '"alive": 3'))
    await expect(dialog.getByText(zh.cases.faults(1), { exact: true })).toBeVisible()
    await expect(dialog.getByRole('button', { name: zh.cases.keep, exact: true })).toBeDisabled()
    await accessible(page)
    await text.fill(right.replace('"alive": true,', '"alive": true'))
    await expect(dialog.getByText(/^第 \d+ 行第 \d+ 个字附近读不通/)).toBeVisible()
    await text.fill(right)
    await expect(alive).toBeVisible()
    await press(page, zh.cases.keep)
    await expect(page.getByText('一个新算例', { exact: false })).toBeVisible()
    await press(page, zh.steps.save)
    await expect(page.getByText(zh.saved, { exact: true })).toBeVisible()
    await confirm(page, zh.steps.withdraw)
    await expect(page.getByText(zh.inUseText)).toBeVisible()
  })

  await test.step('papers and time limits are written like the rule, and change line by line', async () => {
    await page.goto(`${district()}/console/workbench/policy/P11`)
    await press(page, zh.begin)
    await expect(page.getByRole('button', { name: zh.steps.save, exact: true })).toBeVisible()
    await page.getByText(new RegExp(`^${zh.papers.materials}（`)).click()
    await page.getByRole('button', { name: zh.papers.add, exact: true }).first().click()
    const line = page.getByRole('group', { name: new RegExp(`^${zh.papers.materials} `) }).last()
    await line.getByLabel(zh.papers.zh, { exact: true }).fill('火化证明')
    await line.getByLabel(zh.papers.en, { exact: true }).fill('Cremation certificate')
    await press(page, zh.steps.save)
    await expect(page.getByRole('row', { name: /火化证明/ })).toBeVisible()
    await accessible(page)
    await confirm(page, zh.steps.withdraw)
    await expect(page.getByText(zh.inUseText)).toBeVisible()
  })

  await test.step('a line of the circles is written, tried on everybody with its wait said, and published by the second', async () => {
    await page.goto(`${district()}/console/workbench?kind=circle`)
    await page.getByRole('link', { name: '三个圈层', exact: true }).click()
    await expect(page.getByRole('row', { name: /特困供养人员/ })).toBeVisible()
    await accessible(page)
    await press(page, zh.begin)
    await page.getByRole('button', { name: zh.sorting.add, exact: true }).click()
    await page.getByLabel(zh.sorting.label, { exact: true }).last().fill('高龄老人')
    await page.getByLabel(zh.sorting.labelEn, { exact: true }).last().fill('Very old')
    await written(page, zh.sorting.condition).fill('person.poorChild && person.age < 10')
    await press(page, zh.steps.check)
    await expect(page.getByText('轮不到这一行', { exact: false }).first()).toBeVisible({ timeout: 60_000 })
    await accessible(page)
    await written(page, zh.sorting.condition).fill('person.age >= 80')
    await press(page, zh.steps.check)
    await expect(page.getByText(/个算例都和写的结果一样/)).toBeVisible({ timeout: 60_000 })
    const panel = page.getByRole('region', { name: zh.reach.title })
    await expect(panel.getByText(zh.sorting.reach.waits, { exact: true })).toBeVisible({ timeout: 60_000 })
    await expect(panel.getByRole('row', { name: /^不在圈里 第三圈 \d+ 户/ })).toBeVisible()
    await accessible(page)
    await reflows(page)
    await press(page, zh.steps.submit)
    await hasSubmitted(page)
    await second.goto(`${district()}/console/workbench/circle/circle`)
    await confirm(second, zh.steps.publish)
    await expect(second.getByText(zh.inUseText)).toBeVisible({ timeout: 60_000 })
    await expect(second.getByRole('row', { name: /^13 第三圈 高龄老人/ })).toBeVisible()
    await expect(second.getByText(zh.history.shipped, { exact: true })).toBeVisible()
    await accessible(second)
  })

  await test.step('a rule of alerts gets a level, whom it would call is counted, and the second publishes it', async () => {
    await page.goto(`${district()}/console/workbench/alert/R30`)
    await press(page, zh.begin)
    await press(page, zh.alert.addLevel)
    await page.getByLabel(zh.alert.level, { exact: true }).last().selectOption('orange')
    const condition = page.getByLabel(`${zh.sorting.condition} · ${zh.builder.text}`, { exact: true }).first()
    await condition.fill('household.size >= 5')
    await press(page, zh.steps.save)
    expect(await reached(page, zh.alert.reach.title)).toMatch(
      new RegExp(`${zh.alert.reach.moves.raised}\\s*[\\d,]+ 户`),
    )
    await expect(page.getByText(zh.alert.reach.stays, { exact: true })).toBeVisible()
    await condition.fill('household.hotlineSameCategory30 >= 6')
    await press(page, zh.steps.check)
    await expect(page.getByText(/个算例都和写的结果一样/)).toBeVisible({ timeout: 60_000 })
    await accessible(page)
    await press(page, zh.steps.submit)
    await hasSubmitted(page)
    await second.goto(`${district()}/console/workbench/alert/R30`)
    await confirm(second, zh.steps.publish)
    await expect(second.getByText(zh.inUseText)).toBeVisible({ timeout: 60_000 })
    await expect(second.getByText(zh.history.shipped, { exact: true })).toBeVisible()
    await expect(second.getByText('30 天内同类来电', { exact: false }).first()).toBeVisible()
  })

  await test.step('what two change at once is told, and nothing is lost', async () => {
    await page.goto(`${district()}/console/workbench/service/S-A1`)
    await press(page, zh.begin)
    await second.goto(`${district()}/console/workbench/service/S-A1`)
    const note = (of: Page) => of.getByLabel(zh.note, { exact: true })
    await note(second).fill('同事写的')
    await press(second, zh.steps.save)
    await expect(second.getByText(zh.saved, { exact: true })).toBeVisible()
    await note(page).fill('我写的')
    await press(page, zh.steps.save)
    await expect(page.getByRole('button', { name: zh.conflict.mine })).toBeVisible()
    await accessible(page)
    await expect(note(page)).toHaveValue('我写的')
    await press(page, zh.conflict.latest)
    await expect(note(page)).toHaveValue('同事写的')
    await reflows(page)
    await confirm(page, zh.steps.withdraw)
    await expect(page.getByText(zh.inUseText)).toBeVisible()
  })
  expect(faults).toEqual([])
})
