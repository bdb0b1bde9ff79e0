import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { createDemoAccounts, createFirstAdmin } from './index.ts'

let house: House
let admin: Client
beforeAll(async () => {
  house = await openHouse()
  admin = house.as('admin', { name: '王管理' })
})
afterAll(() => house.close())
beforeEach(async () => {
  house.at('2021-09-26T09:00:00+08:00')
  await house.sql('delete from identity.door_failure')
})

const password = '春天的江水一路向东流'
let count = 0

/** A new guide who has chosen a password. */
async function person(grants: unknown[] = [{ role: 'guide', scope: '330111109203' }]) {
  const signInName = `person${++count}`
  const made = await admin.post('POST /accounts', { body: { name: '徐导服', signInName, grants } })
  expect(made.problem).toBeUndefined()
  const browser = house.nobody()
  const set = await browser.post('POST /session/set-up', {
    body: { signInName, setUpCode: made.body.setUpCode, password },
  })
  expect(set.problem).toBeUndefined()
  return { signInName, id: made.body.id, grants: made.body.grants, setUpCode: made.body.setUpCode, browser }
}

const signIn = (signInName: string, given = password, browser = house.nobody()) =>
  browser.post('POST /session', { body: { signInName, password: given } })

describe('coming in', () => {
  test('a person chooses a password with the code, and the code is good once', async () => {
    const { signInName, setUpCode, browser } = await person()
    expect((await browser.get('GET /session')).body).toMatchObject({
      signedIn: true,
      account: { name: '徐导服', kind: 'staff' },
      acting: { role: 'guide', scope: '330111109203' },
    })
    const again = await house
      .nobody()
      .post('POST /session/set-up', { body: { signInName, setUpCode, password: '另外一个很长的密码呀呀' } })
    expect(again.problem?.code).toBe('identity.wrongSetUpCode')
  })

  test('a code is out of date after a week', async () => {
    const made = await admin.post('POST /accounts', {
      body: { name: '徐导服', signInName: 'late', grants: [{ role: 'guide', scope: '330111109' }] },
    })
    house.at('2021-10-03T09:00:01+08:00')
    const late = await house
      .nobody()
      .post('POST /session/set-up', { body: { signInName: 'late', setUpCode: made.body.setUpCode, password } })
    expect(late.problem?.code).toBe('identity.wrongSetUpCode')
  })

  test('the name may be typed in any case and width', async () => {
    const { signInName } = await person()
    expect((await signIn(` ${signInName.toUpperCase()} `)).status).toBe(200)
    expect((await signIn(signInName.replace('p', 'ｐ'))).status).toBe(200)
  })

  test('the cookie cannot be read by scripts, and only the hash of the token is kept', async () => {
    const { signInName } = await person()
    const browser = house.nobody()
    const answer = await signIn(signInName, password, browser)
    expect(answer.headers.get('set-cookie')).toMatch(/^zhulian=[\w-]{43}; Expires=.*; Path=\/; HttpOnly; SameSite=Lax$/)
    const token = (await browser.token()) ?? ''
    const [found] = await house.sql<{ n: number }>(
      `select count(*)::int as n from identity.session where encode(token_hash, 'escape') like $1 or token_hash = $2`,
      [`%${token}%`, Buffer.from(token)],
    )
    expect(found?.n).toBe(0)
  })

  test('signing in again at the same browser ends the session that was there', async () => {
    const { signInName } = await person()
    const browser = house.nobody()
    await signIn(signInName, password, browser)
    const before = (await browser.token()) ?? ''
    await signIn(signInName, password, browser)
    expect(await browser.token()).not.toBe(before)
    const old = await fetch(`${house.url}/api/sessions`, { headers: { cookie: `zhulian=${before}` } })
    expect(old.status).toBe(401)
  })

  test('a password that is easy to guess is refused', async () => {
    const made = await admin.post('POST /accounts', {
      body: { name: '徐导服', signInName: 'easyguide', grants: [{ role: 'guide', scope: '330111109' }] },
    })
    for (const easy of [
      'password123456',
      'easyguide2021',
      '1234567890',
      'Qwertyuiop!!',
      'zhulian@2021',
      'aaaaaaaaaaaa',
      '富阳民政20210926',
    ]) {
      const answer = await house.nobody().post('POST /session/set-up', {
        body: { signInName: 'easyguide', setUpCode: made.body.setUpCode, password: easy },
      })
      expect(answer.problem?.code, easy).toBe('identity.commonPassword')
    }
  })
})

