// In and out of the circles: what a visit found brings a family into the third circle by two people; months later, stable and visited
// once more, it leaves by two people, with what the way out takes away and how the step is made gentle beside it.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Day, Id } from '@zhulian/kernel'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { zh as words } from '../src/console/alerts/words/zh.ts'
import { zh as homeWords } from '../src/console/household/words/zh.ts'
import { zh as listWords } from '../src/console/registry/words/zh.ts'
import { zh as visits } from '../src/phone/guide/visits/words/zh.ts'
import { accessible, reflows } from './fit.ts'
import type { Asked } from './house-with-clock.ts'
import { district, password, plain, signInDesk, signInGuide, village } from './people.ts'

/** The server's words. */
const steps = { take: '我来处理', assign: '派入户核查', opine: '写镇街意见', close: '办结' }
const desk = { width: 1440, height: 900 }
const began = new Date()
const later = (days: number) => new Date(began.getTime() + days * 86_400_000)

let house: ReturnType<typeof openHouse>
const usual = process.env['JOURNEYS_URL']

function openHouse() {
  const child = fork(fileURLToPath(new URL('house-with-clock.ts', import.meta.url)), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (said: { value?: unknown; error?: string }) => void>()
  child.on('message', (said: { id: number; value?: unknown; error?: string }) => waiting.get(said.id)?.(said))
  let count = 0
  return {
    ask: async <T>(asked: Asked): Promise<T> => {
      const id = ++count
      const said = await new Promise<{ value?: unknown; error?: string }>(done => {
        waiting.set(id, done)
        child.send({ id, asked })
      })
      if (said.error) throw new Error(said.error)
      return said.value as T
    },
    end: () => child.kill(),
  }
}

test.beforeAll(async () => {
  house = openHouse()
  process.env['JOURNEYS_URL'] = await house.ask<string>({
    do: 'open',
    at: began.toISOString(),
    password,
    staff: [
      { name: '徐晓雯', signInName: 'guide', role: 'guide', scope: village as never },
      { name: '李敏', signInName: 'clerk', role: 'townshipClerk', scope: village.slice(0, 9) as never },
      { name: '方永明', signInName: 'officer', role: 'districtOfficer', scope: '330111' as never },
    ],
  })
})
test.afterAll(async () => {
  process.env['JOURNEYS_URL'] = usual
  await house.ask({ do: 'close' })
  house.end()
})

/** A family of two with everything known, and the bureau's word that their house burnt. */
async function family(): Promise<{ id: Id; members: readonly Id[] }> {
  const asOf = began.toISOString().slice(0, 8).concat('01') as Day
  const said = (facts: Readonly<Record<string, unknown>>) => [
    { source: 'declared' as const, origin: '本人申报', asOf, facts },
  ]
  const nothing = {
    alive: true,
    seriousIllness: false,
    chronicDiseaseCount: 0,
    lostWorkCapacityDisabled: false,
    registeredUnemployed: false,
    jobDifficultyRecognised: false,
    orphanClass: 'none',
    businessIncomeMonthly: 0,
    propertyIncomeMonthly: 0,
    pensionMonthly: 0,
    basicResidentPensionMonthly: 0,
    otherTransferMonthly: 0,
    newJobSince: null,
    financialAssets: 0,
    allObligorsUnable: false,
  }
  const made = await house.ask<{ id: Id; members: readonly Id[] }>({
    do: 'enrol',
    household: {
      division: village,
      since: '2020-01-01' as Day,
      statements: said({
        hasLocalHukouOrPermit: true,
        meansTestConsent: true,
        certifiedTier: 'none',
        financialAssets: 24000,
        motorVehicleCount: 0,
        nonResidentialPropertyCount: 0,
        housingCount: 1,
        enterpriseCapital: 0,
        medicalSelfPaid12m: 0,
        educationExpense12m: 0,
        rehabExpense12m: 0,
        housingExpense12m: 0,
        accidentExpense12m: 0,
        formerPoor: false,
        monitorClass: 'none',
        lowIncomeFarmer: false,
        exitedTierWithin: null,
      }),
      members: [
        {
          name: '闻人杰',
          relation: '02',
          sex: 'male',
          birthDate: '1978-03-01' as Day,
          statements: said({
            ...nothing,
            maritalStatus: 'divorced',
            hasDisabilityCertificate: false,
            disabilityKind: null,
            disabilityLevel: null,
            employmentStatus: 'employed',
            wageMonthly: 6000,
            willingToWork: true,
            studentStage: 'none',
            isFullTimeStudent: false,
            obligorCount: 0,
          }),
        },
        {
          name: '闻人小满',
          relation: '30',
          sex: 'female',
          birthDate: '2012-05-01' as Day,
          statements: said({
            ...nothing,
            maritalStatus: 'single',
            hasDisabilityCertificate: true,
            disabilityKind: 'hearing',
            disabilityLevel: 2,
            employmentStatus: 'student',
            wageMonthly: 0,
            willingToWork: false,
            studentStage: 'junior',
            isFullTimeStudent: true,
            obligorCount: 1,
          }),
        },
      ],
    },
  })
  await house.ask({
    do: 'say',
    household: made.id,
    facts: { source: 'feed', origin: '应急', household: { disasterOn: began.toISOString().slice(0, 10) } },
  })
  return made
}

async function atDesk(browser: Browser, name: string, at: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: desk })).newPage()
  await signInDesk(page, plain, name, at)
  return page
}

