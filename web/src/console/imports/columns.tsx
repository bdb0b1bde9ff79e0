import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import type { Whole } from './one.tsx'
import { useImportWords } from './words.ts'

/** What each column of the file stands for: guessed, and corrected by whoever knows the file. */
export function Columns({
  batch,
  again,
  bare,
}: {
  readonly batch: Whole
  readonly again: () => void
  /** Stands inside a card already. */
  readonly bare?: boolean
}) {
  const { columns: say } = useImportWords()
  const said = useSaid()
  const [mapping, setMapping] = useState<Readonly<Record<string, number>>>(batch.mapping)
  const [check, checking] = useDeed(async () => {
    await api('POST /imports/:id/check', { params: { id: batch.id }, body: { mapping } })
    again()
  })
  const keyAt = new Map(Object.entries(mapping).map(([key, at]) => [at, key]))
  const guessAt = new Map(Object.entries(batch.mapping).map(([key, at]) => [at, key]))
  const missing = batch.columns.filter(column => column.required && !(column.key in mapping))
  const choose = (at: number, key: string) => {
    const rest = Object.entries(mapping).filter(([k, i]) => i !== at && k !== key)
    setMapping(Object.fromEntries(key === '' ? rest : [...rest, [key, at]]))
  }
  const options = batch.columns.map(column => ({
    value: column.key,
    label: column.required ? `${said(column.header)} *` : said(column.header),
  }))
  const inside = (
    <div className="desk-pile">
      <div>
        {!bare && (
          <div className="desk-card-head">
            <h2>{say.title}</h2>
          </div>
        )}
        <p className="second">{say.matched(keyAt.size, batch.header.length)}</p>
      </div>
      {missing.length > 0 && (
        <Notice tone="ochre" said>
          <span id="import-missing">{say.missing(missing.map(column => said(column.header)).join(' · '))}</span>
        </Notice>
      )}
      {checking.problem && <Failed problem={checking.problem} />}
      <ul className="import-columns">
        {batch.header.map((header, at) => {
          const key = keyAt.get(at) ?? ''
          const guess = guessAt.get(at) ?? ''
          return (
            // A file has each header once.
            <li key={header || at} className={key ? 'matched' : ''}>
              <SelectField
                label={
                  <>
                    {header || '—'}{' '}
                    {key !== guess ? (
                      <Tag tone="river" icon="pen">
                        {say.changed}
                      </Tag>
                    ) : null}
                  </>
                }
                value={key}
                blank={say.none}
                options={options}
                onChange={chosen => choose(at, chosen)}
              />
            </li>
          )
        })}
      </ul>
      <div>
        <Button
          kind={bare ? 'framed' : 'main'}
          off={missing.length > 0}
          busy={checking.busy}
          {...(missing.length > 0 ? { describedBy: 'import-missing' } : {})}
          onClick={check}
        >
          {bare ? say.recheck : say.check}
        </Button>
      </div>
    </div>
  )
  return bare ? inside : <Card label={say.title}>{inside}</Card>
}