describe('the door', () => {
  test('says the same for a wrong password, an unknown name and a locked account', async () => {
    const { signInName } = await person()
    const wrong = await signIn(signInName, 'not the password')
    const unknown = await signIn('nobody-of-that-name', 'not the password')
    const same = (text: string) => text.replace(/"requestId":"\w+"/, '')
    expect(same(unknown.text)).toBe(same(wrong.text))
    expect(wrong.status).toBe(401)
    for (let i = 0; i < 4; i++) await signIn(signInName, 'not the password')
    const locked = await signIn(signInName)
    expect(locked.problem?.code).toBe(wrong.problem?.code)
  })

  test('opens again after the wait, which grows to fifteen minutes', async () => {
    const { signInName } = await person()
    for (let i = 0; i < 5; i++) await signIn(signInName, 'not the password')
    house.later(29_000)
    expect((await signIn(signInName)).status).toBe(401)
    house.later(2_000)
    expect((await signIn(signInName)).status).toBe(200)
    for (let i = 0; i < 12; i++) {
      await signIn(signInName, 'not the password')
      house.later(15 * 60_000)
    }
    await signIn(signInName, 'not the password')
    house.later(14 * 60_000)
    expect((await signIn(signInName)).status).toBe(401)
    house.later(61_000)
    expect((await signIn(signInName)).status).toBe(200)
  })

  test('keeps the count although the request was refused, and the trail names whose account it was', async () => {
    house.at('2021-12-01T09:00:00+08:00')
    const { signInName, id } = await person()
    await signIn(signInName, 'not the password')
    const [row] = await house.sql('select failures from identity.credential where account_id = $1', [id])
    expect(row).toEqual({ failures: 1 })
    expect(await house.trail(1)).toMatchObject([
      {
        action: 'identity.signIn',
        outcome: 'refused',
        refusal: 'identity.cannotSignIn',
        subject_id: id,
        role: 'nobody',
      },
    ])
  })

  test('takes as long for an unknown name as for a known one', async () => {
    const { signInName } = await person()
    const once = async (name: string) => {
      const start = performance.now()
      await signIn(name, 'not the password')
      return performance.now() - start
    }
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    // The fastest of a few each, taken in turn: other work on the machine slows both alike.
    for (let i = 0; i < 4; i++) {
      known = Math.min(known, await once(signInName))
      unknown = Math.min(unknown, await once('nobody-of-that-name'))
    }
    // Without the work for unknown names they would answer ten times as fast.
    expect(Math.min(known, unknown)).toBeGreaterThan(0.25 * Math.max(known, unknown))
  })

  test('locks an address that guesses names', async () => {
    const { signInName } = await person()
    await Promise.all(Array.from({ length: 100 }, (_, i) => signIn(`guess${i}`, 'not the password')))
    expect((await signIn(signInName)).status).toBe(401)
    const [row] = await house.sql<{ failures: number }>('select failures from identity.door_failure')
    expect(row?.failures).toBe(100)
    await house.sql('delete from identity.door_failure')
    expect((await signIn(signInName)).status).toBe(200)
  })
})

