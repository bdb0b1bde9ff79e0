// Journeys 1 and 2: 陆奶奶 asks on her phone; 导服员小徐 hears of it, takes it up, files it, closes it; she follows.
import { expect, test, type Page } from '@playwright/test'
import { accessible, drawsChinese, fitForElders, reflows } from './fit.ts'
import { answerOne, district, nameHerself, readIn, readings, signInDesk, signInGuide, village } from './people.ts'

for (const [n, reading] of readings.entries()) {
  const { words, guide } = reading
  // Of another name each time: what one reading left undone is nobody else's row.
  const given = ['妹', '英', '凤'][n] ?? '妹'

  test(`a grandmother asks, agrees, and follows what her guide does (${reading.name})`, async ({ browser }) => {
    const hers = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const his = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const page = await hers.newPage()
    const guidePage = await his.newPage()
    const faults: string[] = []
    for (const one of [page, guidePage]) {
      await readIn(one, reading)
      one.on('pageerror', error => faults.push(error.message))
      one.on('console', message => {
        if (message.type() === 'error') faults.push(message.text())
      })
    }
    const looksRight = async (one: Page) => {
      await accessible(one)
      await reflows(one)
      if (reading.large) await fitForElders(one)
    }

    await test.step('the guide is at work', async () => {
      await signInGuide(guidePage, reading)
      await looksRight(guidePage)
    })

    await test.step('she opens the code that hangs in the village', async () => {
      await page.goto(`${district()}/#/v/${village}`)
      await expect(page.locator('h1')).toBeVisible()
      if (reading.language === 'zh') await drawsChinese(page)
      await looksRight(page)
      await page.getByRole('button', { name: words.start.begin }).click()
    })

    await test.step('says who lives at home', async () => {
      await looksRight(page)
      await nameHerself(page, reading)
    })

    const titles: string[] = []
    let unsure = 0
    const answers = async () => {
      const answered = await answerOne(page, reading)
      titles.push(answered.title)
      if (answered.unsure) unsure++
    }
    await test.step('answers the first of what is most likely to matter', async () => {
      await answers()
      await looksRight(page)
      for (let n = 2; n <= 5; n++) await answers()
    })

    await test.step('goes back one and finds her answer, then on again', async () => {
      const now = await page.locator('h1').innerText()
      await page.getByRole('button', { name: words.interview.back, exact: true }).click()
      await expect(page.locator('h1')).toHaveText(titles.at(-1) ?? '')
      await page.getByRole('button', { name: words.interview.next }).click()
      await expect(page.locator('h1')).toHaveText(now)
    })

    await test.step('closes the phone and takes it up where she left', async () => {
      const at = await page.locator('h1').innerText()
      await page.reload()
      await expect(page.locator('h1')).toHaveText(at)
    })

    await test.step('after eleven answers, one of them 不清楚, the likely is asked; what is left open is said, and no no', async () => {
      const end = page.getByRole('heading', { level: 1, name: words.interview.likelyTitle })
      while (titles.length < 20 && !(await end.isVisible())) await answers()
      await expect(end).toBeVisible()
      expect(new Set(titles).size).toBe(titles.length)
      expect([titles.length, unsure]).toEqual([11, 1])
      await expect(page.getByRole('button', { name: words.interview.goOn })).toBeVisible()
      await looksRight(page)
    })

    await test.step('looks at the result', async () => {
      await page.getByRole('button', { name: words.interview.see }).click()
      await expect(page).toHaveURL(/#\/result\//)
      await expect(page.locator('h1')).toBeVisible()
      await looksRight(page)
      const groups = page.getByRole('navigation', { name: words.results.groups }).getByRole('link')
      for (const group of await groups.all()) expect(Number.parseInt(await group.innerText(), 10)).toBeGreaterThan(0)
      expect(Number.parseInt(await groups.first().innerText(), 10)).toBeGreaterThanOrEqual(3)
      await expect(page.getByRole('button', { name: new RegExp(`^${words.results.fillNow}`) }).first()).toBeVisible()
      await expect(page.getByRole('link', { name: words.results.call })).toHaveAttribute('href', /^tel:\d+$/)
    })

    await test.step('and lets the guide of her village know', async () => {
      await page
        .getByRole('link', { name: guideNamed(reading.language, words) })
        .first()
        .click()
      await expect(page).toHaveURL(/submit/)
      await looksRight(page)
      await page.getByLabel(words.submit.name).fill(`陆阿${given}`)
      await page.getByLabel(words.submit.phone).fill('13800000001')
      await page.getByLabel(words.submit.agree).check()
      await page.getByRole('button', { name: words.submit.send }).click()
      // His phone says so within a second of hers.
      const [handedIn, heard] = await Promise.all(
        [page.getByText(words.submit.doneTitle), guidePage.getByText(guide.today.newCase(1))].map(async shown => {
          // An expectation looks once a second by then, and would tell the two apart by a second.
          await shown.waitFor()
          return Date.now()
        }),
      )
      expect((heard ?? 0) - (handedIn ?? 0)).toBeLessThan(1000)
      await looksRight(page)
    })

    await test.step('his phone says so by itself', async () => {
      await looksRight(guidePage)
      await guidePage
        .getByRole('link', { name: new RegExp(`陆[*阿]${given}`) })
        .first()
        .click()
      await expect(guidePage).toHaveURL(/guide\/case\//)
      await looksRight(guidePage)
    })

    await test.step('he accepts, calls, visits, files on her behalf and closes', async () => {
      const step = async (name: string) => {
        await guidePage
          .getByRole('link', { name, exact: true })
          .or(guidePage.getByRole('button', { name, exact: true }))
          .first()
          .click()
      }
      const noted = () => expect(guidePage).toHaveURL(/guide\/case\/[^/]+$/)
      const does = doings[reading.language]
      await step(does.accept)
      await expect(guidePage.getByRole('link', { name: does.contact, exact: true }).first()).toBeVisible()
      await step(does.contact)
      await guidePage.getByRole('radio', { name: guide.step.hows.phone }).check()
      await looksRight(guidePage)
      await step(guide.step.saves.contact)
      await noted()
      await step(does.visit)
      await guidePage.getByLabel(guide.step.noteVisit).fill('一个人住，房子干净，走路要人扶。')
      await step(guide.step.saves.visit)
      await noted()
      await step(does.file)
      await expect(guidePage.getByLabel(guide.step.filedAt)).toBeVisible()
      await guidePage.getByRole('combobox').first().selectOption('P05')
      await looksRight(guidePage)
      for (const papers of await guidePage.getByRole('radio', { name: guide.step.paperStates.seen }).all())
        await papers.check()
      await guidePage.getByLabel(guide.step.filedAt).fill('常绿镇便民服务中心')
      await step(guide.step.saves.file)
      await noted()
      if (!reading.large)
        await test.step('the township clerk sees it', async () => {
          const town = await browser.newContext({ viewport: { width: 1440, height: 900 } })
          const desk = await town.newPage()
          await readIn(desk, reading)
          await signInDesk(desk, reading, 'clerk', '/console/cases?state=filed')
          await desk
            .getByRole('link', { name: `陆*${given}` })
            .first()
            .click()
          await expect(desk.getByText('常绿镇便民服务中心').first()).toBeVisible()
          await accessible(desk)
          await town.close()
        })
      await step(does.close)
      await guidePage.getByRole('radio', { name: guide.step.outcomes.granted }).check()
      await guidePage.getByLabel(guide.step.noteClose).fill('镇里已受理，按月发放。')
      await looksRight(guidePage)
      await step(guide.step.saves.close)
      await noted()
    })

    await test.step('next day she reads each step', async () => {
      await page.goto(`${district()}/#/mine`)
      await expect(page.getByText(guide.step.outcomes.granted).first()).toBeVisible()
      await looksRight(page)
    })

    expect(faults).toEqual([])
    await hers.close()
    await his.close()
  })
}

/** What the server calls the steps of a case. */
const doings = {
  zh: { accept: '我来办', contact: '记下联系', visit: '记下上门', file: '代办申请', close: '办结' },
  en: {
    accept: 'I take it',
    contact: 'Note a contact',
    visit: 'Note a visit',
    file: 'File an application',
    close: 'Close',
  },
}

const guideNamed = (language: 'zh' | 'en', words: (typeof readings)[number]['words']) =>
  language === 'zh' ? /帮我办/ : new RegExp(`${words.results.submit}|help`, 'i')
