import { useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { api, apiUpload } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { FormDialog } from '../form-dialog.tsx'
import type { Order } from './one.tsx'
import { useOrderWords } from './words.ts'

/** A photograph or a signature, where the family agreed. */
export function EvidenceDialog({
  order,
  visitId,
  kind,
  put,
  onClose,
}: {
  readonly order: Order
  readonly visitId: string
  readonly kind: 'photo' | 'signature'
  readonly put: (order: Order) => void
  readonly onClose: () => void
}) {
  const { one: say } = useOrderWords()
  const [file, setFile] = useState<File>()
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
  const [send, sending] = useDeed(async () => {
    if (!file) return
    await apiUpload('POST /orders/:orderId/visits/:visitId/evidence', file, {
      params: { orderId: order.id, visitId },
      query: { kind, agreed: 'yes' },
    })
    put(await api('GET /orders/:orderId', { params: { orderId: order.id } }))
    onClose()
  })
  return (
    <FormDialog
      title={kind === 'photo' ? say.addPhoto : say.addSignature}
      deed={sending}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (file && agreed) send()
      }}
      onClose={onClose}
    >
      <label className={tried && !file ? 'field wrong' : 'field'}>
        <span className="field-label">{say.evidenceFile}</span>
        {tried && !file && <Wrong words={say.evidenceFileMust} />}
        <input type="file" accept="image/jpeg,image/png" onChange={event => setFile(event.currentTarget.files?.[0])} />
      </label>
      <div className={tried && !agreed ? 'field wrong' : 'field'}>
        {tried && !agreed && <Wrong words={say.evidenceMust} />}
        <label className="orders-check">
          <input type="checkbox" checked={agreed} onChange={event => setAgreed(event.currentTarget.checked)} />
          {say.evidenceAsk}
        </label>
      </div>
    </FormDialog>
  )
}

export const Wrong = ({ words }: { readonly words: string }) => (
  <p className="field-error">
    <Icon name="warning" />
    {words}
  </p>
)