/** Who may confirm sees the line of the family, whatever else there is. */
const lineOf = (page: Page, region: string, household: Id) =>
  page
    .getByRole('region', { name: region })
    .getByRole('listitem')
    .filter({ has: page.locator(`a[href$="/registry/${household}"]`) })
    .first()

async function confirm(page: Page, household: Id, note: string): Promise<void> {
  const line = lineOf(page, words.circles.decisions, household)
  await line.getByRole('button', { name: words.circles.confirm }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.circles.note).fill(note)
  await dialog.getByRole('button', { name: words.circles.confirm }).click()
  await expect(line).toContainText(words.circles.states.confirmed)
}

test('a visit’s finding brings a family into the third circle, and months of stability let it leave, each by two people', async ({
  browser,
  page: phone,
}, info) => {
  const home = await family()

  await test.step('the guide takes the red alert, goes there, and hands in what she found', async () => {
    await signInGuide(phone, plain)
    await phone.goto(`${district()}/#/guide/alerts`)
    await phone.getByRole('link', { name: /火灾|受灾/ }).click()
    await phone.getByRole('button', { name: steps.take }).click()
    await phone.getByRole('button', { name: steps.assign }).click()
    await expect(phone.getByText(/^已派入户核查：/)).toBeVisible()
    await phone.goto(`${district()}/#/guide/visits`)
    for (const label of [visits.pin.pin, visits.pin.again])
      await phone.getByLabel(label, { exact: true }).fill('274951')
    await phone.getByRole('button', { name: visits.pin.set }).click()
    await phone.getByText('闻人杰').first().click()
    const choose = (group: string, name: string) =>
      phone.getByRole('group', { name: group }).getByRole('radio', { name, exact: true }).check()
    await choose(visits.visit.result, '属实')
    await choose(visits.visit.risk, '有风险，要跟进')
    await phone.getByLabel(visits.visit.note).fill('厨房烧了，暂住亲戚家')
    await phone.getByRole('button', { name: visits.visit.hand }).click()
    await expect(phone.getByRole('heading', { name: visits.visit.gone })).toBeVisible()
    await house.ask({ do: 'run', job: 'alerts.clock' })
  })

  const clerk = await atDesk(browser, 'clerk', '/console/alerts')
  await test.step('the township gives its opinion and proposes entry; who proposes cannot confirm', async () => {
    await clerk.getByRole('link', { name: /火灾|受灾/ }).click()
    await expect(clerk.getByText('入户核查有了结果：属实')).toBeVisible()
    const next = clerk.getByRole('region', { name: words.one.next })
    await next.getByRole('button', { name: steps.opine }).click()
    await clerk.getByLabel(words.form.opinions.proposeCircle).check()
    await clerk.getByLabel(words.form.note).fill('情况属实，建议纳入')
    await clerk.getByRole('button', { name: words.form.save }).click()
    await next.getByRole('link', { name: words.one.circle }).click()
    await lineOf(clerk, words.circles.candidates, home.id).getByRole('button', { name: words.circles.propose }).click()
    await clerk.getByLabel(words.circles.reason).fill('火灾后房子不能住')
    await clerk.getByRole('dialog').getByRole('button', { name: words.circles.propose }).click()
    const line = lineOf(clerk, words.circles.decisions, home.id)
    await expect(line).toContainText(words.circles.move(words.circles.outside, words.circles.in(3)))
    await expect(line.getByRole('button')).toHaveText([words.circles.withdraw])
  })

  await test.step('the officer of the district confirms, and the family stands in the third circle', async () => {
    const officer = await atDesk(browser, 'officer', '/console/alerts?view=circles')
    await confirm(officer, home.id, '材料齐，同意纳入')
    await accessible(officer)
    await lineOf(officer, words.circles.decisions, home.id).getByRole('link').click()
    await expect(officer.getByLabel(homeWords.rings(listWords.circles[3])).first()).toBeVisible()
    await officer.context().close()
  })

  await test.step('helped, the alert is closed', async () => {
    // The house's clock stands still: what is said at one instant is said at once.
    await house.ask({ do: 'at', at: later(1 / 1440).toISOString() })
    await clerk.goBack()
    await clerk.getByRole('button', { name: steps.close }).click()
    await clerk.getByLabel(words.form.causes.helped).check()
    await clerk.getByLabel(words.form.note).fill('临时救助已发，搬回家了')
    await clerk.getByRole('button', { name: words.form.save }).click()
    await expect(clerk.getByText('办结了预警：已经帮上')).toBeVisible()
    await clerk.context().close()
  })

  await test.step('months later the rules have said so for long enough, but nobody was there since', async () => {
    await house.ask({ do: 'at', at: later(101).toISOString() })
    await house.ask({ do: 'run', job: 'registry.recount' })
  })

  const again = await atDesk(browser, 'clerk', '/console/alerts?view=circles')
  await test.step('with a visit it is proposed, with the bridge; what crossing the line takes is beside it', async () => {
    const candidate = lineOf(again, words.circles.candidates, home.id)
    await expect(candidate).toContainText(words.circles.noVisit)
    await expect(candidate.getByRole('button')).toHaveCount(0)
    await house.ask({
      do: 'say',
      household: home.id,
      facts: { source: 'verified', origin: '入户核查', household: { motorVehicleCount: 0 } },
    })
    await again.reload()
    await candidate.getByRole('button', { name: words.circles.propose }).click()
    const dialog = again.getByRole('dialog')
    await dialog.getByLabel(words.circles.reason).fill('收入稳定，房子修好了')
    await dialog.getByLabel(new RegExp(words.circles.bridge.slice(0, 6))).fill('服务继续六个月，每月去一次')
    await accessible(again)
    await dialog.getByRole('button', { name: words.circles.propose }).click()
    const line = lineOf(again, words.circles.decisions, home.id)
    await expect(line).toContainText(words.circles.move(words.circles.in(3), words.circles.outside))
    await expect(line).toContainText(new RegExp(`每月(至少)?少 [\\d,]+ 元|${words.ends.title}`))
    await expect(line).toContainText('服务继续六个月')
    await info.attach('decisions', { body: await again.screenshot({ fullPage: true }), contentType: 'image/png' })
    await again.setViewportSize({ width: 390, height: 844 })
    await reflows(again)
  })

  await test.step('another person confirms, and both moves stand on the family’s line', async () => {
    const officer = await atDesk(browser, 'officer', '/console/alerts?view=circles')
    await confirm(officer, home.id, '同意移出，服务不断')
    await lineOf(officer, words.circles.decisions, home.id).getByRole('link').click()
    await expect(officer.getByLabel(homeWords.rings(listWords.circles[4])).first()).toBeVisible()
    for (const [from, to] of [
      [listWords.circles[4], listWords.circles[3]],
      [listWords.circles[3], listWords.circles[4]],
    ] as const)
      await expect(officer.getByText(homeWords.circleMove(from, to)).first()).toBeVisible()
    await expect(officer.getByText(homeWords.byTwo('李敏', '方永明'))).not.toHaveCount(0)
    await info.attach('family', { body: await officer.screenshot({ fullPage: true }), contentType: 'image/png' })
  })
})
