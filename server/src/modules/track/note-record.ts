import { type Day, type Id, newId } from '@zhulian/kernel'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { contentHash, currentPool } from '../pools/index.ts'
import { factsOfMany } from '../registry/index.ts'
import { factsColumn, markOf, sealedFields } from './chain.ts'
import type { Fields, RecordKind } from './record.ts'
import { track } from './tables.ts'

/** Of whom and what a record is, who may read it, and where it came from. */
export interface Note {
  readonly household: Id
  /** Of the village, or where a matter is the township's alone of the township. */
  readonly division: string
  readonly person?: Id | null | undefined
  readonly need?: Id | null | undefined
  readonly project?: Id | null | undefined
  /** What of the policies and services it is about. */
  readonly item?: string | null | undefined
  /** The row that was written or changed in the same transaction. */
  readonly source: { readonly kind: string; readonly id: Id }
  /** Told in another home, before a merge: not on the telephone of this one. */
  readonly elsewhere?: boolean
  /** For the township and the district alone. */
  readonly careful?: boolean
  /** Not for the whole village group. */
  readonly forHandlers?: boolean
  /** Of what tells of a child: the day it comes of age. In the field it takes a grant to read it until then. */
  readonly minorUntil?: Day | null
  /** The day it speaks of. @default today */
  readonly on?: Day
  /** Who did it, where the machine writes down what somebody else did. */
  readonly by?: string | undefined
}

type Of<K extends keyof Fields> = Pick<Fields, 'words' | 'note' | K>

/**
 * 需求评估: what was assessed, by what, what came of it. All that is known of the family at that instant is marked, so that it can be told
 * later what was known; with the version of the rules by which it was judged, of today where no other is given.
 */
export async function noteAssessment(
  ctx: Ctx,
  note: Note & {
    readonly fields: Of<
      'assessed' | 'outcome' | 'scores' | 'grade' | 'strategy' | 'consent' | 'urgent' | 'risk' | 'result' | 'pool'
    >
  },
): Promise<void> {
  await append(ctx, 'assessment', note, async machine => {
    const facts = await factsMark(machine, note.household, ctx.now)
    return { ...(facts === undefined ? {} : { facts }), pool: note.fields.pool ?? (await currentPool(machine)).id }
  })
}

/** 项目链接: what was found for a need, or given up again. */
export const noteLink = (
  ctx: Ctx,
  note: Note & { readonly fields: Of<'chosen' | 'candidates' | 'level'> },
): Promise<void> => append(ctx, 'link', note)

/** 建档访视. */
export const noteVisit = (
  ctx: Ctx,
  note: Note & { readonly fields: Of<'visit' | 'result' | 'risk' | 'met' | 'photos' | 'nextOn'> },
): Promise<void> => append(ctx, 'visit', note)

/** 服务记录: begun, done in part, done, agreed or not. */
export const noteService = (
  ctx: Ctx,
  note: Note & {
    readonly fields: Of<'units' | 'unit' | 'response' | 'rating' | 'incident' | 'cost' | 'signature' | 'level'>
  },
): Promise<void> => append(ctx, 'service', note)

/** A keyed mark of everything known of a household at an instant; undefined for one that is in the registry no more. */
async function factsMark(machine: Ctx, household: Id, at: Date): Promise<string | undefined> {
  const [known] = await factsOfMany(machine, [household], { asKnownAt: at, whole: true })
  return known && machine.crypto.mark(factsColumn, contentHash(known.facts)).toString('hex')
}

/** As part of the transaction of what it records: without the record nothing was done. The end of the chain is locked until then. */
async function append(
  ctx: Ctx,
  kind: RecordKind,
  note: Note & { readonly fields: Fields },
  more?: (machine: Ctx) => Promise<Partial<Fields>>,
): Promise<void> {
  const { account, name, role } = ctx.actor
  await asMachine(ctx, async machine => {
    const fields = JSON.stringify({ ...note.fields, ...(await more?.(machine)) })
    const { turn, seal: before, home_id: home, village, elsewhere } = await endOf(machine, note.household)
    const id = newId(ctx.now.getTime())
    const row = {
      district: ctx.district,
      id,
      household_id: note.household,
      turn,
      careful: note.careful ?? false,
      for_handlers: note.forHandlers ?? false,
      minor_until: note.minorUntil ?? null,
      kind,
      need_id: note.need ?? null,
      project_id: note.project ?? null,
      person_id: note.person ?? null,
      source_kind: note.source.kind,
      source_id: note.source.id,
      item: note.item ?? null,
      on_day: note.on ?? ctx.today,
      at: ctx.now,
      by_id: account,
      by_name: note.by ?? name,
      by_role: role,
      before,
    }
    const seal = markOf(machine, row, fields)
    await track(machine)
      .insertInto('track.record')
      .values({
        ...row,
        // Of a household that became part of another the rest is written there too.
        home_id: home ?? note.household,
        division: village ?? note.division,
        elsewhere: elsewhere ?? note.elsewhere ?? false,
        sealed_fields: ctx.crypto.seal(sealedFields, id, fields),
        seal,
      })
      .execute()
    await track(machine)
      .updateTable('track.chain')
      .set({ seal })
      .where('district', '=', ctx.district)
      .where('household_id', '=', note.household)
      .execute()
  })
}

/** The next turn, the seal it goes on from, and where the chain is read since a merge. */
const endOf = (machine: Ctx, household: Id) =>
  track(machine)
    .insertInto('track.chain')
    .values({ district: machine.district, household_id: household, turn: 1, seal: Buffer.alloc(0) })
    .onConflict(on =>
      on.columns(['district', 'household_id']).doUpdateSet(eb => ({ turn: eb('track.chain.turn', '+', 1) })),
    )
    .returning(['turn', 'seal', 'home_id', 'village', 'elsewhere'])
    .executeTakeFirstOrThrow()
