import { checkout } from './config.ts'

/**
 * What may stand in a log line. Ids, codes, counts and times only: no name, number, address or text a person typed has
 * a key here, and whatever has no key is dropped.
 */
const keys = [
  'account',
  'attempt',
  'batch',
  'bytes',
  'code',
  'count',
  'database',
  'district',
  'division',
  'file',
  'job',
  'jobId',
  'line',
  'method',
  'ms',
  'organisation',
  'pid',
  'port',
  'requestId',
  'role',
  'route',
  'row',
  'rows',
  'source',
  'status',
  'version',
] as const
export type LogFacts = Partial<Record<(typeof keys)[number], string | number | boolean | undefined>>

export interface Log {
  info(event: string, facts?: LogFacts): void
  warn(event: string, facts?: LogFacts, error?: unknown): void
  error(event: string, facts?: LogFacts, error?: unknown): void
  /** The same log with facts that every further line carries. */
  with(facts: LogFacts): Log
}

/** JSON lines. @param write where a line goes; standard error by default */
export function makeLog(
  write = (line: string) => void process.stderr.write(`${line}\n`),
  now = () => new Date(),
  base: LogFacts = {},
): Log {
  const line = (level: string) => (event: string, facts?: LogFacts, error?: unknown) =>
    write(
      JSON.stringify({
        at: now().toISOString(),
        level,
        event,
        ...allowed({ ...base, ...facts }),
        ...(error === undefined ? {} : causeOf(error)),
      }),
    )
  return {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    with: facts => makeLog(write, now, { ...base, ...facts }),
  }
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, with: () => silentLog }

function allowed(facts: LogFacts): LogFacts {
  const kept: LogFacts = {}
  for (const key of keys) {
    const value = facts[key]
    if (value !== undefined) kept[key] = typeof value === 'string' ? value.slice(0, 200) : value
  }
  return kept
}

/**
 * Where an error arose, without what it says: the message of a database error or of a parser may quote a row. The frames
 * of our own files, the SQLSTATE and names of constraints are enough to find the place.
 */
function causeOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, constraint, table } = error as Error & Record<string, unknown>
  const frames = (error.stack ?? '')
    .split('\n')
    .filter(l => /^\s+at /.test(l))
    .slice(0, 8)
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    frames: frames.map(frame => frame.trim().slice(3).replaceAll('file://', '').replaceAll(`${checkout}/`, '')),
    ...(error.cause instanceof Error ? { cause: causeOf(error.cause) } : {}),
  }
}