describe('a session', () => {
  test('of staff ends after half an hour without use, and after twelve hours in any case', async () => {
    const { signInName } = await person()
    const idle = house.nobody()
    await signIn(signInName, password, idle)
    house.later(29 * 60_000)
    expect((await idle.get('GET /sessions')).status).toBe(200)
    house.later(29 * 60_000)
    expect((await idle.get('GET /sessions')).status).toBe(200)
    house.later(31 * 60_000)
    expect((await idle.get('GET /sessions')).problem?.code).toBe('request.notSignedIn')

    const busy = house.nobody()
    await signIn(signInName, password, busy)
    for (let i = 0; i < 35; i++) {
      house.later(20 * 60_000)
      expect((await busy.get('GET /sessions')).status).toBe(200)
    }
    house.later(21 * 60_000)
    expect((await busy.get('GET /sessions')).status).toBe(401)
  })

  test("of a resident lasts for months, and remembers the village's code", async () => {
    const phone = house.nobody()
    const begun = await phone.post('POST /visitors', { body: { village: '330111109203' } })
    expect(begun.body).toMatchObject({
      signedIn: true,
      account: { kind: 'resident' },
      acting: { role: 'resident', scope: null },
    })
    house.later(170 * 86_400_000)
    expect((await phone.get('GET /sessions')).status).toBe(200)
    house.later(181 * 86_400_000)
    expect((await phone.get('GET /sessions')).status).toBe(401)
  })

  test('is over at the next request when the grant ends', async () => {
    const { browser, id, grants } = await person([
      { role: 'guide', scope: '330111109203' },
      { role: 'townshipClerk', scope: '330111109' },
    ])
    const clerk = grants.find(g => g.role === 'townshipClerk')
    const guide = grants.find(g => g.role === 'guide')
    expect((await browser.put('PUT /session/grant', { body: { grantId: guide?.id } })).body.acting?.role).toBe('guide')
    const ended = await admin.post('POST /accounts/:accountId/grants/:grantId/end', {
      params: { accountId: id, grantId: guide?.id ?? '' },
    })
    expect(ended.status).toBe(200)
    expect((await browser.get('GET /sessions')).status).toBe(401)
    const back = house.nobody()
    const again = await signIn(`person${count}`, password, back)
    expect(again.body.acting?.id).toBe(clerk?.id)
  })

  test('that begins to act in another place hears nothing more of the former one', async () => {
    const { browser, grants } = await person([
      { role: 'guide', scope: '330111109203' },
      { role: 'guide', scope: '330111109205' },
    ])
    const [here, there] = ['330111109203', '330111109205'].map(scope => grants.find(g => g.scope === scope)?.id)
    await browser.put('PUT /session/grant', { body: { grantId: here } })
    const live = await browser.live()
    await browser.put('PUT /session/grant', { body: { grantId: there } })
    await live.ended
  })

  test('is over at the next request when the account ends, and its open live stream closes', async () => {
    const { browser, id } = await person()
    const live = await browser.live()
    await admin.post('POST /accounts/:accountId/end', { params: { accountId: id } })
    expect((await browser.get('GET /sessions')).status).toBe(401)
    await live.ended
    expect((await signIn(`person${count}`)).problem?.code).toBe('identity.cannotSignIn')
  })

  test('is over when the grant runs out', async () => {
    const { browser } = await person([{ role: 'guide', scope: '330111109', until: '2021-09-26T02:00:00Z' }])
    expect((await browser.get('GET /sessions')).status).toBe(200)
    house.at('2021-09-26T10:00:00+08:00')
    house.later(-40 * 60_000)
    await browser.get('GET /sessions')
    house.at('2021-09-26T10:00:00+08:00')
    expect((await browser.get('GET /sessions')).status).toBe(401)
  })

  test('can be listed and ended from another browser of the same person, and of nobody else', async () => {
    const { signInName, browser } = await person()
    house.later(1000)
    const other = house.nobody()
    await signIn(signInName, password, other)
    const { items } = (await other.get('GET /sessions')).body
    expect(items.map(s => s.current)).toEqual([true, false])
    const mine = items[1]?.id ?? ''
    const stranger = house.as('guide')
    expect((await stranger.delete('DELETE /sessions/:sessionId', { params: { sessionId: mine } })).problem?.code).toBe(
      'request.notFound',
    )
    expect((await other.delete('DELETE /sessions/:sessionId', { params: { sessionId: mine } })).status).toBe(200)
    expect((await browser.get('GET /sessions')).status).toBe(401)
    expect((await other.get('GET /sessions')).status).toBe(200)
  })

  test('signing out ends it and asks the browser to forget', async () => {
    const { browser } = await person()
    const token = await browser.token()
    const out = await browser.delete('DELETE /session')
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(out.headers.get('set-cookie')).toContain('zhulian=; Max-Age=0')
    const old = await fetch(`${house.url}/api/sessions`, { headers: { cookie: `zhulian=${token}` } })
    expect(old.status).toBe(401)
    expect((await browser.get('GET /session')).body).toMatchObject({ signedIn: false, account: null, csrf: null })
  })

  test('keeps the number residents may call, as people write it, until it is taken away', async () => {
    const guide = house.as('guide', { name: '徐小英', scope: '330111109204' })
    const set = (phone: string) => guide.put('PUT /session/phone', { body: { phone } })
    expect((await set('+86 138 0000-0000')).body.account?.workPhone).toBe('13800000000')
    expect((await set('123')).problem?.code).toBe('identity.phoneNotFitting')
    const rows = await house.sql<{ sealed: Buffer }>(
      'select sealed_work_phone as sealed from identity.account where sealed_work_phone is not null',
    )
    expect(rows.some(row => row.sealed.includes('13800000000'))).toBe(false)
    expect((await guide.get('GET /session')).body.account?.workPhone).toBe('13800000000')
    await house.sql(`update identity.account set sealed_work_phone = '\\x00' where id = $1`, [await guide.account()])
    expect((await guide.get('GET /session')).body).toMatchObject({ signedIn: true, account: { workPhone: null } })
    expect((await set(' ')).body.account?.workPhone).toBeNull()
    expect((await house.as('resident').put('PUT /session/phone', { body: { phone: '' } })).status).toBe(403)
  })

  test('keeps the chosen language, also for refusals', async () => {
    const { browser } = await person()
    await browser.put('PUT /session/language', { body: { language: 'en' } })
    const refused = await browser.get('GET /accounts')
    expect(refused.problem?.detail).toMatch(/^The role you act in may not do this/)
    await browser.put('PUT /session/language', { body: { language: 'zh' } })
    expect((await browser.get('GET /accounts')).problem?.detail).toMatch(/^您当前的身份/)
  })
})

