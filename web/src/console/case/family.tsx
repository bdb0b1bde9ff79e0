import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { FindFamily } from '../../parts/find-family.tsx'
import { Failed } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { useFamilySearch } from '../../platform/families.ts'
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { useConsoleWords } from '../words/index.ts'
import type { Case } from './take-step.ts'
import { useCaseWords } from './words/index.ts'

interface OfCase {
  readonly one: Case
  readonly again: () => void
}

/** What the family said it needs: here until it is known which family it is, among its needs from then on. */
export function NeedsSaid({ one }: Pick<OfCase, 'one'>) {
  const words = useCaseWords()
  const said = useSaid()
  if (!one.needs) return null
  return (
    <Card label={words.needs}>
      <h2>{words.needs}</h2>
      {one.needs.items.length > 0 && (
        <p className="row">
          {one.needs.items.map(item => (
            <Tag key={item.zh} tone="river">
              {said(item)}
            </Tag>
          ))}
        </p>
      )}
      {one.needs.words && <p>{one.needs.words}</p>}
      <p className="second small">
        {one.needs.heard && one.household ? (
          <Link to={`/registry/${one.household}`}>{words.needsHeard}</Link>
        ) : one.household ? (
          words.needsSoon
        ) : (
          words.needsWait
        )}
      </p>
    </Card>
  )
}

/** Which family of the register it is, said by who has seen them, and taken back where it was another. */
export function WhichFamily({ one, again }: OfCase) {
  const words = useCaseWords()
  const [open, setOpen] = useState<'find' | 'undo'>()
  const close = () => setOpen(undefined)
  const done = () => {
    close()
    again()
  }
  return (
    <>
      {one.household ? (
        <p className="row">
          <Link to={`/registry/${one.household}`}>{words.household}</Link>
          {one.mayKnowFamily && (
            <Button kind="text" onClick={() => setOpen('undo')}>
              {words.notThem}
            </Button>
          )}
        </p>
      ) : (
        <>
          <p className="second small">{words.notLinked}</p>
          {one.mayKnowFamily && (
            <Button icon="search" onClick={() => setOpen('find')}>
              {words.which}
            </Button>
          )}
        </>
      )}
      {open === 'find' && <FindDialog one={one} again={done} onClose={close} />}
      {open === 'undo' && <UndoDialog one={one} again={done} onClose={close} />}
    </>
  )
}

function FindDialog({ one, again, onClose }: OfCase & { readonly onClose: () => void }) {
  const words = useCaseWords()
  const all = useConsoleWords()
  const search = useFamilySearch()
  const [choose, choosing] = useDeed(async (household: string) => {
    await api('POST /cases/:caseId/family', {
      params: { caseId: one.id },
      body: { household: household as never, expectedVersion: one.version },
    })
    again()
  })
  return (
    <Dialog title={words.which} closeName={all.close} onClose={onClose}>
      <p>{words.whichText(one.fullName ?? one.name)}</p>
      {choosing.problem && <Failed problem={choosing.problem} />}
      <FindFamily
        {...search}
        row="case-found"
        none={words.whichNone}
        act={family => (
          <Button busy={choosing.busy} name={`${words.them} ${family.head}`} onClick={() => choose(family.id)}>
            {words.them}
          </Button>
        )}
      />
    </Dialog>
  )
}

function UndoDialog({ one, again, onClose }: OfCase & { readonly onClose: () => void }) {
  const words = useCaseWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < 2
  const [undo, undoing] = useDeed(async () => {
    await api('POST /cases/:caseId/family/undo', {
      params: { caseId: one.id },
      body: { reason: reason.trim(), expectedVersion: one.version },
    })
    again()
  })
  return (
    <FormDialog
      title={words.notThem}
      deed={undoing}
      save={words.notThem}
      onSend={() => {
        setTried(true)
        if (!isShort) undo()
      }}
      onClose={onClose}
    >
      <p>{words.notThemText}</p>
      <TextField
        label={words.notThemWhy}
        lines={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && isShort ? words.notThemMust : undefined}
      />
    </FormDialog>
  )
}
