/** What a machine of a partner sent, unread: nothing of it is believed before its token and its signature were looked at. */
export interface PartnerRequest {
  /** Of the header Authorization, without the word before it; undefined where there is none. */
  readonly token: string | undefined
  /** `application/json` or `application/x-www-form-urlencoded`, without parameters. */
  readonly type: string
  readonly bytes: Buffer
}
