// The guides' network of a township: one goes away and a colleague takes over what is open; a village goes to another guide and
// comes back; a fairer load is read with its reasons and taken for one village. At no moment is a village without a guide.
import { expect, test } from '@playwright/test'
import { zh as dutyWords } from '../src/phone/guide/duties/words/zh.ts'
import { zh as words } from '../src/console/network/words/zh.ts'
import { accessible, reflows } from './fit.ts'
import { plain, readIn, signInDesk, signInGuide } from './people.ts'
import { Staff } from './staff.ts'

/** 龙门镇, where no other journey changes what a guide has: four villages, each with two guides. */
const clerkName = 'clerk-112-1'
const village = { code: '330111112214', name: '龙门七村' }
const wide = { width: 1440, height: 900 }

interface Guide {
  readonly name: string
  readonly places: readonly { readonly code: string }[]
  readonly openTasks: number
  readonly away: unknown
}

const inDays = (n: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(Date.now() + n * 86_400_000))

test('a guide is away, a village changes hands and the load is evened out, and nobody is without a guide', async ({
  browser,
  page,
  playwright,
}) => {
  const clerk = await new Staff(await playwright.request.newContext()).signIn(clerkName)
  const guidesOf = async (code: string) =>
    ((await clerk.get('/api/network'))['guides'] as Guide[]).filter(g => g.places.some(p => p.code === code))
  const everyVillageServed = async () => expect((await clerk.get('/api/network'))['withoutGuide']).toEqual([])
  const made = await clerk.post('/api/households', {
    division: village.code,
    members: [{ name: '叶知秋', relation: '01', birthDate: '1948-09-10', sex: 'female' }],
  })
  const household = made['id'] as string
  await clerk.post(`/api/households/${household}/tasks`, { kind: 'routine', dueOn: inDays(5), why: '看看过冬的东西' })
  const [goes, stays] = (await guidesOf(village.code)).toSorted((a, b) => b.openTasks - a.openTasks)
  if (!goes || !stays || goes.openTasks === 0 || goes.away || stays.away) throw new Error('not as the district is made')

  await page.setViewportSize(wide)
  await readIn(page, plain)
  const dialog = page.getByRole('dialog')
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })
  const open = async (name: string) => {
    await row(name).getByRole('button', { name, exact: true }).click()
    await expect(dialog.getByRole('heading', { name, exact: true })).toBeVisible()
  }
  const close = async () => {
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }

  await test.step('a guide is away: a colleague stands in and takes over what is open, which is looked at first', async () => {
    await signInDesk(page, plain, clerkName, '/console/network')
    await open(goes.name)
    await dialog.getByRole('button', { name: words.one.note, exact: true }).click()
    await dialog.getByRole('button', { name: words.absence.save, exact: true }).click()
    await expect(dialog.getByText(words.absence.must)).toBeVisible()
    await dialog.getByLabel(words.absence.back, { exact: true }).fill(inDays(3))
    await dialog.getByLabel(words.absence.standIn, { exact: true }).selectOption({ label: stays.name })
    await accessible(page)
    await dialog.getByRole('button', { name: words.absence.save, exact: true }).click()
    await expect(dialog.getByText(words.absence.done(stays.name))).toBeVisible()
    const held = dialog.getByRole('table', { name: words.one.held }).getByRole('row')
    await expect(held).toHaveCount(goes.openTasks + 1)
    await dialog.getByRole('button', { name: words.one.handOver(goes.openTasks, stays.name) }).click()
    await expect(dialog.getByText(words.one.moved(goes.openTasks, 0))).toBeVisible()
    await close()
    await expect(row(goes.name)).toContainText(words.openOf(0, 0))
    await expect(row(stays.name)).toContainText(words.openOf(stays.openTasks + goes.openTasks, 0))
    await expect(row(stays.name)).toContainText(words.standsIn(goes.name))
    await everyVillageServed()
  })

  await test.step('the colleague reads on the telephone for whom she stands in', async () => {
    const at = (n: number) => `guide-${village.code.slice(6)}-${n}`
    const first = await new Staff(await playwright.request.newContext()).signIn(at(1))
    const isFirst = ((await first.get('/api/network/mine'))['standsInFor'] as unknown[]).length > 0
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    const phone = await context.newPage()
    await phone.setViewportSize({ width: 390, height: 844 })
    await signInGuide(phone, plain, at(isFirst ? 1 : 2))
    await expect(phone.getByText(new RegExp(`^${dutyWords.network.standsIn(goes.name, '.*', '.*')}$`))).toBeVisible()
    await context.close()
  })

  await test.step('the guide is back early: what nobody has touched comes back too', async () => {
    await open(goes.name)
    await dialog.getByRole('button', { name: words.one.end, exact: true }).click()
    await expect(dialog.getByText(words.one.ended(goes.openTasks, 0))).toBeVisible()
    await close()
    await expect(row(goes.name)).toContainText(words.openOf(goes.openTasks, 0))
  })

  await test.step('her village is handed to a guide of another, with what is open there; it was a mistake and is undone', async () => {
    const taker = (await guidesOf('330111112211')).find(g => !g.away)?.name ?? ''
    await open(goes.name)
    await dialog.getByRole('button', { name: words.hand.open(village.name) }).click()
    await expect(dialog.getByText(words.hand.lastOne(goes.name))).toBeVisible()
    await dialog.getByLabel(words.hand.reason, { exact: true }).fill('两村并着走')
    const to = dialog.getByLabel(words.hand.to, { exact: true })
    await to.selectOption(await to.getByRole('option', { name: new RegExp(`^${taker}（`) }).getAttribute('value'))
    await dialog.getByRole('button', { name: words.hand.save, exact: true }).click()
    await expect(dialog.getByText(words.hand.done(village.name, taker, goes.openTasks))).toBeVisible()
    await everyVillageServed()
    expect((await guidesOf(village.code)).map(g => g.name).toSorted()).toEqual([stays.name, taker].toSorted())
    await dialog.getByRole('button', { name: words.hand.undo, exact: true }).click()
    await expect(dialog.getByText(words.hand.undone(goes.openTasks, 0))).toBeVisible()
    await close()
    await expect(row(goes.name)).toContainText(words.openOf(goes.openTasks, 0))
    await everyVillageServed()
  })

  await test.step('a fairer load says why; one village is taken up, and put back', async () => {
    await page.getByRole('radio', { name: words.views.balance, exact: true }).check()
    const suggested = page.getByRole('list', { name: words.balance.moves, exact: true })
    const accept = suggested.getByRole('button', { name: new RegExp(`^${words.balance.acceptOf('')}`) }).first()
    const move = (await accept.getAttribute('aria-label'))?.replace(words.balance.acceptOf(''), '') ?? ''
    const reasons = suggested.getByRole('listitem').filter({ hasText: move }).first().getByRole('listitem')
    expect(await reasons.count()).toBeGreaterThan(1)
    await expect(reasons.filter({ hasText: /一年约要?走访 \d+ 次/ })).not.toHaveCount(0)
    await accessible(page)
    await reflows(page)
    await accept.click()
    const [place = '', to = ''] = move.split(words.balance.join('', ''))
    const done = page.getByText(words.balance.accepted(place, to))
    await expect(done).toBeVisible()
    const nowServed = (await clerk.get('/api/network'))['guides'] as Guide[]
    expect(nowServed.find(g => g.name === to)?.places).toHaveLength(2)
    await everyVillageServed()
    await page.getByRole('button', { name: words.balance.undo, exact: true }).click()
    await expect(page.getByText(words.balance.undone)).toBeVisible()
    await everyVillageServed()
    await expect(suggested.getByText(move)).toBeVisible()
  })
})
