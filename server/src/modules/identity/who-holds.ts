import type { Day } from '@zhulian/kernel'
import { doorkeeper } from '../../platform/actor.ts'
import type { Door, Visitor } from '../../platform/door.ts'
import type { Installation } from '../../platform/installation.ts'
import { askAtOnce, inTransaction, literal } from '../../platform/scope.ts'
import { accessColumns, endedSince } from './organisation-access.ts'
import { hashOf } from './tokens.ts'

/** Writing down each look would cost a write per request. */
const noteEveryMs = 60_000

interface Row {
  session_id: Visitor['actor']['account']
  seen_at: Date
  idle_seconds: number
  proved_at: Date | null
  account_id: Visitor['actor']['account']
  name: string
  language: Visitor['language'] | null
  household_id: Visitor['actor']['account'] | null
  role: Visitor['actor']['role']
  scope: NonNullable<Visitor['actor']['scope']> | null
  organisation_id: Visitor['actor']['account'] | null
  is_open: boolean
  over_on: string | null
}

/** The one question of every request, in one message: session, account and grant must all be good at this moment. */
function question(district: string, token: string, now: Date, today: Day): string {
  const of = `'${literal(district, /^\d{6}$/)}'`
  const hash = `'\\x${literal(hashOf(token).toString('hex'), /^[0-9a-f]{64}$/)}'::bytea`
  const at = `'${literal(now.toISOString(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)}'::timestamptz`
  const day = `'${literal(today, /^\d{4}-\d\d-\d\d$/)}'::date`
  return `
  select s.id as session_id, s.seen_at, s.idle_seconds, s.proved_at, a.id as account_id, a.name, a.language, a.household_id,
         g.role, g.scope, g.organisation_id, ${accessColumns(day)}
    from identity.session s
    join identity.account a on a.district = s.district and a.id = s.account_id
    join identity.role_grant g on g.district = s.district and g.id = s.grant_id
   where s.district = ${of} and s.token_hash = ${hash}
     and s.ended_at is null and s.expires_at > ${at}
     and a.ended_at is null
     and g.ended_at is null and g.from_at <= ${at} and (g.until_at is null or g.until_at > ${at})`
}

export const identityDoor = ({
  district,
  database,
  clock,
}: Pick<Installation, 'district' | 'database' | 'clock'>): Door => ({
  async whoHolds(token, touch) {
    const now = clock.now()
    const [row] = await askAtOnce<Row>(database, doorkeeper(district), question(district, token, now, clock.today()))
    if (!row || now.getTime() - row.seen_at.getTime() >= row.idle_seconds * 1000) return undefined
    if (touch && row.is_open && now.getTime() - row.seen_at.getTime() >= noteEveryMs)
      await inTransaction(database, doorkeeper(district), {}, (_, client) =>
        client.query(
          'update identity.session set seen_at = $3 where district = $1 and id = $2 and seen_at < $3 and ended_at is null',
          [district, row.session_id, now],
        ),
      )
    return visitorOf(district, row)
  },
})

/** Who keeps accounts and who reads the trail work for the whole district and open nobody's record. */
const reachesByPlace = (role: Row['role']) => role !== 'admin' && role !== 'auditor'

const visitorOf = (district: string, row: Row): Visitor => ({
  actor: {
    account: row.account_id,
    role: row.role,
    name: row.name,
    district,
    scope: reachesByPlace(row.role) ? (row.scope ?? undefined) : undefined,
    organisation: row.organisation_id ?? undefined,
    household: row.household_id ?? undefined,
    session: row.session_id,
    provedAt: row.proved_at ?? undefined,
  },
  language: row.language ?? undefined,
  refused: row.is_open ? undefined : endedSince(row.over_on),
})