describe('a fresh proof', () => {
  test('is asked for before rights are changed, lasts five minutes, and renews the token', async () => {
    const other = house.as('admin', { proved: false })
    const create = () =>
      other.post('POST /accounts', {
        body: { name: '陈', signInName: `p${++count}`, grants: [{ role: 'auditor', scope: '330111' }] },
      })
    expect((await create()).problem?.code).toBe('request.proofNeeded')

    const boss = await person([{ role: 'admin', scope: '330111' }])
    house.later(6 * 60_000)
    const asBoss = () =>
      boss.browser.post('POST /accounts', {
        body: { name: '陈', signInName: `p${++count}`, grants: [{ role: 'auditor', scope: '330111' }] },
      })
    expect((await asBoss()).problem?.code).toBe('request.proofNeeded')
    expect(
      (await boss.browser.post('POST /session/proof', { body: { password: 'not the password' } })).problem?.code,
    ).toBe('identity.wrongPassword')
    const before = await boss.browser.token()
    expect((await boss.browser.post('POST /session/proof', { body: { password } })).status).toBe(200)
    expect(await boss.browser.token()).not.toBe(before)
    expect((await asBoss()).status).toBe(200)
    house.later(5 * 60_000 + 1)
    expect((await asBoss()).problem?.code).toBe('request.proofNeeded')
  })

  test('five wrong passwords lock the proof as they lock the door', async () => {
    const { browser } = await person()
    for (let i = 0; i < 5; i++) await browser.post('POST /session/proof', { body: { password: 'not the password' } })
    expect((await browser.post('POST /session/proof', { body: { password } })).problem?.code).toBe(
      'identity.wrongPassword',
    )
  })

  test('changing the password ends the other sessions', async () => {
    const { signInName, browser } = await person()
    const other = house.nobody()
    await signIn(signInName, password, other)
    const next = '秋天的落叶铺满了小路'
    const changed = await browser.put('PUT /session/password', { body: { current: password, next } })
    expect(changed.problem).toBeUndefined()
    expect((await other.get('GET /sessions')).status).toBe(401)
    expect((await browser.get('GET /sessions')).status).toBe(200)
    expect((await signIn(signInName)).status).toBe(401)
    expect((await signIn(signInName, next)).status).toBe(200)
  })
})

