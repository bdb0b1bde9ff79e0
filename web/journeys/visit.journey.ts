// A knock on the door without a network: a guide of 湖源乡 verifies an unemployed father, the telephone dies and comes back, a
// colleague wrote in the same sheet meanwhile; back in the village hall the outbox empties, one conflict settled field by field.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { zh as words } from '../src/phone/guide/visits/words/zh.ts'
import { zh as guideWords } from '../src/phone/guide/words/zh.ts'
import { zh as deskWords } from '../src/console/household/words/zh.ts'
import { zh as phoneWords } from '../src/console/phones/zh.ts'
import { accessible, fitForElders, reflows } from './fit.ts'
import { district, large, plain, readIn, signInDesk, signInGuide } from './people.ts'
import { Staff } from './staff.ts'

const village = '330111205214'
const pin = '274951'
/** Whom the made-up district has at 湖源乡. */
const guideName = '羊利民'
const desk = { viewport: { width: 1440, height: 900 } }
const canary = '金丝雀一家'
const noteCanary = '金丝雀说女儿想辍学打工'

const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

/** Whichever guide of the village it was given to, this one goes. */
async function familyWithTask(clerk: Staff, guide: Staff, name: string, division = village) {
  const made = await clerk.post('/api/households', {
    division,
    members: [
      { name, relation: '01', birthDate: '1978-03-04', sex: 'male' },
      { name: `${name.slice(0, 2)}女儿`, relation: '30', birthDate: '2012-05-01', sex: 'female' },
    ],
  })
  const task = await clerk.post(`/api/households/${made['id'] as string}/tasks`, {
    kind: 'verification',
    dueOn: today(),
    level: 'red',
    why: `${name}失业登记了`,
  })
  await guide.post(`/api/tasks/${task['id'] as string}/steps`, { step: 'take' })
  return { household: made['id'] as string, task: task['id'] as string }
}

async function setPin(page: Page) {
  await page.goto(`${district()}/#/guide/visits`)
  await page.getByLabel(words.pin.pin, { exact: true }).fill(pin)
  await page.getByLabel(words.pin.again, { exact: true }).fill(pin)
  await page.getByRole('button', { name: words.pin.set }).click()
  await expect(page.getByRole('heading', { level: 1, name: /今天/ })).toBeVisible()
}
async function enterPin(page: Page, typed = pin) {
  await page.getByLabel(words.pin.pin, { exact: true }).fill(typed)
  await page.getByRole('button', { name: words.pin.open, exact: true }).click()
}

/** Everything that lies in the browser's storage, as bytes of both ways to write Chinese. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const parts: Uint8Array[] = []
    const take = (value: unknown): void => {
      if (typeof value === 'string') parts.push(new TextEncoder().encode(value))
      else if (value instanceof ArrayBuffer) parts.push(new Uint8Array(value))
      else if (ArrayBuffer.isView(value)) parts.push(new Uint8Array(value.buffer))
      else if (value && typeof value === 'object')
        for (const entry of Object.entries(value)) for (const part of entry) take(part)
    }
    let records = 0
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const ask = indexedDB.open(name)
        ask.onsuccess = () => resolve(ask.result)
        ask.onerror = () => reject(ask.error ?? new Error())
      })
      for (const store of db.objectStoreNames) {
        const all = await new Promise<unknown[]>(resolve => {
          const ask = db.transaction(store).objectStore(store).getAll()
          ask.onsuccess = () => resolve(ask.result)
        })
        records += all.length
        for (const one of all) take(one)
      }
      db.close()
    }
    take({ ...localStorage })
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) {
        take(request.url)
        take(await (await caches.match(request))?.text())
      }
    const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return { records, utf8: new TextDecoder().decode(whole), utf16: new TextDecoder('utf-16le').decode(whole) }
  })

/** Files of the browser's profile that hold a text in the open. */
const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => {
    const path = join(folder, name)
    if (!statSync(path).isFile()) return false
    const bytes = readFileSync(path)
    return bytes.includes(Buffer.from(text)) || bytes.includes(Buffer.from(text, 'utf16le'))
  })

