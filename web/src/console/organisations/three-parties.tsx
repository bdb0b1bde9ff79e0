import { Link } from '@tanstack/react-router'
import { formatYuan } from '@zhulian/kernel'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { useDivisions } from '../shell/place-name.ts'
import { useServices } from './small-dialogs.tsx'
import { useOrganisationWords } from './words.ts'

type Row = Result<'GET /three-parties'>['rows'][number]

/** 三方对接: for each service, or for one in each township, who waits, what is paid for, and who can take on how many. */
export function ThreeParties() {
  const all = useOrganisationWords()
  const { parties: say } = all
  const said = useSaid()
  const session = useSession()
  const [raw, set] = useFilters()
  const services = useServices()
  const scope = session.state === 'known' ? (session.scope ?? '') : ''
  const places = (useDivisions()?.divisions ?? []).filter(one => one.code.length === 9 && one.code.startsWith(scope))
  const { service, division } = raw
  const query = { ...(service ? { service } : {}), ...(division && !service ? { division } : {}) }
  const read = useLoad(`three parties ${JSON.stringify(query)}`, signal => api('GET /three-parties', { query, signal }))
  const none = (words: string) => <span className="second">{words}</span>
  return (
    <div className="desk-pile">
      <Card label={say.pick}>
        <div className="org-filters">
          <SelectField
            label={say.pick}
            blank={say.everyService}
            value={service ?? ''}
            onChange={value => set({ service: value })}
            options={services.options}
          />
          {!service && places.length > 1 && (
            <SelectField
              label={all.place}
              blank={all.wholeDistrict}
              value={division ?? ''}
              onChange={value => set({ division: value })}
              options={places.map(one => ({ value: one.code, label: one.name }))}
            />
          )}
          {service && <Button onClick={() => set({ service: undefined })}>{say.back}</Button>}
        </div>
      </Card>
      {read.problem && <Failed problem={read.problem} again={read.again} at={read.at} />}
      {!read.value && !read.problem && <Skeleton shape={['card']} />}
      {read.value && (
        <Card label={say.caption}>
          <Table
            caption={say.caption}
            rows={read.value.rows}
            busy={read.busy}
            rowKey={row => row.id}
            columns={[
              {
                key: 'name',
                head: service ? say.heads.place : say.heads.service,
                main: true,
                cell: row =>
                  service ? (
                    said(row.name)
                  ) : (
                    <Link to="/organisations" search={{ look: 'parties', service: row.id } as never} data-row>
                      {row.id} {said(row.name)}
                    </Link>
                  ),
              },
              { key: 'open', head: say.heads.open, figure: true, cell: row => row.needs.open ?? none(say.few) },
              { key: 'late', head: say.heads.late, figure: true, cell: row => row.needs.late ?? none(say.few) },
              {
                key: 'money',
                head: say.heads.money,
                cell: row =>
                  row.money.contracts > 0
                    ? say.money(formatYuan(row.money.fen / 100), row.money.contracts)
                    : none(say.noMoney),
              },
              {
                key: 'projects',
                head: say.heads.projects,
                cell: row =>
                  row.money.projects > 0
                    ? say.projects(
                        formatYuan(row.money.projectFen / 100),
                        row.money.projects,
                        row.supply.free,
                        formatYuan(row.money.spentFen / 100),
                      )
                    : none(say.noProject),
              },
              {
                key: 'supply',
                head: say.heads.supply,
                cell: row => <Supply row={row} />,
              },
            ]}
          />
          <p className="second small org-foot">{say.note}</p>
        </Card>
      )}
    </div>
  )
}

function Supply({ row }: { readonly row: Row }) {
  const { parties: say } = useOrganisationWords()
  if (row.supply.places > 0) return say.supply(row.supply.places, row.supply.organisations)
  return row.gap ? (
    <Tag tone="seal" icon="warning">
      {say.gap}
    </Tag>
  ) : (
    <span className="second">{say.noSupply}</span>
  )
}
