import { checklistKey, type StepForm } from '../../phone/guide/case/step-form.ts'
import { api, type Result } from '../../platform/api.ts'

export type Case = Result<'GET /cases/:caseId'>
export type CaseStep = Case['next'][number]['step']

/** Sends a step in the form its address takes, with the version that was seen. @throws Problem */
export function takeStep(one: Case, step: CaseStep, form: StepForm): Promise<unknown> {
  const params = { caseId: one.id }
  const expectedVersion = one.version
  const note = form.note.trim()
  const reason = form.reason.trim()
  switch (step) {
    case 'accept':
      return api('POST /cases/:caseId/accept', { params, body: { expectedVersion } })
    case 'takeOver':
      return api('POST /cases/:caseId/take-over', { params, body: { expectedVersion } })
    case 'contact':
      return api('POST /cases/:caseId/contact', {
        params,
        body: { expectedVersion, how: form.how as 'phone', on: form.day, ...(note ? { note } : {}) },
      })
    case 'visit':
      return api('POST /cases/:caseId/visits', { params, body: { expectedVersion, on: form.day, note } })
    case 'file': {
      const list = one.checklists.find(candidate => checklistKey(candidate) === form.policy)
      return api('POST /cases/:caseId/filings', {
        params,
        body: {
          expectedVersion,
          policy: list?.policy.id ?? '',
          person: list?.person ?? null,
          on: form.day,
          filedAt: form.filedAt.trim(),
          papers: (list?.papers ?? []).map(paper => ({ paper: paper.zh, state: form.papers[paper.zh] as 'seen' })),
        },
      })
    }
    case 'handOver':
      return api('POST /cases/:caseId/hand-over', { params, body: { expectedVersion, to: form.to, reason } })
    case 'return':
      return api('POST /cases/:caseId/return', { params, body: { expectedVersion, reason } })
    case 'close':
      return api('POST /cases/:caseId/close', {
        params,
        body: { expectedVersion, outcome: form.outcome as 'granted', note },
      })
    case 'reopen':
      return api('POST /cases/:caseId/reopen', { params, body: { expectedVersion, reason } })
  }
}
