import { Button } from '../../parts/button.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useSlipWords } from './words.ts'

/** The list as it goes to a bureau on paper, with room for its answers. */
export function Sheet({ unit, onBack }: { readonly unit: string | undefined; readonly onBack: () => void }) {
  const all = useSlipWords()
  const { sheet: say } = all
  const said = useSaid()
  const language = useLanguage()
  const loaded = useLoad(`sheet ${unit ?? ''}`, signal =>
    api('GET /slips/sheet', { query: unit ? { unit } : {}, signal }),
  )
  const sheet = loaded.value
  return (
    <section className="slip-sheet" aria-label={say.title}>
      <div className="row slip-sheet-acts">
        <Button icon="back" onClick={onBack}>
          {all.back}
        </Button>
        <Button kind="main" icon="paper" off={!sheet || sheet.items.length === 0} onClick={() => globalThis.print()}>
          {say.print}
        </Button>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!sheet && !loaded.problem && <Skeleton shape={['title', 'tall']} />}
      {sheet && (
        <>
          <h2>{say.title}</h2>
          <p>
            {sheet.unit ? say.to(said(sheet.unit.name)) : say.all} · {say.on(formatDay(sheet.on, language))}
          </p>
          {sheet.items.length === 0 ? (
            <p className="second">{say.empty}</p>
          ) : (
            <div className="slip-paper-frame">
              <table className="slip-paper">
                <thead>
                  <tr>
                    {say.heads.map(head => (
                      <th key={head} scope="col">
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {sheet.items.map(one => (
                    <tr key={one.id}>
                      <td>{one.number}</td>
                      <td>
                        {one.whom?.name}
                        <br />
                        {one.whom?.reach}
                      </td>
                      <td>{one.place}</td>
                      <td>
                        {!sheet.unit && <b className="slip-line">{said(one.unit.name)}</b>}
                        {one.subject && <span className="slip-line">{said(one.subject.name)}</span>}
                        {one.need}
                      </td>
                      <td>{one.dueOn && formatDay(one.dueOn, language)}</td>
                      <td />
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {sheet.more && <p>{say.more}</p>}
          <p className="second small">{say.foot}</p>
        </>
      )}
    </section>
  )
}
