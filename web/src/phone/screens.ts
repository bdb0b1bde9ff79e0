import type { ComponentType } from 'react'
import { InterviewScreen } from './interview/screen.tsx'
import type { ScreenProps } from './kinds.ts'
import { later } from './later.tsx'
import { StartScreen } from './start/screen.tsx'

type Screen = ComponentType<ScreenProps>

/** Where everything is. */
export const screens: readonly { readonly at: string; readonly Screen: Screen }[] = [
  { at: '/', Screen: StartScreen },
  { at: '/v/:village', Screen: StartScreen },
  { at: '/ask/:interviewId', Screen: InterviewScreen },
  { at: '/ask/:interviewId/:view', Screen: InterviewScreen },
  { at: '/result/:screeningId', Screen: later(() => import('./results/screen.tsx'), 'ResultsScreen') },
  { at: '/result/:screeningId/submit', Screen: later(() => import('./submit/screen.tsx'), 'SubmitScreen') },
  { at: '/result/:screeningId/:line', Screen: later(() => import('./results/one.tsx'), 'OneResultScreen') },
  { at: '/mine', Screen: later(() => import('./mine/screen.tsx'), 'MineScreen') },
  { at: '/mine/:caseId', Screen: later(() => import('./mine/screen.tsx'), 'MineScreen') },
  { at: '/help', Screen: later(() => import('./help/screen.tsx'), 'HelpScreen') },
  { at: '/help/policy/:policyId', Screen: later(() => import('./help/policy.tsx'), 'PolicyScreen') },
  { at: '/help/service/:serviceId', Screen: later(() => import('./help/service.tsx'), 'ServiceScreen') },
  { at: '/tell', Screen: later(() => import('./tell/screen.tsx'), 'TellScreen') },
  { at: '/level/:code', Screen: later(() => import('./level/screen.tsx'), 'LevelScreen') },
  { at: '/project/:projectId', Screen: later(() => import('./level/project.tsx'), 'ProjectScreen') },
  { at: '/needs', Screen: later(() => import('./needs/screen.tsx'), 'MyNeedsScreen') },
  { at: '/track', Screen: later(() => import('./track/screen.tsx'), 'MyTrackScreen') },
  { at: '/held', Screen: later(() => import('./held/screen.tsx'), 'HeldScreen') },
  { at: '/held/:screeningId', Screen: later(() => import('./held/screen.tsx'), 'HeldOneScreen') },
  { at: '/guide', Screen: later(() => import('./guide/today/screen.tsx'), 'TodayScreen') },
  { at: '/guide/sign-in', Screen: later(() => import('./guide/sign-in/screen.tsx'), 'SignInScreen') },
  { at: '/guide/cases', Screen: later(() => import('./guide/cases/screen.tsx'), 'CasesScreen') },
  { at: '/guide/case/:caseId', Screen: later(() => import('./guide/case/screen.tsx'), 'CaseScreen') },
  { at: '/guide/case/:caseId/:step', Screen: later(() => import('./guide/case/step.tsx'), 'StepScreen') },
  {
    at: '/guide/unclaimed',
    Screen: later(() => import('./guide/unclaimed/list.tsx'), 'UnclaimedListScreen'),
  },
  {
    at: '/guide/unclaimed/:findingId',
    Screen: later(() => import('./guide/unclaimed/one.tsx'), 'UnclaimedScreen'),
  },
  { at: '/guide/alerts', Screen: later(() => import('./guide/alerts/list.tsx'), 'AlertListScreen') },
  { at: '/guide/alert/:alertId', Screen: later(() => import('./guide/alerts/one.tsx'), 'AlertScreen') },
  { at: '/guide/visits', Screen: later(() => import('./guide/visits/list.tsx'), 'VisitsScreen') },
  { at: '/guide/visit/:visitId', Screen: later(() => import('./guide/visits/visit.tsx'), 'VisitScreen') },
  { at: '/guide/outbox', Screen: later(() => import('./guide/visits/outbox.tsx'), 'OutboxScreen') },
  { at: '/guide/duties', Screen: later(() => import('./guide/duties/screen.tsx'), 'DutiesScreen') },
  { at: '/guide/ask', Screen: later(() => import('./guide/ask/screen.tsx'), 'AskScreen') },
  { at: '/guide/messages', Screen: later(() => import('./guide/messages/screen.tsx'), 'MessagesScreen') },
]
