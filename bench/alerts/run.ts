import { setTimeout as sleep } from 'node:timers/promises'
import { type Id, newId } from '@zhulian/kernel'
import { demoPeople, loadDistrict } from '@zhulian/seed'
import { sql } from 'kysely'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { judgeHouseholds } from '../../server/src/modules/alerts/index.ts'
import { recordFacts } from '../../server/src/modules/registry/index.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { Client } from '../../server/test/client.ts'
import { line, ms, openGround, percentile } from '../screening/ground.ts'

/**
 * What it takes to look at a made-up district by the rules of alerts: everybody, everybody again the night after, one household
 * after something was written down; how others are answered meanwhile; how fast lists and counts come with as many alerts as
 * that brings; and how long a red one takes to three levels' screens. `npm run bench alerts`; BENCH_PEOPLE.
 */
const people = Number(process.env['BENCH_PEOPLE'] ?? demoPeople)
const clock = testClock('2021-09-26T09:00:00+08:00')
const ground = await openGround({ clock })
const { app, url } = ground
const village = '330111109203'
const password = 'bench-only-2021-river'

try {
  const loaded = await loadDistrict(app, { people })
  await bringSignals()
  console.log(`${loaded.people} people in ${loaded.households} households`)
  const [guide, clerk, officer] = [
    await enter('guide', village),
    await enter('townshipClerk', '330111109'),
    await enter('districtOfficer', '330111'),
  ]
  const quiet: number[] = []
  for (let i = 0; i < 60; i++) await ask(guide, quiet)

  const meanwhile: number[] = []
  const first = await wholeRun('everybody, never looked at before', meanwhile)
  const [{ n: alerts = 0 } = {}] = await asked<{ n: number }>('select count(*)::int as n from alerts.alert')
  console.log(`${alerts} alerts raised`)
  clock.advance(60_000)
  const again = await wholeRun('everybody again', meanwhile)

  const one: number[] = []
  for (const { id } of await asked<{ id: Id }>(
    `select id from registry.household where division = '${village}' order by id limit 40`,
  )) {
    await app.asMachine(ctx => write(ctx, id, { hotlineSameCategory30: 1 }))
    const since = performance.now()
    await app.asMachine(ctx => judgeHouseholds(ctx, [id]))
    one.push(performance.now() - since)
    await app.jobs.settle()
  }

  const [list, next, counts, quality]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let i = 0; i < 60; i++) {
    const page = await timed(list, () => officer.get('GET /alerts', { query: { show: 'open', limit: 50 } }))
    const after = page.body.next
    if (after) await timed(next, () => officer.get('GET /alerts', { query: { show: 'open', limit: 50, after } }))
    await timed(counts, () => officer.get('GET /alerts/by-township'))
  }
  for (let i = 0; i < 20; i++) await timed(quality, () => officer.get('GET /alerts/quality'))

  const drafted = await counted('R30', n => `household.hotlineSameCategory30 >= ${n}`)
  const looked = await counted('R29', n => `household.visitOverdueDays > ${n} * household.visitIntervalDays`)

  const seen = await untilSeen([guide, clerk, officer])
  console.log(
    `the first page while everybody is looked at against a quiet server: ${(percentile(meanwhile, 0.5) / percentile(quiet, 0.5)).toFixed(1)} × at the median`,
  )
  const held = [
    goal('everybody, never looked at before', first, 60_000),
    goal('everybody again', again, 30_000),
    line('one household after a fact', one, 100),
    line('the first page of a guide, quiet', quiet, 200),
    line('the first page of a guide, while everybody is looked at', meanwhile, 200),
    line('the list at the desk with its counts', list, 200),
    line('the next page of it', next, 200),
    line('counts by township', counts, 200),
    line('how good the rules are', quality, 500),
    line('of whom a draft would raise an alert, counted over everybody', drafted, 1000),
    line('the same of a rule about visits, for which every household is read', looked, 60_000),
    line('a red alert: from the fact to three screens, without the wait of the queue', seen, 500),
  ]
  if (held.includes(false)) process.exitCode = 1
} finally {
  await ground.close()
}

/** Of every fortieth household a bureau says something; without it nothing would be raised. */
async function bringSignals(): Promise<void> {
  const signals = [
    `'{"hotlineSameCategory30": 4}'`,
    `'{"disasterOn": "2021-09-20"}'`,
    `'{"dwellingDangerLevel": "C"}'`,
    `'{"kwh30": 1, "tierEndedOn": "2021-09-01"}'`,
  ]
  const batch = newId(clock.now().getTime())
  await app.asMachine(async ctx => {
    for (const [i, facts] of signals.entries())
      await sql`insert into registry.statement (district, id, household_id, person_id, division, source, origin, as_of, facts, batch_id, recorded_at, recorded_by)
        select district, gen_random_uuid(), id, null, division, 'feed', '比对', ${ctx.today}::date, ${sql.raw(facts)}::jsonb, ${batch}, ${ctx.now}, ${ctx.actor.account}
        from (select *, row_number() over (order by id) as n from registry.household) h where n % 40 = ${i * 10}`.execute(
        ctx.transaction,
      )
  })
}

