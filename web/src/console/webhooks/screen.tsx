import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { SecretDialog } from '../secret-dialog.tsx'
import { ChangeDialog, RotateDialog } from './dialogs.tsx'
import { useHookWords } from './words.ts'

export type Hooks = Result<'GET /webhooks'>
export type Hook = Hooks['items'][number]
type Asking =
  | { readonly what: 'add' | 'addProvince' }
  | { readonly what: 'change' | 'rotate' | 'pause' | 'resume' | 'end'; readonly hook: Hook }

const tones: Readonly<Record<Hook['state'], Tone>> = { active: 'hill', paused: 'ochre', ended: 'plain' }

/** 对外消息: which systems are told, whether it arrives, and what to do where it does not. */
export function WebhooksScreen() {
  const say = useHookWords()
  const hooks = useLoad('webhooks', signal => api('GET /webhooks', { signal }))
  useLive(['doors.'], hooks.again)
  const [asking, setAsking] = useState<Asking>()
  const [made, setMade] = useState<Result<'POST /webhooks'>>()
  const [said, setSaid] = useState('')
  const close = () => setAsking(undefined)
  const came = (one?: Result<'POST /webhooks'>) => {
    close()
    setMade(one)
    hooks.again()
  }
  const step = (what: 'pause' | 'resume' | 'end' | 'trial', hook: Hook) =>
    api(`POST /webhooks/:subscriptionId/${what}`, { params: { subscriptionId: hook.id }, body: {} })
  const [tryOut, trying] = useDeed(async (hook: Hook) => {
    await step('trial', hook)
    setSaid(say.tried)
    hooks.again()
  })
  const live = hooks.value?.items.filter(hook => hook.state !== 'ended') ?? []
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <span className="row">
          {!live.some(hook => hook.form === 'province') && (
            <Button onClick={() => setAsking({ what: 'addProvince' })} off={!hooks.value}>
              {say.addProvince}
            </Button>
          )}
          <Button kind="main" icon="plus" onClick={() => setAsking({ what: 'add' })} off={!hooks.value}>
            {say.add}
          </Button>
        </span>
      </header>
      {said && (
        <Notice tone="hill" said>
          {said}
        </Notice>
      )}
      {trying.problem && <Failed problem={trying.problem} />}
      {hooks.problem && <Failed problem={hooks.problem} again={hooks.again} at={hooks.at} />}
      {!hooks.value && !hooks.problem && <Skeleton shape={['card']} />}
      {hooks.value?.items.length === 0 && <Empty title={say.empty}>{say.emptyText}</Empty>}
      {hooks.value && hooks.value.items.length > 0 && (
        <Card label={say.list}>
          <HookTable hooks={hooks.value} onAsk={setAsking} onTry={hook => tryOut(hook)} busy={trying.busy} />
        </Card>
      )}
      {asking && !('hook' in asking) && hooks.value && (
        <ChangeDialog
          kinds={hooks.value.kinds}
          form={asking.what === 'add' ? 'webhook' : 'province'}
          onDone={came}
          onClose={close}
        />
      )}
      {asking?.what === 'change' && hooks.value && (
        <ChangeDialog
          kinds={hooks.value.kinds}
          form={asking.hook.form}
          of={asking.hook}
          onDone={() => came()}
          onClose={close}
        />
      )}
      {asking?.what === 'rotate' && <RotateDialog of={asking.hook} onMade={came} onClose={close} />}
      {(asking?.what === 'pause' || asking?.what === 'resume' || asking?.what === 'end') && (
        <Confirm
          title={say[asking.what]}
          text={say[`${asking.what}Text`](asking.hook.name)}
          kind={asking.what === 'end' ? 'danger' : 'main'}
          onClose={close}
          deed={async () => {
            const { what, hook } = asking
            if (what === 'pause' || what === 'resume' || what === 'end') await step(what, hook)
            hooks.again()
          }}
        />
      )}
      {made && <SecretDialog id={made.id} secret={made.secret} words={say.made} onClose={() => setMade(undefined)} />}
    </div>
  )
}

function HookTable({
  hooks,
  onAsk,
  onTry,
  busy,
}: {
  readonly hooks: Hooks
  readonly onAsk: (asking: Asking) => void
  readonly onTry: (hook: Hook) => void
  readonly busy: boolean
}) {
  const say = useHookWords()
  const language = useLanguage()
  const when = (instant: string) => formatInstant(instant, language)
  return (
    <Table
      caption={say.list}
      rows={hooks.items}
      rowKey={hook => hook.id}
      columns={[
        {
          key: 'name',
          head: say.name,
          main: true,
          cell: hook => (
            <>
              <Link to={`/webhooks/${hook.id}`} data-row="">
                {hook.name}
              </Link>
              {hook.form === 'province' && <Tag tone="river">{say.province}</Tag>}
              <p className="mini second">{new URL(hook.url).host}</p>
            </>
          ),
        },
        {
          key: 'state',
          head: say.state,
          cell: hook => (
            <>
              <Tag tone={tones[hook.state]}>{say.states[hook.state]}</Tag>
              {hook.why && <p className="mini second">{say.why[hook.why]}</p>}
              {hook.state === 'active' && hook.notBefore && (
                <p className="mini second">{say.resting(when(hook.notBefore))}</p>
              )}
              {hook.oldUntil && <p className="mini second">{say.oldUntil(when(hook.oldUntil))}</p>}
            </>
          ),
        },
        {
          key: 'counts',
          head: say.counts,
          cell: hook => (
            <span>
              {hook.delivered} · {hook.waiting} · <b>{hook.dead}</b>
            </span>
          ),
        },
        {
          key: 'heard',
          head: say.heard,
          cell: hook => (
            <>
              {hook.heardAt ? when(hook.heardAt) : say.never}
              {hook.pulledAt && <p className="mini second">{say.pulled(when(hook.pulledAt))}</p>}
            </>
          ),
        },
        {
          key: 'acts',
          head: '',
          cell: hook => hook.state !== 'ended' && <Acts hook={hook} onAsk={onAsk} onTry={onTry} busy={busy} />,
        },
      ]}
    />
  )
}

function Acts({
  hook,
  onAsk,
  onTry,
  busy,
}: {
  readonly hook: Hook
  readonly onAsk: (asking: Asking) => void
  readonly onTry: (hook: Hook) => void
  readonly busy: boolean
}) {
  const say = useHookWords()
  const act = (what: 'change' | 'rotate' | 'pause' | 'resume' | 'end', kind?: 'danger') => (
    <Button onClick={() => onAsk({ what, hook })} name={`${say[what]} ${hook.name}`} {...(kind && { kind })}>
      {say[what]}
    </Button>
  )
  return (
    <span className="row">
      {hook.state === 'active' ? act('pause') : act('resume')}
      {hook.state === 'active' && (
        <Button onClick={() => onTry(hook)} busy={busy} name={`${say.trial} ${hook.name}`}>
          {say.trial}
        </Button>
      )}
      {act('change')}
      {act('rotate')}
      {act('end', 'danger')}
    </span>
  )
}
