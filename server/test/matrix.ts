import type { Role } from '../src/platform/actor.ts'

/**
 * Who may ask for what, written by hand beside the routes, so that a slip in one of them shows: matrix.test.ts compares this
 * table with what the server does for every role. A route that is missing here fails the test.
 */
export type May = readonly Role[] | 'everyone' | 'signedIn'

const field: May = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer']
const writers: May = ['guide', 'townshipClerk', 'districtOfficer']
const offices: May = ['townshipClerk', 'districtOfficer']
const handlers: May = ['guide', 'townshipClerk']
const askers: May = ['resident', 'guide', 'townshipClerk']

export const matrix: Readonly<Record<string, May>> = {
  // identity
  'GET /session': 'everyone',
  'POST /session': 'everyone',
  'POST /session/set-up': 'everyone',
  'POST /visitors': 'everyone',
  'PUT /session/grant': 'signedIn',
  'PUT /session/language': 'signedIn',
  'PUT /session/phone': writers,
  'POST /session/proof': 'signedIn',
  'PUT /session/password': 'signedIn',
  'DELETE /session': 'signedIn',
  'GET /sessions': 'signedIn',
  'DELETE /sessions/:sessionId': 'signedIn',
  'GET /accounts': ['admin'],
  'POST /accounts': ['admin'],
  'GET /accounts/:accountId': ['admin'],
  'POST /accounts/:accountId/set-up-code': ['admin'],
  'POST /accounts/:accountId/end': ['admin'],
  'POST /accounts/:accountId/grants': ['admin'],
  'POST /accounts/:accountId/grants/:grantId/end': ['admin'],
  'GET /accounts/:accountId/sessions': ['admin'],
  'POST /accounts/:accountId/sessions/end': ['admin'],

  // audit
  'GET /audit': ['auditor', 'admin'],
  'GET /my/record/openings': ['resident'],

  // pools: what the district offers is public
  'GET /policies': 'everyone',
  'GET /policies/:policyId': 'everyone',
  'GET /services': 'everyone',
  'GET /services/:serviceId': 'everyone',
  'GET /units': 'everyone',
  'GET /facts': 'everyone',
  'GET /sources': 'everyone',
  'GET /parameters': 'everyone',
  // and is written by two officers of the district
  'GET /workbench/reading': ['districtOfficer'],
  'GET /workbench/:kind/:key': ['districtOfficer'],
  'GET /workbench/:kind/:key/history': ['districtOfficer'],
  'GET /workbench/:kind/:key/history/:hash': ['districtOfficer'],
  'GET /policies/:policyId/file': ['districtOfficer'],
  'POST /policies/file': ['districtOfficer'],
  'GET /services/:serviceId/file': ['districtOfficer'],
  'POST /services/file': ['districtOfficer'],
  'GET /circles/file': ['districtOfficer'],
  'POST /circles/file': ['districtOfficer'],
  'GET /worked-households/:owner': ['districtOfficer'],
  'GET /drafts': ['districtOfficer'],
  'POST /drafts': ['districtOfficer'],
  'GET /drafts/:draftId': ['districtOfficer'],
  'PUT /drafts/:draftId': ['districtOfficer'],
  'DELETE /drafts/:draftId': ['districtOfficer'],
  'POST /drafts/:draftId/check': ['districtOfficer'],
  'POST /drafts/:draftId/case': ['districtOfficer'],
  'POST /drafts/:draftId/rest-on-current': ['districtOfficer'],
  'POST /drafts/:draftId/submit': ['districtOfficer'],
  'POST /drafts/:draftId/publish': ['districtOfficer'],
  'POST /drafts/:draftId/return': ['districtOfficer'],

  // registry
  'GET /divisions': 'everyone',
  'GET /households': [...field, 'operator'],
  'POST /households/search': field,
  'POST /households/export': offices,
  'GET /households/:id': field,
  'GET /households/:id/history': field,
  'POST /households': writers,
  'POST /registry/likely': writers,
  'POST /households/:id/facts': writers,
  'POST /households/:id/members': writers,
  'POST /persons/:id/reveal': writers,
  'POST /households/:id/reveal': writers,

  // entitlements
  'GET /entitlements/findings': writers,
  'GET /entitlements/findings/:findingId': writers,
  'POST /entitlements/findings/:findingId/take': writers,
  'POST /entitlements/findings/:findingId/give-back': writers,
  'POST /entitlements/findings/:findingId/close': writers,
  'POST /entitlements/findings/:findingId/reopen': offices,
  'GET /entitlements/summary': writers,
  'GET /households/:id/entitlements': writers,
  'GET /households/:id/entitlements/replay': offices,
  'POST /households/:id/receipts': offices,
  'POST /households/:id/receipts/:receiptId/end': offices,
  'GET /simulations/sliders': ['districtOfficer'],
  'GET /simulations': ['districtOfficer'],
  'GET /simulations/reading': ['districtOfficer'],
  'POST /simulations/drafts/:draftId': ['districtOfficer'],
  'GET /simulations/file': ['districtOfficer'],
  'GET /simulations/cliffs': ['districtOfficer'],
  'GET /households/:id/cliff': writers,
  'GET /entitlements/runs': ['districtOfficer'],
  'POST /entitlements/runs': ['districtOfficer'],
  'POST /entitlements/runs/:runId/cancel': ['districtOfficer'],

  // guidance
  'POST /interviews': askers,
  'GET /interviews': askers,
  'GET /interviews/:interviewId': askers,
  'POST /interviews/:interviewId/members': askers,
  'PUT /interviews/:interviewId/answers': askers,
  'POST /interviews/:interviewId/back': askers,
  'PUT /interviews/:interviewId/depth': askers,
  'DELETE /interviews/:interviewId': askers,
  'PUT /interviews/:interviewId/consent': askers,
  'DELETE /interviews/:interviewId/consent': askers,
  'POST /interviews/:interviewId/finish': askers,
  'GET /screenings': askers,
  'GET /screenings/:screeningId': [...askers, 'districtOfficer'],
  'GET /screenings/:screeningId/replay': [...askers, 'districtOfficer'],
  'GET /consents/texts': 'everyone',
  'PUT /screenings/:screeningId/consent': askers,
  'DELETE /screenings/:screeningId/consent': askers,
  'GET /signals': offices,
  'GET /signals/:signalId': offices,
  'POST /signals/:signalId/take': offices,
  'POST /signals/:signalId/close': offices,

  // outreach
  'POST /screenings/:screeningId/submission': askers,
  'DELETE /submissions/:submissionId': askers,
  'GET /cases': writers,
  'GET /cases/:caseId': writers,
  'GET /cases/:caseId/guides': handlers,
  'POST /cases/:caseId/accept': handlers,
  'POST /cases/:caseId/contact': handlers,
  'POST /cases/:caseId/visits': handlers,
  'POST /cases/:caseId/filings': handlers,
  'POST /cases/:caseId/hand-over': handlers,
  'POST /cases/:caseId/take-over': handlers,
  'POST /cases/:caseId/return': ['townshipClerk'],
  'POST /cases/:caseId/close': handlers,
  'POST /cases/:caseId/reopen': writers,
  'POST /cases/:caseId/questions/:questionId/answer': ['townshipClerk'],
  'GET /my/cases': ['resident'],
  'POST /my/cases/:caseId/questions': ['resident'],
  'GET /today': writers,

  // feeds
  'GET /imports/template': offices,
  'GET /imports': offices,
  'POST /imports': offices,
  'GET /imports/:id': offices,
  'GET /imports/:id/progress': offices,
  'POST /imports/:id/check': offices,
  'GET /imports/:id/faults': offices,
  'POST /imports/:id/apply': offices,
  'POST /imports/:id/undo': offices,
  'POST /imports/:id/discard': offices,

  // dashboard: counts only
  'GET /overview': [...offices, 'operator'],
}
