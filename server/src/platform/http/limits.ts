/** What one process takes on at once, and how fast one asker may go. */
export interface Limits {
  /** Requests being worked on; one more gets 503 at once, which is kinder than a queue. */
  readonly inFlight: number
  /** Bodies that one address sends at the same time: each may fill a megabyte while it comes. */
  readonly bodiesPerAddress: number
  readonly writesPerMinute: number
  /** Sign-ins, set-ups and new visitors from one address. A village hall shares one, and so do thousands of telephones. */
  readonly doorsPerMinute: number
  readonly readsPerMinute: number
  /** Browsers that hear at once; one more reads without being told. */
  readonly live: number
  /** JSON, bytes. */
  readonly bodyBytes: number
  readonly fileBytes: number
  /** JSON that a machine signed, bytes: it stands in memory until its signature is looked at. */
  readonly signedBytes: number
  /** How many of them come in at once. */
  readonly signedAtOnce: number
}

export const ordinaryLimits: Limits = {
  inFlight: 200,
  bodiesPerAddress: 100,
  writesPerMinute: 120,
  doorsPerMinute: 300,
  readsPerMinute: 6000,
  live: 4000,
  bodyBytes: 1_048_576,
  fileBytes: 67_108_864,
  signedBytes: 8_388_608,
  signedAtOnce: 4,
}

/** A bucket that holds a minute's allowance and refills evenly. @returns seconds to wait, 0 when the request may pass */
export function rateLimiter(perMinute: number, now: () => number = () => performance.now()): (who: string) => number {
  const buckets = new Map<string, { left: number; at: number }>()
  const perMs = perMinute / 60_000
  return who => {
    const at = now()
    if (buckets.size > 20_000) forget(buckets, at)
    const bucket = buckets.get(who) ?? { left: perMinute, at }
    bucket.left = Math.min(perMinute, bucket.left + (at - bucket.at) * perMs)
    bucket.at = at
    buckets.set(who, bucket)
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perMs / 1000))
    bucket.left -= 1
    return 0
  }
}

/** A bucket nobody touched for a minute is full again. */
function forget(buckets: Map<string, { at: number }>, now: number): void {
  for (const [who, bucket] of buckets) if (now - bucket.at > 60_000) buckets.delete(who)
}
