import type { Role } from '../src/platform/actor.ts'

/**
 * Who may ask for what, written by hand beside the routes, so that a slip in one of them shows: the test compares this table
 * with what the server does for every role. A route that is missing here fails the test.
 */
export interface Row {
  /** Roles that are let in; `everyone` counts people without a session too, `signedIn` every role. */
  readonly may: readonly Role[] | 'everyone' | 'signedIn'
}

const admin: Row = { may: ['admin'] }
const signedIn: Row = { may: 'signedIn' }
const everyone: Row = { may: 'everyone' }

export const matrix: Readonly<Record<string, Row>> = {
  'GET /session': everyone,
  'POST /session': everyone,
  'POST /session/set-up': everyone,
  'POST /visitors': everyone,
  'PUT /session/grant': signedIn,
  'PUT /session/language': signedIn,
  'POST /session/proof': signedIn,
  'PUT /session/password': signedIn,
  'DELETE /session': signedIn,
  'GET /sessions': signedIn,
  'DELETE /sessions/:sessionId': signedIn,
  'GET /accounts': admin,
  'POST /accounts': admin,
  'GET /accounts/:accountId': admin,
  'POST /accounts/:accountId/set-up-code': admin,
  'POST /accounts/:accountId/end': admin,
  'POST /accounts/:accountId/grants': admin,
  'POST /accounts/:accountId/grants/:grantId/end': admin,
  'GET /accounts/:accountId/sessions': admin,
  'POST /accounts/:accountId/sessions/end': admin,
  'GET /audit': { may: ['auditor', 'admin'] },
  'GET /my/record/openings': { may: ['resident'] },
}
