import type { Result } from '../../platform/api.ts'

export type CaseLine = Result<'GET /cases'>['items'][number]
export type Case = Result<'GET /cases/:caseId'>
export type CaseStep = Case['next'][number]['step']
export type Mine = Result<'GET /network/mine'>
export type Duties = Result<'GET /duties'>
export type DutyLine = Duties['items'][number]
export type Today = Result<'GET /today'>
export type AlertLine = Result<'GET /alerts'>['items'][number]
export type Alert = Result<'GET /alerts/:alertId'>
export type FindingLine = Result<'GET /entitlements/findings'>['items'][number]
export type Finding = Result<'GET /entitlements/findings/:findingId'>
