import { useState } from 'react'
import { DayField } from '../../parts/desk/day-field.tsx'
import { MoneyField, SelectField, TextField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Receipt } from './due.tsx'
import type { Household } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
const yuanIn = (typed: string) => (/^\d{1,7}$/.test(typed.trim()) ? Number(typed.trim()) : undefined)

/** The office writes down that a benefit is received. */
export function ReceiptDialog({
  family,
  again,
  onClose,
}: {
  readonly family: Household
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { due: words } = useHouseholdWords()
  const said = useSaid()
  const today = useToday()
  const policies = useLoad('policies in force', signal => api('GET /policies', { query: { inForce: 'true' }, signal }))
  const [id, setId] = useState('')
  const [person, setPerson] = useState('')
  const [fromOn, setFromOn] = useState(today)
  const [amount, setAmount] = useState('')
  const [tried, setTried] = useState(false)
  const policy = policies.value?.items.find(one => one.id === id)
  const wantsPerson = policy?.scope === 'person'
  const wrongAmount = amount.trim() !== '' && yuanIn(amount) === undefined
  const dayFits = isDay(fromOn) && fromOn <= today
  const complete = policy && !(wantsPerson && person === '') && dayFits && !wrongAmount
  const [save, saving] = useDeed(async () => {
    const yuan = yuanIn(amount)
    await api('POST /households/:id/receipts', {
      params: { id: family.id },
      body: {
        policy: id,
        fromOn,
        ...(wantsPerson ? { person } : {}),
        ...(yuan === undefined ? {} : { amount: yuan }),
      },
    })
    again()
    onClose()
  })
  return (
    <FormDialog
      title={words.add}
      deed={saving}
      save={words.save}
      onSend={() => {
        setTried(true)
        if (complete) save()
      }}
      onClose={onClose}
    >
      {policies.problem && <Failed problem={policies.problem} again={policies.again} />}
      <SelectField
        label={words.which}
        value={id}
        onChange={setId}
        options={(policies.value?.items ?? []).map(one => ({ value: one.id, label: said(one.name) }))}
        error={tried && !policy ? words.mustPolicy : undefined}
      />
      {wantsPerson && (
        <SelectField
          label={words.who}
          value={person}
          onChange={setPerson}
          options={family.members.map(member => ({ value: member.id, label: member.name }))}
          error={tried && person === '' ? words.mustPerson : undefined}
        />
      )}
      <DayField above label={words.fromOn} max={today} value={fromOn} onChange={setFromOn} />
      {tried && !dayFits && <Notice tone="seal">{words.mustDay}</Notice>}
      <MoneyField
        label={words.amount}
        hint={words.amountHint}
        optional
        value={amount}
        onChange={setAmount}
        {...(tried && wrongAmount ? { error: words.mustAmount } : {})}
      />
    </FormDialog>
  )
}

/** A named person of the office writes down that it ended, and why; it is said before that nothing is stopped by it. */
export function EndReceiptDialog({
  household,
  receipt,
  again,
  onClose,
}: {
  readonly household: string
  readonly receipt: Receipt
  readonly again: () => void
  readonly onClose: () => void
}) {
  const { due: words } = useHouseholdWords()
  const said = useSaid()
  const today = useToday()
  const [untilOn, setUntilOn] = useState(today)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const dayFits = isDay(untilOn) && untilOn >= receipt.fromOn
  const short = reason.trim().length < 4
  const [save, saving] = useDeed(async () => {
    await api('POST /households/:id/receipts/:receiptId/end', {
      params: { id: household, receiptId: receipt.id },
      body: { untilOn, reason: reason.trim() },
    })
    again()
    onClose()
  })
  return (
    <FormDialog
      title={words.end}
      deed={saving}
      save={words.endSave}
      onSend={() => {
        setTried(true)
        if (dayFits && !short) save()
      }}
      onClose={onClose}
    >
      <p>{words.endText(said(receipt.policy.name))}</p>
      <DayField above label={words.untilOn} min={receipt.fromOn} value={untilOn} onChange={setUntilOn} />
      {tried && !dayFits && <Notice tone="seal">{words.mustUntil}</Notice>}
      <TextField
        label={words.reason}
        lines={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={tried && short ? words.mustReason : undefined}
      />
    </FormDialog>
  )
}