describe('the administrator', () => {
  test('lists accounts of staff page by page, residents not among them', async () => {
    await house.nobody().post('POST /visitors', { body: {} })
    const seen: string[] = []
    let after: string | null | undefined
    do {
      const page: { items: readonly { id: string }[]; next: string | null } = (
        await admin.get('GET /accounts', { query: { limit: 7, ...(after ? { after } : {}) } })
      ).body
      seen.push(...page.items.map(account => account.id))
      after = page.next
    } while (after)
    const staff = await house.sql<{ id: string }>(
      `select id from identity.account where kind = 'staff' order by id desc`,
    )
    expect(seen).toEqual(staff.map(row => row.id))
  })

  test('may not change their own rights, nor end the last administrator', async () => {
    const own = await admin.account()
    const refused = await admin.post('POST /accounts/:accountId/grants', {
      params: { accountId: own },
      body: { role: 'auditor', scope: '330111' },
    })
    expect(refused.problem?.code).toBe('identity.notYourself')
  })

  test.each([
    [{ role: 'guide', scope: '330111' }],
    [{ role: 'townshipClerk', scope: '330111109203' }],
    [{ role: 'provider', scope: '330111' }],
    [{ role: 'districtOfficer' }],
    [{ role: 'guide', scope: '330106001001' }],
  ])('may not grant a role in the wrong place: %j', async grant => {
    const answer = await admin.post('POST /accounts', {
      body: { name: '陈', signInName: `q${++count}`, grants: [grant] },
    })
    expect(answer.problem?.code).toBe('identity.misplacedGrant')
  })

  test('and the only other one do not end each other at the same moment', async () => {
    const fresh = await openHouse()
    try {
      const both = [fresh.as('admin'), fresh.as('admin')] as const
      const ids = await Promise.all(both.map(one => one.account()))
      const bothHeld = fresh.sql(`do $$ begin
        perform from identity.role_grant where account_id in ('${ids.join("','")}') for update;
        perform pg_advisory_xact_lock(4711);
        for i in 1..1000 loop
          exit when 2 = (select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock');
          perform pg_sleep(0.01);
          perform pg_stat_clear_snapshot();
        end loop;
      end $$`)
      // Both rows are held before anybody asks: else one is through before the other began.
      const isHeld = `select from pg_locks where locktype = 'advisory' and objid = 4711
        and database = (select oid from pg_database where datname = current_database())`
      while ((await fresh.sql(isHeld)).length === 0) await new Promise(done => setTimeout(done, 5))
      const ends = both.map((one, i) =>
        one.post('POST /accounts/:accountId/end', { params: { accountId: ids[1 - i] ?? '' } }),
      )
      await bothHeld
      const answers = await Promise.all(ends)
      expect(answers.map(a => a.problem?.code ?? a.status).sort()).toEqual([200, 'identity.lastAdmin'])
    } finally {
      await fresh.close()
    }
  })

  test('grants for a year at most', async () => {
    const answer = await admin.post('POST /accounts', {
      body: {
        name: '陈',
        signInName: 'forever',
        grants: [{ role: 'guide', scope: '330111109', until: '2023-01-01T00:00:00Z' }],
      },
    })
    expect(answer.problem?.code).toBe('identity.tooLong')
  })

  test('is told when a sign-in name is taken, and nothing of the account is left', async () => {
    const { signInName } = await person()
    const [before] = await house.sql<{ n: number }>('select count(*)::int as n from identity.account')
    const again = await admin.post('POST /accounts', {
      body: { name: '陈', signInName, grants: [{ role: 'guide', scope: '330111109' }] },
    })
    expect(again.problem?.code).toBe('identity.nameTaken')
    expect((await house.sql('select count(*)::int as n from identity.account'))[0]).toEqual(before)
  })

  test('gives a new code, which voids the password and ends the sessions', async () => {
    const { id, signInName, browser } = await person()
    const code = await admin.post('POST /accounts/:accountId/set-up-code', { params: { accountId: id } })
    expect(code.body.setUpCode).toMatch(/^[2-9A-Z-]{19}$/)
    expect((await browser.get('GET /sessions')).status).toBe(401)
    expect((await signIn(signInName)).status).toBe(401)
    const set = await house.nobody().post('POST /session/set-up', {
      body: { signInName, setUpCode: code.body.setUpCode.toLowerCase().replaceAll('-', ' '), password },
    })
    expect(set.status).toBe(200)
  })

  test('ends all sessions of an account', async () => {
    const { id, browser } = await person()
    expect(
      (await admin.get('GET /accounts/:accountId/sessions', { params: { accountId: id } })).body.items,
    ).toHaveLength(1)
    await admin.post('POST /accounts/:accountId/sessions/end', { params: { accountId: id } })
    expect((await browser.get('GET /sessions')).status).toBe(401)
  })
})