/** A photo that says where it was taken. */
async function photo(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    const ink = canvas.getContext('2d')
    for (let i = 0; ink && i < 600; i++) {
      ink.fillStyle = `hsl(${(i * 47) % 360} 60% 50%)`
      ink.fillRect((i * 131) % 3000, (i * 89) % 2000, 160, 120)
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? ''
  })
  const plainPhoto = Buffer.from(drawn, 'base64')
  const exif = Buffer.from('Exif\0\0GPS-canary-119.81E')
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([plainPhoto.subarray(0, 2), head, exif, plainPhoto.subarray(2)])
}

test('a knock on the door without a network', async ({ playwright, browser }, info) => {
  test.slow()
  const folder = await mkdtemp(join(tmpdir(), 'zhulian-phone-'))
  const { launchOptions } = info.project.use
  const phone = async (): Promise<BrowserContext> => {
    const opened = await playwright.chromium.launchPersistentContext(folder, {
      ...launchOptions,
      // A microphone that hums, and nobody who has to say yes.
      args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    })
    opened.setDefaultTimeout(10_000)
    return opened
  }
  const clerk = await new Staff(await playwright.request.newContext()).signIn('clerk-huyuan')
  const guide = await new Staff(await playwright.request.newContext()).signIn('guide-huyuan')
  const { household, task } = await familyWithTask(clerk, guide, canary)
  const faults: string[] = []
  const watch = (page: Page) => {
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy|Trusted|Permissions policy violation/i.test(message.text()))
        faults.push(message.text())
    })
  }

  let context = await phone()
  let page = context.pages()[0] ?? (await context.newPage())
  watch(page)

  await test.step('the guide sets a PIN, and today lies on the telephone', async () => {
    await signInGuide(page, plain, 'guide-huyuan')
    await accessible(page)
    await page.goto(`${district()}/#/guide/visits`)
    await expect(page.getByRole('heading', { level: 1, name: words.pin.setTitle })).toBeVisible()
    await accessible(page)
    await setPin(page)
    await expect(page.getByText(canary).first()).toBeVisible()
    await accessible(page)
    await reflows(page)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: words.pin.openTitle })).toBeVisible()
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  })

  await test.step('without a network the page opens, asks for the PIN and shows the day', async () => {
    await context.setOffline(true)
    const began = performance.now()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: words.pin.openTitle })).toBeVisible()
    const asked = performance.now()
    await enterPin(page)
    await expect(page.getByText(canary).first()).toBeVisible()
    const opened = performance.now()
    console.log(
      `offline start: PIN asked after ${Math.round(asked - began)} ms, day shown ${Math.round(opened - asked)} ms after the PIN`,
    )
    expect(asked - began).toBeLessThan(2000)
  })

  await test.step('she fills the sheet in, with photo, signature and a spoken note', async () => {
    await page.getByText(canary).first().click()
    await expect(page.getByRole('heading', { level: 1, name: canary })).toBeVisible()
    await page.getByRole('radio', { name: '没工作，能干活' }).check()
    await page
      .getByLabel(/工资|每月/)
      .first()
      .fill('1500')
    await page
      .getByRole('group', { name: words.visit.result })
      .getByRole('radio', { name: '属实', exact: true })
      .check()
    await page.getByRole('group', { name: words.visit.risk }).getByRole('radio', { name: '有风险，要跟进' }).check()
    await page.getByLabel(words.visit.note).fill(noteCanary)
    await page
      .getByLabel(words.visit.photo, { exact: true })
      .and(page.locator('input'))
      .setInputFiles({
        name: 'door.jpg',
        mimeType: 'image/jpeg',
        buffer: await photo(page),
      })
    await expect(page.getByText(words.visit.files.photo).first()).toBeVisible()
    await page.getByRole('button', { name: words.visit.sign, exact: true }).click()
    const pad = page.locator('canvas')
    // The pad moves down while the photo above it is still being drawn.
    await expect(async () => {
      await pad.scrollIntoViewIfNeeded()
      const box = await pad.boundingBox()
      if (!box) throw new Error('no pad')
      await page.mouse.move(box.x + 30, box.y + 30)
      await page.mouse.down()
      await page.mouse.move(box.x + 180, box.y + 80, { steps: 5 })
      await page.mouse.up()
      await expect(page.getByRole('button', { name: words.visit.signKeep })).toBeEnabled({ timeout: 1000 })
    }).toPass()
    await page.getByRole('button', { name: words.visit.signKeep }).click()
    await expect(page.getByText(words.visit.files.signature).first()).toBeVisible()
    await page.getByRole('button', { name: words.visit.voice, exact: true }).click()
    await page.getByRole('button', { name: words.visit.voiceStop }).click({ delay: 700 })
    await expect(page.getByRole('button', { name: `${words.visit.drop}: ${words.visit.files.voice}` })).toBeVisible()
    await accessible(page)
    await reflows(page)
  })

  await test.step('nothing of the family lies in the open', async () => {
    const { records, utf8, utf16 } = await stored(page)
    expect(records).toBeGreaterThan(3)
    for (const text of [canary, noteCanary, 'GPS-canary', '辍学']) {
      expect(utf8.includes(text)).toBe(false)
      expect(utf16.includes(text)).toBe(false)
    }
  })

  await test.step('the telephone dies; meanwhile a colleague writes another wage', async () => {
    await context.close()
    expect(filesWith(folder, canary)).toEqual([])
    expect(filesWith(folder, noteCanary)).toEqual([])
    const office = await browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 390, height: 844 },
    })
    const colleague = await office.newPage()
    watch(colleague)
    await signInGuide(colleague, plain, 'clerk-huyuan')
    await setPin(colleague)
    await colleague
      .getByRole('button', { name: new RegExp(`^${words.together}: 金`) })
      .first()
      .click()
    await colleague.getByRole('link', { name: new RegExp(canary) }).click()
    await colleague
      .getByLabel(/工资|每月/)
      .first()
      .fill('3900')
    await colleague
      .getByRole('button', { name: words.visit.back })
      .or(colleague.getByRole('button', { name: /返回|Back/ }))
      .first()
      .click()
    await colleague.getByRole('button', { name: words.sendNow }).click()
    await expect(colleague.getByRole('link', { name: words.outbox(0) })).toBeVisible()
    await office.close()
  })

  await test.step('it comes back without a network: what she wrote is there', async () => {
    context = await phone()
    page = context.pages()[0] ?? (await context.newPage())
    await context.setOffline(true)
    watch(page)
    await page.goto(`${district()}/#/guide/visits`)
    await enterPin(page, '999999')
    await expect(page.getByText(words.pin.wrong(4))).toBeVisible()
    await enterPin(page)
    await page.getByText(canary).first().click()
    await expect(page.getByLabel(words.visit.note)).toHaveValue(noteCanary)
    await expect(page.getByLabel(/工资|每月/).first()).toHaveValue('1500')
    await page.getByRole('button', { name: words.visit.handOffline }).click()
    await expect(page.getByText(words.visit.handed)).toBeVisible()
    await page.goto(`${district()}/#/guide/outbox`)
    await expect(page.getByText(words.box.states.waiting).first()).toBeVisible()
    await accessible(page)
    await info.attach('outbox', { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' })
  })

  await test.step('back in the village hall one conflict is left, and is settled field by field', async () => {
    await context.setOffline(false)
    await page.getByRole('button', { name: words.sendNow }).click()
    await expect(page.getByText(words.box.states.conflict).first()).toBeVisible()
    await page.getByRole('link', { name: words.box.settle }).first().click()
    const sides = page.getByRole('group', { name: new RegExp(words.visit.conflict) })
    await expect(sides.getByRole('button')).toHaveCount(2)
    await expect(sides.getByRole('button', { name: new RegExp(`${words.visit.mine}.*1500`) })).toBeVisible()
    await accessible(page)
    await info.attach('conflict', { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' })
    await sides.getByRole('button', { name: /3900/ }).click()
    await page.goto(`${district()}/#/guide/outbox`)
    await page.getByRole('button', { name: words.sendNow }).click()
    await expect(page.getByRole('heading', { level: 1, name: words.box.headline(0) })).toBeVisible()
  })

  await test.step('the office has the visit: the fact verified, the finding, the pictures without their place', async () => {
    const whole = await clerk.get(`/api/tasks/${task}`)
    expect(whole['state']).toBe('done')
    const [visit] = whole['visits'] as {
      fields: { field: string; values: { said: { zh: string } }[] }[]
      attachments: { id: string; kind: string }[]
    }[]
    const said = (name: RegExp) => visit?.fields.find(f => name.test(f.field))?.values.map(v => v.said.zh)
    expect(said(/wageMonthly/)).toEqual(['3900'])
    expect(said(/note/)).toEqual([noteCanary])
    expect(visit?.attachments.map(a => a.kind).toSorted()).toEqual(['photo', 'signature', 'voice'])
  })

  const office = await browser.newContext({ ...desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const clerkPage = await office.newPage()
  await test.step('the clerk reads it at the desk, the photo too', async () => {
    clerkPage.setDefaultTimeout(10_000)
    watch(clerkPage)
    await signInDesk(clerkPage, plain, 'clerk-huyuan', `/console/registry/${household}`)
    const card = clerkPage.getByRole('region', { name: deskWords.visits.title })
    await card.locator('summary').first().click()
    await expect(card.getByText(noteCanary)).toBeVisible()
    await card.getByRole('button', { name: deskWords.visits.open.photo }).click()
    await expect(card.getByRole('img', { name: deskWords.visits.kinds.photo })).toBeVisible()
    await accessible(clerkPage)
    // Asked for by hand, with the duty that the next visit is a piece of.
    await card.getByRole('button', { name: deskWords.visits.ask }).click()
    const asking = clerkPage.getByRole('dialog')
    await asking.getByLabel(deskWords.visits.duty).selectOption({ label: '资源链接' })
    await asking.getByLabel(deskWords.visits.why).fill('看看女儿的学费有没有着落')
    await asking.getByRole('button', { name: deskWords.visits.send, exact: true }).click()
    await expect(card.getByText('资源链接')).toBeVisible()
    await info.attach('desk', { body: await card.screenshot(), contentType: 'image/png' })
  })

  await test.step('she lets the guide see the daughter’s record, and writes down what only the two of them read', async () => {
    const children = clerkPage.getByRole('region', { name: deskWords.minors.title })
    await children.getByRole('button', { name: deskWords.minors.grant, exact: true }).click()
    const form = clerkPage.getByRole('dialog')
    await form.getByLabel(deskWords.minors.who).selectOption({ label: guideName })
    await form.getByLabel(deskWords.minors.why).fill('女儿想辍学，每周去看')
    await form.getByRole('button', { name: deskWords.minors.grant, exact: true }).click()
    await expect(children.getByRole('button', { name: `${deskWords.minors.end}: ${guideName}` })).toBeVisible()
    const notes = clerkPage.getByRole('region', { name: deskWords.notes.title })
    await notes.getByRole('button', { name: deskWords.notes.write }).click()
    await form.getByLabel(deskWords.notes.what).fill('别在村里说')
    await form.getByRole('checkbox', { name: new RegExp(guideName) }).check()
    await form.getByRole('button', { name: deskWords.notes.save }).click()
    await expect(notes.getByText(deskWords.notes.seenBy([guideName]))).toBeVisible()
    const read = async (who: Staff) =>
      (await who.get(`/api/households/${household}/protected-notes`))['items'] as { text: string }[]
    expect((await read(guide)).map(n => n.text)).toEqual(['别在村里说'])
    const family = (await guide.get(`/api/households/${household}`))['members'] as { closed: boolean }[]
    expect(family.map(m => m.closed)).toEqual([false, false])
  })

  await test.step('somebody comes in: one press, and there is a page about something else', async () => {
    await page.goto(`${district()}/#/guide/visits`)
    await page.getByRole('button', { name: words.leaveName }).click()
    await expect(page.getByRole('heading', { level: 1, name: '垃圾分类' })).toBeVisible()
    await page.goBack().catch(() => null)
    await expect(page.getByText(canary)).toHaveCount(0)
  })

  await test.step('the telephone is lost: the office revokes it, and at its next contact nothing is left', async () => {
    await clerkPage.goto(`${district()}/console/phones`)
    await clerkPage
      .getByRole('button', { name: new RegExp(`^${phoneWords.stop}: .*${guideName}`) })
      .first()
      .click()
    await clerkPage.getByRole('dialog').getByRole('button', { name: phoneWords.stop, exact: true }).click()
    await expect(clerkPage.getByText(phoneWords.doneLost(guideName))).toBeVisible()
    await office.close()
    await page.goto(`${district()}/#/guide/visits`)
    await enterPin(page)
    await expect(page.getByText(words.pin.why.revoked)).toBeVisible()
    expect((await stored(page)).records).toBe(0)
  })

  expect(faults).toEqual([])
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a day of thirty visits goes out over a slow line', async ({ page, playwright }) => {
  test.slow()
  const clerk = await new Staff(await playwright.request.newContext()).signIn('clerk')
  const guide = await new Staff(await playwright.request.newContext()).signIn('guide')
  const names = Array.from({ length: 30 }, (_, n) => `慢线${String(n).padStart(2, '0')}家`)
  while (names.length > 0)
    await Promise.all(names.splice(0, 6).map(name => familyWithTask(clerk, guide, name, '330111109203')))
  await readIn(page, plain)
  await signInGuide(page, plain, 'guide')
  await setPin(page)
  const rows = page.getByRole('link', { name: /慢线/ })
  await expect(rows).toHaveCount(30)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await enterPin(page)
  await expect(rows).toHaveCount(30)
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  const none = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await line.send('Network.emulateNetworkConditions', none)
  for (let n = 0; n < 30; n++) {
    await rows.nth(n).click()
    await page.getByRole('radio', { name: '没工作，能干活' }).check()
    await page
      .getByLabel(/工资|每月/)
      .first()
      .fill(String(1000 + n))
    await page
      .getByRole('group', { name: words.visit.result })
      .getByRole('radio', { name: '属实', exact: true })
      .check()
    await page.getByRole('group', { name: words.visit.risk }).getByRole('radio', { name: '没有新的风险' }).check()
    await page.getByLabel(words.visit.note).fill(`第${n}户：家里人都在，收入少了，想找活干。`)
    await page.getByRole('button', { name: words.visit.handOffline }).click()
    await page.goto(`${district()}/#/guide/visits`)
  }
  // As in a valley: half a second there and back, 40 kB/s down, 20 kB/s up.
  const slow = { offline: false, latency: 500, downloadThroughput: 40_000, uploadThroughput: 20_000 }
  const began = performance.now()
  await line.send('Network.emulateNetworkConditions', slow)
  await page.getByRole('button', { name: words.sendNow }).click()
  // An expectation looks once a second by then, and would round the time up.
  await page.getByRole('link', { name: words.outbox(0) }).waitFor({ timeout: 60_000 })
  const took = performance.now() - began
  console.log(`thirty visits over a slow line: ${Math.round(took)} ms`)
  await expect(rows).toHaveCount(0)
  expect(took).toBeLessThan(6_000)
})

test('five wrong PINs, or a revoked telephone, leave nothing (大字)', async ({ page, playwright }) => {
  const clerk = await new Staff(await playwright.request.newContext()).signIn('clerk-huyuan')
  const guide = await new Staff(await playwright.request.newContext()).signIn('guide-huyuan')
  await familyWithTask(clerk, guide, '金丝雀二家')
  await readIn(page, large)
  await signInGuide(page, large, 'guide-huyuan')
  await setPin(page)
  await expect(page.getByText('金丝雀二家').first()).toBeVisible()
  await fitForElders(page)
  await page.getByText('金丝雀二家').first().click()
  await fitForElders(page)
  await accessible(page)
  await page.goto(`${district()}/#/guide/visits`)
  await page.getByRole('button', { name: words.lock }).click()
  for (let left = 4; left > 0; left--) {
    await enterPin(page, '100200')
    await expect(page.getByText(words.pin.wrong(left))).toBeVisible()
  }
  await enterPin(page, '100200')
  await expect(page.getByText(words.pin.why.tries)).toBeVisible()
  expect((await stored(page)).records).toBe(0)

  await setPin(page)
  await page.getByText(words.phones).click()
  await page.getByRole('button', { name: words.revoke }).first().click()
  await page.getByRole('button', { name: words.revoke }).first().click()
  await expect(page.getByText(words.pin.why.revoked)).toBeVisible()
  expect((await stored(page)).records).toBe(0)
})

test('a day without the office leaves nothing, whether the page stood locked or open; an alarm without a network is not said to have arrived', async ({
  page,
  playwright,
}) => {
  const clerk = await new Staff(await playwright.request.newContext()).signIn('clerk-huyuan')
  const guide = await new Staff(await playwright.request.newContext()).signIn('guide-huyuan')
  await familyWithTask(clerk, guide, '金丝雀三家')
  await page.clock.install()
  await readIn(page, plain)
  await signInGuide(page, plain, 'guide-huyuan')
  await setPin(page)
  await page.getByRole('button', { name: words.lock }).click()
  await expect(page.getByRole('heading', { level: 1, name: words.pin.openTitle })).toBeVisible()
  await page.clock.setSystemTime(Date.now() + 25 * 3_600_000)
  await enterPin(page)
  await expect(page.getByText(words.pin.why.expired)).toBeVisible()
  expect((await stored(page)).records).toBe(0)

  await setPin(page)
  // The day is on the telephone before there is no network.
  await expect(page.getByText('金丝雀三家').first()).toBeVisible()
  await page.context().setOffline(true)
  await page.getByText('金丝雀三家').first().click()
  await page.getByRole('button', { name: words.visit.sos }).click()
  await page.getByRole('radio', { name: words.visit.sosKinds.violence }).check()
  await page.getByRole('button', { name: words.visit.sosSend }).click()
  await expect(page.getByText(words.visit.sosWaits)).toBeVisible()
  await expect(page.getByText(words.visit.sosSent)).toHaveCount(0)
  await page.context().setOffline(false)
  await page.clock.fastForward(25_000)
  await expect(page.getByText(words.visit.sosSent)).toBeVisible()

  // What has not arrived is not thrown away by signing out without a word.
  await page.route('**/api/sync', route => route.abort())
  await page.getByLabel(words.visit.note).fill('还没发')
  await page.goto(`${district()}/#/guide`)
  await page.getByRole('button', { name: guideWords.today.signOut, exact: true }).click()
  await expect(page.getByText(words.signOut.unsent(1))).toBeVisible()
  await page.getByRole('button', { name: guideWords.today.stay }).click()
  await page.goto(`${district()}/#/guide/visits`)
  await expect(page.getByText(words.outbox(1))).toBeVisible()

  await page.context().setOffline(true)
  await page.clock.fastForward('25:00:00')
  await expect(page.getByText('金丝雀三家')).toHaveCount(0)
  await expect.poll(async () => (await stored(page)).records).toBe(0)
})
