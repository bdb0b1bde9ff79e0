import type { DivisionCode, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../test/database.ts'
import { machineActor } from './actor.ts'
import { askAtOnce, inTransaction, literal } from './scope.ts'

const district = '330111'
const machine = machineActor(district)
let database: FreshDatabase

beforeAll(async () => {
  database = await freshDatabase()
  await database.sql(`create schema trial`)
  await database.sql(
    `create table trial.note (district text not null, id text not null, division text not null, primary key (district, id))`,
  )
  await database.sql(`alter table trial.note enable row level security`)
  await database.sql(`alter table trial.note force row level security`)
  await database.sql(`create policy reach on trial.note using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))`)
  await database.sql(`grant usage on schema trial to zhulian_app`)
  await database.sql(`grant select, insert, update on trial.note to zhulian_app`)
  await database.sql(
    `insert into trial.note values ('330111', 'a', '330111109203'), ('330111', 'b', '330111110001'), ('330112', 'c', '330112001001')`,
  )
})
afterAll(() => database.drop())

const idsSeenBy = (scope: string | undefined, at = district) =>
  inTransaction(
    database,
    { ...machine, district: at, scope: scope as DivisionCode | undefined },
    { readOnly: true },
    async open => {
      const { rows } = await sql<{ id: string }>`select id from trial.note order by id`.execute(open)
      return rows.map(r => r.id).join('')
    },
  )

test('a scope sees the rows of its division and nothing else', async () => {
  expect(await idsSeenBy('330111')).toBe('ab')
  expect(await idsSeenBy('330111109')).toBe('a')
  expect(await idsSeenBy('330111109203')).toBe('a')
  expect(await idsSeenBy('330111110')).toBe('b')
  expect(await idsSeenBy('330112', '330112')).toBe('c')
})

test('without a scope by place nothing is seen by place', async () => {
  expect(await idsSeenBy(undefined)).toBe('')
})

test('the settings end with the transaction', async () => {
  await idsSeenBy('330111')
  for (let i = 0; i < 15; i++) {
    const { rows } = await database.app.query(
      `select current_setting('app.district', true) as district, (select count(*)::int from trial.note) as seen`,
    )
    expect(rows[0]).toMatchObject({ seen: 0 })
    expect(rows[0].district ?? '').toBe('')
  }
})

test.each(["330111' or true --", '33011', '3301111', ''])(
  'the district %j is refused before it reaches the database',
  async wrong => {
    await expect(idsSeenBy(undefined, wrong)).rejects.toThrow(RangeError)
  },
)

test('a scope outside the district is refused', async () => {
  await expect(idsSeenBy('330112', '330111')).rejects.toThrow('outside the district')
})

test('an account or household that is not an id is refused', async () => {
  const run = (more: object) => inTransaction(database, { ...machine, ...more }, {}, () => Promise.resolve())
  await expect(run({ account: "x'; reset role; --" as Id })).rejects.toThrow(RangeError)
  await expect(run({ household: "x'" as Id })).rejects.toThrow(RangeError)
  await expect(run({ role: "admin'" })).rejects.toThrow(RangeError)
})

test('a transaction that throws leaves nothing behind', async () => {
  const attempt = inTransaction(database, machine, {}, async open => {
    await sql`insert into trial.note values ('330111', 'z', '330111109203')`.execute(open)
    throw new Error('changed my mind')
  })
  await expect(attempt).rejects.toThrow('changed my mind')
  expect(await idsSeenBy('330111')).toBe('ab')
})

test('a swallowed error of the database does not pass for a commit', async () => {
  const attempt = inTransaction(database, machine, {}, async open => {
    await sql`insert into trial.note values ('330111', 'y', '330111109203')`.execute(open)
    await sql`select 1 / 0`.execute(open).catch(() => {})
  })
  await expect(attempt).rejects.toThrow('swallowed')
  expect(await idsSeenBy('330111')).toBe('ab')
})

test('reading transactions cannot write', async () => {
  const attempt = inTransaction(database, machine, { readOnly: true }, open =>
    sql`insert into trial.note values ('330111', 'x', '330111109203')`.execute(open),
  )
  await expect(attempt).rejects.toMatchObject({ code: '25006' })
})

test('a deadlock is tried again, once', async () => {
  let tries = 0
  const result = await inTransaction(database, machine, {}, async () => {
    tries++
    if (tries === 1) throw Object.assign(new Error('deadlock'), { code: '40P01' })
    return 'through'
  })
  expect([result, tries]).toEqual(['through', 2])
  const hopeless = inTransaction(database, machine, {}, () => {
    tries++
    throw Object.assign(new Error('again'), { code: '40001' })
  })
  await expect(hopeless).rejects.toThrow('again')
  expect(tries).toBe(4)
})

test('queries sent side by side in one transaction are answered one after the other', async () => {
  const sums = await inTransaction(database, machine, {}, open =>
    Promise.all(
      [1, 2, 3, 4, 5].map(async n => (await sql<{ n: number }>`select ${n}::int as n`.execute(open)).rows[0]?.n),
    ),
  )
  expect(sums).toEqual([1, 2, 3, 4, 5])
})

test('days arrive as text, bigints as safe numbers', async () => {
  const row = await inTransaction(database, machine, {}, async open => {
    const { rows } = await sql`select date '2021-09-26' as on, 180600::bigint as fen, 1.10::numeric as rate`.execute(
      open,
    )
    return rows[0]
  })
  expect(row).toEqual({ on: '2021-09-26', fen: 180600, rate: '1.10' })
})

test('the login of requests owns nothing and cannot become more', async () => {
  const { rows } = await database.app.query(
    `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as may, (select count(*)::int from pg_class where relowner = r.oid) as owns
       from pg_roles r where rolname = current_user`,
  )
  expect(rows).toEqual([{ may: false, owns: 0 }])
  await expect(database.app.query('set role zhulian_owner')).rejects.toMatchObject({ code: '42501' })
  await expect(database.app.query('create table public.mine (a int)')).rejects.toMatchObject({ code: '42501' })
})

test('one message asks within the scope and writes nothing, and leaves nothing behind for who comes next', async () => {
  const ask = (statement: string, scope = '330111109') =>
    askAtOnce<{ id: string }>(database, { ...machine, scope: scope as DivisionCode }, statement)
  const note = 'select id from trial.note order by id'
  expect(await ask(note)).toEqual([{ id: 'a' }])
  expect(await ask(`${note} limit 0`)).toEqual([])
  await expect(ask(`update trial.note set id = 'z' returning id`)).rejects.toThrow('read-only')
  await expect(ask('select 1 / 0 as id')).rejects.toThrow('division by zero')
  const seen = Array.from({ length: 30 }, () => ask(note, '330111110'))
  expect(await Promise.all(seen)).toEqual(seen.map(() => [{ id: 'b' }]))
  const { rows } = await database.app.query(`select current_setting('app.district', true) as district`)
  expect(rows[0].district ?? '').toBe('')
})

test('what may stand in a statement is what was allowed, whole', () => {
  expect(literal('330111', /^\d{6}$/)).toBe('330111')
  for (const wrong of ["330111'", '330111\n', ' 330111', ''])
    expect(() => literal(wrong, /^\d{6}$/)).toThrow(RangeError)
})

test('who reads first cannot write until the reading is over, also when it is done again', async () => {
  const write = (open: Parameters<Parameters<typeof inTransaction>[3]>[0]) =>
    sql`update trial.note set id = id where id = 'a'`.execute(open)
  const at = { ...machine, scope: '330111' as DivisionCode }
  await expect(inTransaction(database, at, { reading: true }, write)).rejects.toThrow('read-only')
  let tries = 0
  const after = await inTransaction(database, at, { reading: true }, async open => {
    if (++tries === 1) throw Object.assign(new Error('deadlock'), { code: '40P01' })
    await sql`release savepoint reading`.execute(open)
    return (await write(open)).numAffectedRows
  })
  expect([after, tries]).toEqual([1n, 2])
})