describe('a new installation', () => {
  test('has nobody who can sign in until the first administrator is made, and makes only one so', async () => {
    const empty = await openHouse()
    try {
      const [accounts] = await empty.sql('select count(*)::int as n from identity.account')
      expect(accounts).toEqual({ n: 0 })
      const { setUpCode } = await empty.inside(ctx => createFirstAdmin(ctx, { name: '王管理', signInName: 'wang' }))
      const browser = empty.nobody()
      const set = await browser.post('POST /session/set-up', { body: { signInName: 'wang', setUpCode, password } })
      expect(set.body.acting?.role).toBe('admin')
      await expect(empty.inside(ctx => createFirstAdmin(ctx, { name: '李', signInName: 'li' }))).rejects.toThrow(
        'identity.alreadySetUp',
      )
      const own = set.body.account?.id ?? ''
      expect((await browser.post('POST /accounts/:accountId/end', { params: { accountId: own } })).problem?.code).toBe(
        'identity.notYourself',
      )
    } finally {
      await empty.close()
    }
  })

  test('for trial gets 750 guides in a moment, and again changes nothing', async () => {
    const guides = Array.from({ length: 750 }, (_, i) => ({
      name: `导服${i}`,
      signInName: `demo-guide-${i}`,
      role: 'guide' as const,
      scope: `330111109${String(200 + (i % 30)).padStart(3, '0')}` as never,
    }))
    const start = performance.now()
    const first = await house.inside(ctx => createDemoAccounts(ctx, guides, 'zhulian-demo'))
    // A password reckoned for each of them takes over half a minute.
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(await house.inside(ctx => createDemoAccounts(ctx, guides, 'zhulian-demo'))).toEqual(first)
    expect((await signIn('demo-guide-749', 'zhulian-demo')).body.acting?.role).toBe('guide')
  })
})
