import type { ReactNode } from 'react'
import { CaseView } from '../guide/case/screen.tsx'
import { StepView } from '../guide/case/step.tsx'
import {
  alertListStates,
  alertStates,
  caseStates,
  stepStates,
  todayStates,
  dutyStates,
  networkStates,
  unclaimedListStates,
  unclaimedStates,
} from '../guide/states.ts'
import { TodayView } from '../guide/today/screen.tsx'
import { AlertListView } from '../guide/alerts/list.tsx'
import { AlertView } from '../guide/alerts/one.tsx'
import { DutiesView } from '../guide/duties/screen.tsx'
import { UnclaimedListView } from '../guide/unclaimed/list.tsx'
import { UnclaimedView } from '../guide/unclaimed/one.tsx'
import { LockedView } from '../guide/visits/gate.tsx'
import { DayView } from '../guide/visits/list.tsx'
import { OutboxView } from '../guide/visits/outbox.tsx'
import { dayStates, outboxStates, visitStates } from '../guide/visits/states.ts'
import { VisitView } from '../guide/visits/visit.tsx'
import { AnswersView } from '../interview/answers.tsx'
import { EndView } from '../interview/end.tsx'
import { ListView } from '../interview/list.tsx'
import { QuestionView } from '../interview/question.tsx'
import { questionStates } from '../interview/states.ts'
import { MineView } from '../mine/screen.tsx'
import { mineStates } from '../mine/states.ts'
import { OneResultView } from '../results/one.tsx'
import { ResultsView } from '../results/screen.tsx'
import { resultsStates } from '../results/states.ts'
import { RosterView } from '../roster/screen.tsx'
import { rosterStates } from '../roster/states.ts'
import { StartView } from '../start/screen.tsx'
import { startStates } from '../start/states.ts'
import { DoneView, SubmitView } from '../submit/screen.tsx'
import { doneStates, submitStates } from '../submit/states.ts'
import { ProjectView } from '../level/project.tsx'
import { LevelView } from '../level/screen.tsx'
import { levelStates, projectStates } from '../level/states.ts'
import { MyNeedsView } from '../needs/screen.tsx'
import { myNeedStates } from '../needs/states.ts'
import { MyTrackView } from '../track/screen.tsx'
import { myTrackStates } from '../track/states.ts'
import { TellView } from '../tell/screen.tsx'
import { tellStates } from '../tell/states.ts'
import { idle, interview, nothing, screening } from './made-up.ts'

const each = <P,>(screen: string, states: Readonly<Record<string, P>>, draw: (props: P) => ReactNode) =>
  Object.entries(states).map(([state, props]) => ({ name: `${screen}: ${state}`, draw: () => draw(props) }))

const answers = {
  interview,
  close: nothing,
  back: nothing,
  goingBack: idle,
  finish: nothing,
  finishing: idle,
  clear: nothing,
  clearing: idle,
}

const ending = { leave: nothing, goOn: nothing, goingOn: idle }
const stoppedEarly = { ...interview, depth: 'likely' as const, undecided: { improbable: 12, others: 5 } }

/** Every screen in every state it is drawn for. */
export const allStates: readonly { readonly name: string; readonly draw: () => ReactNode }[] = [
  ...each('start', startStates, props => <StartView {...props} />),
  ...each('roster', rosterStates, props => <RosterView {...props} />),
  ...each('question', questionStates, props => <QuestionView {...props} />),
  { name: 'list', draw: () => <ListView interview={interview} close={nothing} /> },
  { name: 'answers', draw: () => <AnswersView {...answers} /> },
  { name: 'end', draw: () => <EndView {...answers} {...ending} /> },
  {
    name: 'end: the likely ones are done',
    draw: () => <EndView {...answers} {...ending} interview={stoppedEarly} />,
  },
  ...each('results', resultsStates, props => <ResultsView {...props} />),
  { name: 'one result', draw: () => <OneResultView screening={screening} lineKey="P01" /> },
  { name: 'one result: gone', draw: () => <OneResultView screening={screening} lineKey="P99" /> },
  ...each('submit', submitStates, props => <SubmitView {...props} />),
  ...each('done', doneStates, props => <DoneView {...props} />),
  ...each('level', levelStates, props => <LevelView {...props} />),
  ...each('project', projectStates, props => <ProjectView {...props} />),
  ...each('my needs', myNeedStates, props => <MyNeedsView {...props} />),
  ...each('my track', myTrackStates, props => <MyTrackView {...props} />),
  ...each('tell', tellStates, props => <TellView {...props} />),
  ...each('mine', mineStates, props => <MineView {...props} />),
  ...each('today', todayStates, props => <TodayView {...props} />),
  ...each('case', caseStates, props => <CaseView {...props} />),
  ...each('alerts', alertListStates, props => <AlertListView {...props} />),
  ...each('one alert', alertStates, props => <AlertView {...props} />),
  ...each('who serves', networkStates, props => <TodayView {...props} />),
  ...each('duties', dutyStates, props => <DutiesView {...props} />),
  ...each('unclaimed', unclaimedListStates, props => <UnclaimedListView {...props} />),
  ...each('one unclaimed', unclaimedStates, props => <UnclaimedView {...props} />),
  ...each('visits', dayStates, props => <DayView {...props} />),
  ...each('visit', visitStates, props => <VisitView {...props} />),
  ...each('outbox', outboxStates, props => <OutboxView {...props} />),
  { name: 'visits: locked', draw: () => <LockedView left={3} /> },
  ...each('step', stepStates, props => <StepView {...props} />),
]
