import type { Result } from '../platform/api.ts'

export type Interview = Result<'GET /interviews/:interviewId'>
export type Question = NonNullable<Interview['next']>
export type Member = Interview['members'][number]
export type Screening = Result<'GET /screenings/:screeningId'>
export type PolicyResult = Screening['policies'][number]
export type ServiceResult = Screening['services'][number]
export type MyCase = Result<'GET /my/cases'>['items'][number]

/** What each screen gets: the parts of its address. */
export interface ScreenProps {
  readonly params: Readonly<Record<string, string>>
}
