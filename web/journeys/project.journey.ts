// Five families, one need, a project: nobody could meet it, so it is designed as large as the need is; money bound to its purpose is given
// by two people; students who were once helped come to teach, and count only once they are vetted; a child is never with one adult alone.
import { type Browser, expect, type Page, test } from '@playwright/test'
import { zh as needs } from '../src/console/needs/zh.ts'
import { zh as orders } from '../src/console/orders/zh.ts'
import { zh as projects } from '../src/console/projects/zh.ts'
import { accessible, reflows } from './fit.ts'
import { district, plain, readIn, signInDesk, village } from './people.ts'
import { Staff } from './staff.ts'

const desk = { width: 1440, height: 900 }
const [service, name] = ['学业辅导与成长陪伴', '五家孩子的周末课']
const families = ['应一山', '应二川', '应三湖', '应四江', '应五溪']
const why = '孩子在读初中，家里没有人会教'
const carrier = '青禾儿童服务社（示例）'
const dayIn = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

interface Enrolled {
  readonly need: string
  readonly number: string
}

async function deskOf(browser: Browser, who: string, at: string): Promise<Page> {
  const context = await browser.newContext({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await readIn(page, plain)
  await signInDesk(page, plain, who, at)
  return page
}

const press = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true }).click()
/** Presses in the dialog, and waits until the server let it through. */
async function send(page: Page, words: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: words, exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Five families whose need came up to the district, as the journey of a wish tells it in full. */
async function fiveFamilies(guide: Staff, clerk: Staff, hub: Staff): Promise<string[]> {
  const ids: string[] = []
  for (const head of families) {
    const { id } = await clerk.post('/api/households', {
      division: village,
      members: [{ name: head, relation: '02', birthDate: '1979-03-04', sex: 'male' }],
    })
    const need = await guide.post(`/api/households/${id as string}/needs`, { words: '孩子数学跟不上，想有人教' })
    const step = (who: Staff, body: unknown) => who.post(`/api/needs/${need['id'] as string}/steps`, body)
    await step(guide, { step: 'accept' })
    await step(guide, { step: 'rise', note: '村里没有会教的' })
    await step(clerk, { step: 'rise', note: '镇上也没有' })
    await step(hub, { step: 'screen', kind: 'service', item: 'S-D1' })
    ids.push(need['id'] as string)
  }
  return ids
}

test('five uncovered needs become a project with money by two people, and children are taught by two vetted adults', async ({
  browser,
  page,
  playwright,
}) => {
  const staff = async (who: string) => new Staff(await playwright.request.newContext()).signIn(who)
  const [guide, clerk, operator] = [await staff('guide'), await staff('clerk'), await staff('operator')]
  const five = await fiveFamilies(guide, clerk, operator)
  await page.setViewportSize(desk)
  await readIn(page, plain)

  let at = ''
  await test.step('the board raises a design: how many, how large, what it costs, which fund', async () => {
    await signInDesk(page, plain, 'operator', '/console/needs')
    const card = page.getByRole('article').filter({ hasText: service })
    await expect(card.getByText(/建议基金：/)).toBeVisible()
    await expect(card.getByText(/按参考价约 .+ 元（示例）/)).toBeVisible()
    await card.getByRole('button', { name: `${needs.together.design} ${service}` }).click()
    await page.getByRole('dialog').getByLabel(projects.design.name).fill(name)
    await accessible(page)
    await press(page, projects.design.save)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    at = new URL(page.url()).pathname
  })

  const officer = await deskOf(browser, 'officer', at)
  await test.step('money goes to its own purpose, and takes two people', async () => {
    const id = at.split('/').at(-1) as string
    // A fund for the old stands on no list; asked for all the same it is refused.
    const other = await operator.refused(`/api/projects/${id}/steps`, {
      step: 'askBudget',
      amountFen: 100,
      fund: 'F12',
    })
    expect(other).toMatchObject({ status: 422, code: 'projects.fundForElse' })
    const ask = async (who: Page) => {
      await press(who, '申请预算')
      const fund = who.getByRole('dialog').getByLabel(projects.form.fund)
      await expect(fund.getByRole('option', { name: /示例乡贤助学基金/ })).toHaveCount(1)
      await expect(fund.getByRole('option', { name: /助老/ })).toHaveCount(0)
      await fund.selectOption('F11')
      await send(who, projects.form.save)
    }
    await ask(officer)
    await expect(officer.getByText(`${projects.one.another} 批准预算`)).toBeVisible()
    await expect(officer.getByRole('button', { name: '批准预算' })).toHaveCount(0)
    await press(officer, '撤回预算申请')
    await expect(officer.getByRole('button', { name: '申请预算' })).toBeVisible()
    await page.reload()
    await ask(page)
    await expect(officer.getByRole('button', { name: '批准预算' })).toBeVisible()
    await press(officer, '批准预算')
    await expect(page.getByRole('button', { name: '提名承接方' })).toBeVisible()
    await press(page, '提名承接方')
    await page.getByRole('dialog').getByLabel(projects.form.listed).selectOption({ label: carrier })
    await send(page, projects.form.save)
    await press(officer, '签约')
    await officer.getByRole('dialog').getByLabel(projects.form.note).fill('合同已核对')
    await send(officer, projects.form.save)
    await accessible(officer)
    await reflows(officer)
    await officer.context().close()
  })

  await test.step('it begins; whom its rule does not mean a person lets in, and says why', async () => {
    await press(page, '开始实施')
    await expect(page.getByText(/它是为 \d+ 条需要设计的/)).toBeVisible()
    const id = at.split('/').at(-1) as string
    const { items } = (await operator.get(`/api/projects/${id}/needs?limit=100`)) as { items: Enrolled[] }
    const ours = items.filter(one => five.includes(one.need))
    expect(ours.length).toBe(5)
    const [first, ...others] = ours as [Enrolled, ...Enrolled[]]
    await press(page, projects.one.placeFor(first.number))
    const form = page.getByRole('dialog')
    await form.getByRole('button', { name: projects.form.save, exact: true }).click()
    await expect(form.getByText(/按这个项目的规则，这户人家不在对象里/)).toBeVisible()
    await form.getByLabel(projects.form.outOfTurn).fill(why)
    await send(page, projects.form.save)
    await expect(page.getByText(projects.one.despite(why))).toBeVisible()
    for (const one of others)
      await operator.post(`/api/projects/${id}/needs/${one.need}/steps`, { step: 'place', despite: why })
  })

  const order = await operator.post(`/api/needs/${five[0] as string}/orders`, {
    provider: '01890000-0000-7000-8000-000000000006',
    service: 'S-D1',
    plannedUnits: 4,
    unitPrice: 5_000,
    startBy: dayIn(1),
    dueBy: dayIn(60),
    what: '周末两课时数学',
    callName: '小应同学',
    reach: '先打村里电话',
    agreed: true,
  })
  const tutors = await deskOf(browser, 'tutors', '/console/orders?look=volunteers')
  await test.step('two students offer to teach; one says she was helped once, and nobody looks it up', async () => {
    for (const [student, helped] of [
      ['章同学', orders.volunteers.helpedYes],
      ['骆同学', orders.volunteers.helpedOpen],
    ] as const) {
      await press(tutors, orders.volunteers.add)
      const form = tutors.getByRole('dialog')
      await form.getByLabel(orders.volunteers.name).fill(student)
      await form.getByLabel(orders.volunteers.calling).selectOption({ label: orders.volunteers.callings.student })
      await form.getByLabel(orders.volunteers.helpedAsk).selectOption({ label: helped })
      await form.getByRole('button', { name: orders.one.save, exact: true }).click()
      await expect(form.getByText(orders.volunteers.mustAgree)).toBeVisible()
      await form.getByLabel(orders.volunteers.agreed).check()
      await send(tutors, orders.one.save)
    }
    await expect(tutors.getByRole('row', { name: /章同学/ })).toContainText(orders.volunteers.states.offered)
    await reflows(tutors)
  })

  const vet = async (student: string) => {
    await press(page, orders.volunteers.vetOf(student))
    const form = page.getByRole('dialog')
    await form.getByLabel(orders.adults.vettedOn).fill(dayIn(-3))
    await form.getByLabel(orders.adults.validUntil).fill(dayIn(300))
    await send(page, orders.one.save)
    await expect(page.getByRole('row', { name: new RegExp(student) })).toContainText(orders.volunteers.states.vetted)
  }
  await test.step('the hub vets the first of them', async () => {
    await page.goto(`${district()}/console/orders?look=volunteers`)
    await vet('章同学')
    await accessible(page)
  })

  const words = '数学两课时'
  const visit = async () => {
    await press(tutors, orders.one.noteVisit)
    const form = tutors.getByRole('dialog')
    await form.getByLabel(orders.visit.units).fill('2')
    await form.getByLabel(orders.visit.words).fill(words)
    await form.getByLabel('章同学').check()
    return form
  }
  await test.step('with one vetted adult a time with a child is refused; with two it counts, and the hours are on record', async () => {
    await tutors.goto(`${district()}/console/orders/${order['id'] as string}`)
    await press(tutors, '接单')
    await press(tutors, '开始服务')
    const alone = await visit()
    await expect(alone.getByLabel('骆同学')).toHaveCount(0)
    await alone.getByRole('button', { name: orders.one.save, exact: true }).click()
    await expect(alone.getByText(/要有两位当天审查有效的成年人，现在只有1位/)).toBeVisible()
    await press(tutors, '取消')
    await vet('骆同学')
    const together = await visit()
    await together.getByLabel('骆同学').check()
    await send(tutors, orders.one.save)
    await expect(tutors.getByText(words)).toBeVisible()
  })

  await test.step('a child attends a class with the same two; their hours are on record', async () => {
    await tutors.goto(`${district()}/console/orders?look=classes`)
    await press(tutors, orders.classes.add)
    const form = tutors.getByRole('dialog')
    await form.getByLabel(orders.classes.name).fill(name)
    await form.getByLabel(orders.classes.from).fill(dayIn(0))
    await form.getByLabel(orders.classes.until).fill(dayIn(60))
    await form.getByLabel(orders.classes.days).fill('8')
    await form.getByLabel(orders.classes.places).fill('5')
    await send(tutors, orders.one.save)
    const own = tutors.getByRole('region', { name })
    await own.getByRole('button', { name: orders.classes.seat }).click()
    await form.getByLabel(orders.classes.seatWhich).selectOption({ label: `小应同学 · ${order['number'] as string}` })
    await send(tutors, orders.one.save)
    await own.getByRole('button', { name: orders.classes.attendance }).click()
    await form.getByLabel(orders.classes.on).fill(dayIn(0))
    await form.getByLabel('小应同学').check()
    await form.getByRole('button', { name: orders.one.save, exact: true }).click()
    await expect(form.getByText(/班里有孩子：要有两位/)).toBeVisible()
    await form.getByLabel('章同学').check()
    await form.getByLabel('骆同学').check()
    await accessible(tutors)
    await send(tutors, orders.one.save)
    await expect(own.getByText(orders.classes.came(1, 0))).toBeVisible()
    await tutors.goto(`${district()}/console/orders?look=volunteers`)
    for (const student of ['章同学', '骆同学'])
      await expect(tutors.getByRole('row', { name: student }).locator('td.figure')).toContainText('4')
    await tutors.context().close()
  })
})
