import { Button } from '../../parts/button.tsx'
import { Failed } from '../../parts/state.tsx'
import { apiFile } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { takeOut } from '../take-out.ts'
import { useImportWords } from './words.ts'

/** The empty table, in either form. */
export function TemplateLinks() {
  const say = useImportWords()
  const [take, taking] = useDeed(async (format: 'xlsx' | 'csv') =>
    takeOut(await apiFile('GET /imports/template', { query: { format } }), `${say.templateName}.${format}`),
  )
  return (
    <div className="import-template">
      <span className="second">{say.template}</span>
      <Button onClick={() => take('xlsx')}>{say.asExcel}</Button>
      <Button onClick={() => take('csv')}>{say.asText}</Button>
      {taking.problem && <Failed problem={taking.problem} />}
    </div>
  )
}
