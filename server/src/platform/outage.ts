/** Something the platform leans on does not answer. Jobs try again; people get 503 with Retry-After. */
export class Outage extends Error {
  override readonly name = 'Outage'
  readonly retryAfterSeconds: number

  /** @param what a code such as `database` or `sms`; it goes to the log, never to the browser */
  constructor(what: string, retryAfterSeconds = 5, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause })
    this.retryAfterSeconds = retryAfterSeconds
  }
}
