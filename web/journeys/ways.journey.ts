// The other ways of journeys 1 and 2: taking back, saying what is hard to say, being asked by the guide, by keyboard, without a net.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { zh as parts } from '../src/parts/words.zh.ts'
import { accessible, fitForElders, reflows } from './fit.ts'
import { answerOne, district, large, nameHerself, plain, readIn, signInGuide } from './people.ts'

const { words, guide } = plain
/** 场口镇, with a guide of its own: what comes in here is not counted elsewhere, and nobody signs her out. */
const village = '330111110254'
const guideHere = 'guide-changkou'

async function phone(browser: Browser, reading = plain, viewport = { width: 390, height: 844 }) {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  await readIn(page, reading)
  return { context, page, faults }
}

/** From the code of the village to the first question. */
async function beginAsking(page: Page, reading = plain) {
  await page.goto(`${district()}/#/v/${village}`)
  await page.getByRole('button', { name: reading.words.start.begin }).click()
  await nameHerself(page, reading)
}

/** Three answers, then the result. */
async function askShortly(page: Page, reading = plain) {
  await beginAsking(page, reading)
  for (let n = 0; n < 3; n++) await answerOne(page, reading)
  await page.getByText(reading.words.interview.answers, { exact: true }).click()
  await page.getByText(reading.words.interview.stop).click()
  await page.getByRole('button', { name: reading.words.interview.stopYes, exact: true }).last().click()
  await expect(page).toHaveURL(/#\/result\/[^/]+$/)
}

async function handIn(page: Page, name: string, note = '') {
  await page
    .getByRole('link', { name: /帮我办/ })
    .first()
    .click()
  await page.getByLabel(words.submit.name).fill(name)
  if (note) await page.getByLabel(words.submit.note).fill(note)
  await page.getByLabel(words.submit.agree).check()
  await page.getByRole('button', { name: words.submit.send }).dblclick()
  await expect(page.getByText(words.submit.doneTitle)).toBeVisible()
}

test('what was handed in is taken back within ten minutes, and nothing is left at the guide', async ({ browser }) => {
  const hers = await phone(browser, large)
  const his = await phone(browser)
  await signInGuide(his.page, plain, guideHere)
  await askShortly(hers.page, large)
  await handIn(hers.page, '金凤仙')
  await expect(his.page.getByText(/金\*仙/).first()).toBeVisible()
  await hers.page.getByRole('button', { name: '撤回' }).click()
  await expect(hers.page.getByRole('heading', { name: words.submit.takenBack })).toBeVisible()
  await accessible(hers.page)
  await fitForElders(hers.page)
  await his.page.reload()
  await expect(his.page.getByText(guide.today.live)).toBeVisible()
  await expect(his.page.getByText(/金\*仙/)).toHaveCount(0)
  expect([...hers.faults, ...his.faults]).toEqual([])
  await hers.context.close()
  await his.context.close()
})

test('words of violence go to the township: the village hears nothing, and she sees numbers to call', async ({
  browser,
}) => {
  const hers = await phone(browser)
  const his = await phone(browser)
  await signInGuide(his.page, plain, guideHere)
  await askShortly(hers.page)
  await handIn(hers.page, '钟小兰', '他喝了酒就打我，别让村里知道')
  await expect(hers.page.getByRole('link', { name: /110/ })).toBeVisible()
  await expect(hers.page.getByText(/已告诉镇里/)).toBeVisible()
  await accessible(hers.page)
  await his.page.reload()
  await expect(his.page.getByText(guide.today.live)).toBeVisible()
  await expect(his.page.getByText(/钟\*兰/)).toHaveCount(0)
  expect([...hers.faults, ...his.faults]).toEqual([])
  await hers.context.close()
  await his.context.close()
})

test('a guide asks for a family: the family is asked first, what is known is only confirmed, and every page says for whom', async ({
  browser,
}) => {
  const { context, page, faults } = await phone(browser, plain, { width: 320, height: 640 })
  await signInGuide(page, plain)
  await page.goto(`${district()}/#/guide/ask`)
  await page.getByLabel(parts.findFamily.label).fill('陆')
  await page.getByRole('button', { name: parts.findFamily.search, exact: true }).click()
  await page.getByRole('button', { name: /^替陆/ }).first().click()
  const banner = page.getByText(/^代 陆.* 办理$/)
  await expect(banner).toBeVisible()
  const yes = page.getByRole('radio', { name: words.roster.registryYes })
  await expect(yes).not.toBeChecked()
  await page.getByRole('button', { name: words.roster.next }).click()
  await expect(page.getByText(words.roster.registryMust)).toBeVisible()
  await accessible(page)
  await yes.check()
  await page.getByRole('button', { name: words.roster.next }).click()
  await expect(page.locator('h1')).toContainText('对吗？')
  await expect(banner).toBeVisible()
  await accessible(page)
  await reflows(page)
  await page.getByRole('radio', { name: words.interview.right, exact: true }).check()
  await page.getByRole('button', { name: words.interview.next }).click()
  await page.getByText(words.interview.answers, { exact: true }).click()
  await expect(page.getByText(words.interview.confirmed)).toBeVisible()
  await expect(banner).toBeVisible()
  expect(faults).toEqual([])
  await context.close()
})

test('what was left open is answered from the result, and the new result has it', async ({ browser }) => {
  const { context, page, faults } = await phone(browser)
  await askShortly(page)
  const before = page.url()
  const fill = page.getByRole('button', { name: /^现在补答/ }).first()
  const title = (await fill.getAttribute('aria-label'))?.replace(words.results.fillName(''), '') ?? ''
  await fill.click()
  await expect(page.locator('h1')).toHaveText(title)
  await page.getByRole('radio', { name: words.interview.unsure }).last().check()
  await page.getByRole('button', { name: words.interview.next }).click()
  await page.getByText(words.interview.answers, { exact: true }).click()
  await page.getByText(words.interview.stop).click()
  await page.getByRole('button', { name: words.interview.stopYes, exact: true }).last().click()
  await expect(page).toHaveURL(/#\/result\/[^/]+$/)
  expect(page.url()).not.toBe(before)
  await page.goto(before)
  await expect(page.locator('h1')).toBeVisible()
  expect(faults).toEqual([])
  await context.close()
})

test('the questions are answered by keyboard alone, at 320 px', async ({ browser }) => {
  const { context, page, faults } = await phone(browser, plain, { width: 320, height: 640 })
  await beginAsking(page)
  for (let n = 0; n < 3; n++) {
    const title = (await page.locator('h1').innerText()).trim()
    await page.locator('h1').focus()
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      if (await page.locator(':focus').evaluate(one => one.matches('input'))) break
    }
    // In a group of rows the arrows choose; the last row is 不清楚.
    if (await page.locator(':focus').evaluate(one => one.matches('[type=radio]'))) {
      await page.keyboard.press('ArrowUp')
      await expect(page.getByRole('radio', { name: words.interview.unsure })).toBeChecked()
    } else {
      while (!(await page.locator(':focus').evaluate(one => one.closest('label')?.textContent?.includes('不清楚'))))
        await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
    }
    await page.keyboard.press('Enter')
    await expect(page.locator('h1')).not.toHaveText(title)
    await expect(page.locator('h1')).toBeFocused()
  }
  await page.keyboard.press('Tab')
  const outline = await page.locator(':focus').evaluate(one => {
    const row = one.closest('.choice') ?? one
    return [getComputedStyle(one), getComputedStyle(row)].map(style => Number.parseFloat(style.outlineWidth))
  })
  expect(Math.max(...outline)).toBeGreaterThanOrEqual(3)
  expect(faults).toEqual([])
  await context.close()
})

test('without a net the answer stays on the page and goes with the next press; other pages say what is the matter', async ({
  browser,
}) => {
  const { context, page, faults } = await phone(browser)
  await beginAsking(page)
  await answerOne(page, plain)
  const title = (await page.locator('h1').innerText()).trim()
  await context.setOffline(true)
  const row = page.getByRole('radio', { name: words.interview.unsure })
  await row.check()
  await page.getByRole('button', { name: words.interview.next }).click()
  await expect(page.getByText('没有连上网', { exact: false })).toBeInViewport()
  await expect(row).toBeChecked()
  await accessible(page)
  await page.evaluate(() => {
    location.hash = '/help'
  })
  await expect(page.getByText('没有连上网', { exact: false })).toBeVisible()
  await accessible(page)
  await page.goBack()
  await context.setOffline(false)
  await expect(page.locator('h1')).toHaveText(title)
  await page.getByRole('radio', { name: words.interview.unsure }).check()
  await page.getByRole('button', { name: words.interview.next }).click()
  await expect(page.locator('h1')).not.toHaveText(title)
  expect(faults).toEqual([])
  await context.close()
})

test('a result opened on another phone has a way out for who has nothing to sign in with', async ({ browser }) => {
  const hers = await phone(browser)
  await askShortly(hers.page)
  const other = await phone(browser)
  await other.page.goto(hers.page.url())
  await expect(other.page.getByText(words.notHere.text)).toBeVisible()
  await accessible(other.page)
  await other.page.getByRole('link', { name: words.notHere.act }).click()
  await expect(other.page.getByRole('button', { name: words.start.begin })).toBeVisible()
  expect([...hers.faults, ...other.faults]).toEqual([])
  await hers.context.close()
  await other.context.close()
})
