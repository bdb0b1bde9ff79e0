import { type ReactNode, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Pager, type Pages, usePages } from '../../parts/desk/pages.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { type Deed, type Loaded, useLoad } from '../../platform/load.ts'
import { FormDialog, type Read } from '../form-dialog.tsx'
import { useOrderWords } from './words.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}
interface Records<T> {
  readonly loaded: Loaded<Page<T>>
  readonly pages: Pages
}

/** What is kept beside orders, page by page. */
export function useRecords<T>(
  key: string,
  ask: (query: { after?: string }, signal: AbortSignal) => Promise<Page<T>>,
): Records<T> {
  const pages = usePages(key)
  const loaded = useLoad(`${key} ${pages.after ?? ''}`, signal =>
    ask(pages.after === undefined ? {} : { after: pages.after }, signal),
  )
  return { loaded, pages }
}

/** A list of it: the one who adds, what went wrong, that nothing is there, and its pages. */
export function RecordList<T>({
  records: { loaded, pages },
  add,
  onAdd,
  none,
  noneText,
  children,
}: {
  readonly records: Records<T>
  readonly add: string
  /** Undefined for who adds nothing. */
  readonly onAdd: (() => void) | undefined
  readonly none: string
  readonly noneText: string
  readonly children: (items: readonly T[], busy: boolean) => ReactNode
}) {
  const items = loaded.value?.items
  return (
    <div className="desk-pile">
      {onAdd && (
        <p>
          <Button kind="main" icon="plus" onClick={onAdd}>
            {add}
          </Button>
        </p>
      )}
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!items && !loaded.problem && <Skeleton shape={['card']} />}
      {items?.length === 0 && <Empty title={none}>{noneText}</Empty>}
      {items && items.length > 0 && children(items, loaded.busy)}
      {loaded.value && <Pager pages={pages} next={loaded.value.next} />}
    </div>
  )
}

/** What a form of these is told besides what it is about. */
export interface FormOf {
  readonly onDone: () => void
  readonly onClose: () => void
}

/** A form that says what is missing once somebody has tried to send it. */
export function RecordForm({
  title,
  save,
  wrong = false,
  reads = [],
  deed,
  onSend,
  onClose,
  children,
}: {
  readonly title: string
  readonly save?: string
  readonly wrong?: boolean
  readonly reads?: readonly Read[]
  readonly deed: Deed
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: (tried: boolean) => ReactNode
}) {
  const { one: say } = useOrderWords()
  const [tried, setTried] = useState(false)
  return (
    <FormDialog
      title={title}
      deed={deed}
      save={save ?? say.save}
      saving={say.saving}
      reads={reads}
      onSend={() => {
        setTried(true)
        if (!wrong) onSend()
      }}
      onClose={onClose}
    >
      {children(tried)}
    </FormDialog>
  )
}