async function write(ctx: Parameters<typeof recordFacts>[0], household: Id, facts: Readonly<Record<string, unknown>>) {
  await recordFacts(ctx, household, { source: 'feed', origin: '比对', household: facts })
}

/** As the night writes it: pieces of some hundred, one after another. */
async function wholeRun(what: string, meanwhile: number[]): Promise<number> {
  await app.asMachine(async ctx => {
    await sql`delete from alerts.turning where district = ${ctx.district}`.execute(ctx.transaction)
  })
  const guide = await enter('guide', village)
  const cpu = process.cpuUsage()
  const since = performance.now()
  let isOver = false
  const over = app.jobs.run('alerts.night').finally(() => (isOver = true))
  while (!isOver) {
    await ask(guide, meanwhile)
    await Promise.race([over, sleep(100)])
  }
  const { failures } = await over
  if (failures[0]) throw failures[0].error
  const wall = performance.now() - since
  const used = process.cpuUsage(cpu)
  console.log(
    `${what}: ${(wall / 1000).toFixed(1)} s of wall time, ${((used.user + used.system) / 1e6).toFixed(1)} s of the server's processor`,
  )
  return wall
}

/** A fact is written at a door; the screens of village, township and district hear of it. */
async function untilSeen(screens: readonly Client[]): Promise<number[]> {
  const homes = await asked<{ id: Id }>(
    `select id from registry.household where division = '${village}' order by id desc limit 20`,
  )
  const lives = await Promise.all(screens.map(screen => screen.live()))
  const taken: number[] = []
  for (const { id } of homes) {
    const since = performance.now()
    await app.asMachine(ctx => write(ctx, id, { disasterOn: '2021-09-25' }))
    const heard = Promise.all(lives.map(live => live.next('alerts.red', 10_000)))
    await app.jobs.settle()
    await heard
    taken.push(performance.now() - since)
  }
  for (const live of lives) live.close()
  return taken
}

/** A draft with another figure each time, saved and counted over everybody; the first of a day reads the registry and is told apart. */
async function counted(key: string, condition: (n: number) => string): Promise<number[]> {
  const officer = await enter('districtOfficer', '330111')
  const { body: draft } = await officer.post('POST /drafts', { body: { kind: 'alert', key } })
  const params = { draftId: draft.id }
  const document = draft.document as { readonly levels: readonly object[] }
  const taken: number[] = []
  for (let n = 1, { version } = draft; n <= 4; n++) {
    const levels = document.levels.map((level, i) => (i === 0 ? { ...level, condition: condition(n) } : level))
    const kept = await officer.put('PUT /drafts/:draftId', {
      params,
      ifMatch: version,
      body: { document: { ...document, levels } },
    })
    if (kept.problem) throw new Error(kept.text)
    version = kept.body.version
    await timed(taken, () => officer.post('POST /alerts/drafts/:draftId', { params }))
  }
  const [first = 0, ...others] = taken
  console.log(`a draft of ${key} counted for the first time: ${ms(first)}`)
  await officer.delete('DELETE /drafts/:draftId', { params })
  return others
}

async function enter(role: 'guide' | 'townshipClerk' | 'districtOfficer', scope: string): Promise<Client> {
  const signInName = `bench-${role}-${String(newId(clock.now().getTime()))}`
  await app.asMachine(ctx =>
    createDemoAccounts(ctx, [{ name: '徐小英', signInName, role, scope: scope as never }], password),
  )
  const client = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
  const answer = await client.post('POST /session', { body: { signInName, password } })
  if (answer.problem) throw new Error(answer.text)
  return client
}

async function ask(guide: Client, into: number[]): Promise<void> {
  await timed(into, () => guide.get('GET /today', {}))
}

async function timed<T extends { readonly problem?: unknown; readonly text: string }>(
  into: number[],
  work: () => Promise<T>,
): Promise<T> {
  const since = performance.now()
  const answer = await work()
  if (answer.problem) throw new Error(answer.text)
  into.push(performance.now() - since)
  return answer
}

/** As the machine: the owner of the tables sees no row of them. */
async function asked<T>(text: string): Promise<readonly T[]> {
  return await app.asMachine(async ctx => (await sql<T>`${sql.raw(text)}`.execute(ctx.transaction)).rows)
}

function goal(what: string, wallMs: number, goalMs: number): boolean {
  console.log(`${what}: ${ms(wallMs)}; goal ${ms(goalMs)}: ${wallMs <= goalMs ? 'held' : 'MISSED'}`)
  return wallMs <= goalMs
}
