// Somebody stands by a family: an officer pairs them, the helper notes an evening talk and a need on a telephone and reads nothing
// else, the township reads it on the page of the family, and the pairing ends.
import { expect, test } from '@playwright/test'
import { en as pairingEn } from '../src/console/pairing/en.ts'
import { zh as pairingZh } from '../src/console/pairing/zh.ts'
import { accessible, reflows } from './fit.ts'
import { readIn, readings, signInDesk } from './people.ts'
import { Staff } from './staff.ts'

const words = { zh: pairingZh, en: pairingEn }
const wide = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
/** 龙门一村; its clerk and the officer are of no other journey. */
const village = '330111112211'
const [clerkName, officerName] = ['clerk-112-2', 'officer-2']

for (const reading of readings.filter(r => !r.large)) {
  const say = words[reading.language]
  const inChinese = reading.language === 'zh'
  const family = inChinese ? '夏荷花' : '秋月圆'
  const heard = inChinese ? '晚上聊了半小时，说腿脚不便' : 'Talked for half an hour; walking is hard'
  const need = inChinese ? '想要一根拐杖' : 'Would like a walking stick'

  test(`a helper stands by a family and notes what it needs, which the township reads (${reading.name})`, async ({
    browser,
    page,
    playwright,
  }) => {
    const clerk = await new Staff(await playwright.request.newContext()).signIn(clerkName)
    const made = await clerk.post('/api/households', {
      division: village,
      members: [{ name: family, relation: '01', birthDate: '1951-06-07', sex: 'female' }],
    })
    const home = `/console/registry/${made['id'] as string}`

    await readIn(page, reading)
    await test.step('the helper has no such family yet', async () => {
      await signInDesk(page, reading, 'helper', '/console/pairing')
      await expect(page.getByRole('heading', { name: say.title })).toBeVisible()
      await expect(page.getByRole('region', { name: family })).toHaveCount(0)
    })

    const office = await browser.newContext(wide)
    const officer = await office.newPage()
    await readIn(officer, reading)
    await test.step('an officer pairs the helper with the family', async () => {
      await signInDesk(officer, reading, officerName, home)
      const card = officer.getByRole('region', { name: say.family.title, exact: true })
      await card.getByRole('button', { name: say.family.pair, exact: true }).click()
      const form = officer.getByRole('dialog', { name: say.family.pair })
      await form.getByRole('button', { name: say.family.save, exact: true }).click()
      await expect(form.getByText(say.family.chooseHelper).filter({ visible: true })).toHaveCount(1)
      await form.getByLabel(say.family.helper, { exact: true }).selectOption({ label: '何建明' })
      await form.getByLabel(say.family.reach, { exact: false }).fill('0571-00000001')
      await accessible(officer)
      await form.getByRole('button', { name: say.family.save, exact: true }).click()
      await expect(form).toHaveCount(0)
      await expect(card.getByText('何建明')).toBeVisible()
    })

    const theirs = page.getByRole('region', { name: family })
    await test.step('it comes to the telephone by itself; the helper notes an evening talk and a need', async () => {
      await expect(theirs).toBeVisible()
      await expect(theirs.getByRole('link', { name: '0571-00000001' })).toHaveAttribute('href', 'tel:057100000001')
      await accessible(page)
      await reflows(page)
      await theirs.getByRole('button', { name: `${say.note} ${family}` }).click()
      const form = page.getByRole('dialog')
      await form.getByLabel(say.visit.how).selectOption({ label: say.visit.hows.eveningTalk })
      await form.getByLabel(say.visit.words).fill(heard)
      await form.getByLabel(say.visit.need, { exact: false }).last().fill(need)
      // The deed is in sight without scrolling, however long the form is.
      await expect(form.getByRole('button', { name: say.visit.save, exact: true })).toBeInViewport({ ratio: 1 })
      await accessible(page)
      await form.getByRole('button', { name: say.visit.save, exact: true }).click()
      await expect(page.getByText(say.visit.done)).toBeVisible()
      await expect(page.getByText(need)).toHaveCount(0)
    })

    await test.step('the township reads it on the page of the family', async () => {
      const township = await browser.newContext(wide)
      const desk = await township.newPage()
      await readIn(desk, reading)
      await signInDesk(desk, reading, clerkName, home)
      const card = desk.getByRole('region', { name: say.family.title, exact: true })
      await expect(card.getByText(heard)).toBeVisible()
      await expect(card.getByText(need)).toBeVisible()
      await township.close()
    })

    await test.step('the pairing ends with a reason, and the family is gone from the telephone', async () => {
      const card = officer.getByRole('region', { name: say.family.title, exact: true })
      await card.getByRole('button', { name: `${say.family.end} 何建明` }).click()
      const form = officer.getByRole('dialog')
      await form.getByRole('button', { name: say.family.end, exact: true }).click()
      await expect(form.getByText(say.family.must)).toBeVisible()
      await form
        .getByLabel(say.family.endReason, { exact: true })
        .fill(inChinese ? '搬去和女儿住了' : 'Moved to her daughter')
      await form.getByRole('button', { name: say.family.end, exact: true }).click()
      await expect(card.getByText(say.family.ended)).toBeVisible()
      // What was heard stays.
      await expect(card.getByText(need)).toBeVisible()
      await expect(theirs).toHaveCount(0)
      await office.close()
    })
  })
}
