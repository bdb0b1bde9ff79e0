import {
  contract,
  daySchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  text,
  wordsSchema,
  z,
} from '@zhulian/kernel/contract'
import { batchStates } from './batch.ts'
import { deliveriesContract } from './deliveries/contract.ts'
import { sendingContract } from './deliveries/sending-contract.ts'
import {
  batchNotFound,
  stepNotOpen,
  fileUnreadable,
  headerWrong,
  severalSheets,
  columnsMissing,
  dayNotYet,
  mappingWrong,
  laterChanges,
} from './refusals.ts'
export * from './refusals.ts'

export const origins = [
  '民政',
  '人社',
  '教育',
  '残联',
  '医保',
  '公安',
  '农业农村',
  '住建',
  '卫健',
  '数据归集',
  '导服员登记',
] as const

const count = z.number().int()
const faultSchema = z.object({ column: z.string().optional(), words: wordsSchema })
const report = z.object({
  rows: count,
  faulty: count,
  newHouseholds: count,
  newPersons: count,
  changedPersons: count,
  changedHouseholds: count,
  unchanged: count,
  changes: z.array(z.object({ fact: z.string(), label: wordsSchema, count })),
  /** The first 200. Names masked. */
  firstChanges: z.array(
    z.object({
      row: count,
      who: z.string(),
      kind: z.enum(['newHousehold', 'newPerson', 'changed']),
      fact: z.string().nullable(),
      label: wordsSchema.nullable(),
      before: z.unknown(),
      after: z.unknown(),
      beside: z.boolean(),
    }),
  ),
  firstFaults: z.array(z.object({ row: count, faults: z.array(faultSchema) })),
})
const mapping = z.record(z.string().max(80), z.number().int().min(0).max(299))
const batch = z.object({
  id: idSchema,
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx']),
  rows: count,
  origin: z.string(),
  asOf: daySchema,
  state: z.enum(batchStates),
  stateWords: wordsSchema,
  createdAt: instantSchema,
  appliedAt: instantSchema.nullable(),
  /** While something runs: rows done. */
  progress: z.object({ done: count, of: count }).nullable(),
  /** Why the last step did not end well. */
  problem: wordsSchema.nullable(),
})
const batchWhole = batch.extend({
  header: z.array(z.string()),
  mapping,
  /** What the file may hold, in the order of the template. */
  columns: z.array(z.object({ key: z.string(), header: wordsSchema, required: z.boolean() })),
  report: report.nullable(),
})
export const importAnswer = batchWhole
const params = z.object({ id: idSchema })
const one = { params, answer: batch, refusals: [batchNotFound, stepNotOpen] }

export const feedsContract = contract({
  ...deliveriesContract,
  ...sendingContract,
  'GET /imports/template': {
    summary: 'An empty file with the columns a file may have, and one example row.',
    query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
    answer: 'file',
  },
  'GET /imports': {
    summary: 'Files that came in, the newest first.',
    query: z.object(pageQuery),
    answer: pageOf(batch),
  },
  'POST /imports': {
    summary: 'Takes in a file (xlsx or csv) and guesses its columns. Nothing changes yet.',
    takes: 'multipart',
    query: z.object({ origin: z.enum(origins).default('民政'), asOf: daySchema.optional() }),
    answer: batchWhole,
    refusals: [fileUnreadable, headerWrong, severalSheets, dayNotYet],
  },
  'GET /imports/:id': {
    summary: 'A file: its columns, how far it is, what it would change or changed.',
    params,
    answer: batchWhole,
    refusals: [batchNotFound],
  },
  'GET /imports/:id/progress': {
    summary: 'How far a running file is; tells nothing of its rows.',
    params,
    answer: batch.pick({ state: true, progress: true }),
    refusals: [batchNotFound],
  },
  'POST /imports/:id/check': {
    summary:
      'Checks each row and works out what the file would change; with a match of columns, by that. Runs on; ask again for how far it is.',
    ...one,
    body: z.strictObject({ mapping: mapping.optional() }),
    refusals: [batchNotFound, stepNotOpen, columnsMissing, mappingWrong],
  },
  'GET /imports/:id/faults': {
    summary: 'The rows that cannot be used, as they came, with a column that says why: to mend and send again.',
    params,
    query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
    answer: 'file',
    refusals: [batchNotFound],
  },
  'POST /imports/:id/apply': {
    summary: 'Writes what was checked, all of it or nothing. Faulty rows stay out.',
    ...one,
    body: z.strictObject({}),
  },
  'POST /imports/:id/undo': {
    summary: 'Takes back all a file wrote. Refused where somebody has changed the same households since.',
    ...one,
    body: z.strictObject({ reason: text(4, 200) }),
    refusals: [batchNotFound, stepNotOpen, laterChanges],
  },
  'POST /imports/:id/discard': {
    summary: 'Forgets a file that is not wanted, with its rows.',
    ...one,
    body: z.strictObject({}),
  },
})
