import { Link } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useAlertWords } from './words/index.ts'

/** How good the rules are, who was found, and what came of it. */
export function Quality() {
  const { quality: words } = useAlertWords()
  const said = useSaid()
  const language = useLanguage()
  const session = useSession()
  const maySeeRule = session.state === 'known' && session.role === 'districtOfficer'
  const loaded = useLoad('alert quality', signal => api('GET /alerts/quality', { signal }))
  if (loaded.problem && !loaded.value) return <Failed problem={loaded.problem} again={loaded.again} />
  if (!loaded.value) return <Skeleton shape={['tall', 'tall']} />
  const { since, rules, groups, outcomes } = loaded.value
  const or = (n: number | null) => n ?? words.few
  const heads = words.rules(formatDay(since, language))
  return (
    <div className="desk-pile">
      <Card label={heads}>
        <h2>{heads}</h2>
        <p className="second small">{words.text}</p>
        <Table
          caption={heads}
          rows={rules}
          rowKey={rule => rule.id}
          columns={[
            {
              key: 'rule',
              head: words.heads.rule,
              main: true,
              cell: rule => (
                <>
                  {rule.id}{' '}
                  {maySeeRule ? (
                    <Link to="/workbench/$kind/$ruleKey" params={{ kind: 'alert', ruleKey: rule.id } as never}>
                      {said(rule.name)}
                    </Link>
                  ) : (
                    said(rule.name)
                  )}{' '}
                  {rule.flagged && <Tag tone="ochre">{words.flagged}</Tag>}
                </>
              ),
            },
            { key: 'raised', head: words.heads.raised, figure: true, cell: rule => rule.raised },
            { key: 'verified', head: words.heads.verified, figure: true, cell: rule => or(rule.verified) },
            { key: 'false', head: words.heads.false, figure: true, cell: rule => or(rule.false) },
            {
              key: 'share',
              head: words.heads.share,
              figure: true,
              cell: rule =>
                rule.verified === 0
                  ? words.none
                  : rule.share === null
                    ? words.few
                    : `${String(Math.round(rule.share * 100))}%`,
            },
          ]}
        />
      </Card>
      <Card label={words.groups}>
        <h2>{words.groups}</h2>
        <Table
          caption={words.groups}
          rows={groups}
          rowKey={group => `${group.by} ${group.key}`}
          columns={[
            {
              key: 'group',
              head: words.groupHeads.group,
              main: true,
              cell: group => `${words.by[group.by]} · ${said(group.name)}`,
            },
            { key: 'people', head: words.groupHeads.people, figure: true, cell: group => or(group.people) },
            { key: 'raised', head: words.groupHeads.raised, figure: true, cell: group => or(group.raised) },
            { key: 'confirmed', head: words.groupHeads.confirmed, figure: true, cell: group => or(group.confirmed) },
            { key: 'per', head: words.groupHeads.per, figure: true, cell: group => or(group.perThousand) },
          ]}
        />
      </Card>
      <Card label={words.outcomes}>
        <h2>{words.outcomes}</h2>
        <p className="second small">{words.outcomesText}</p>
        {outcomes.length === 0 ? (
          <p className="alert-part">{words.noOutcomes}</p>
        ) : (
          <Table
            caption={words.outcomes}
            rows={outcomes}
            rowKey={one => one.kind}
            columns={[
              { key: 'what', head: words.outcomes, main: true, cell: one => said(one.words) },
              { key: 'count', head: words.count, figure: true, cell: one => or(one.count) },
            ]}
          />
        )}
      </Card>
    </div>
  )
}
