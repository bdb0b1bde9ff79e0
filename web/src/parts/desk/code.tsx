import { QRCode } from 'antd'

/** An address as a picture that a telephone reads; black on white, also on paper. The address stands beside it in words. */
export const Code = ({ address, name }: { readonly address: string; readonly name: string }) => (
  <>
    <span className="unseen">{name}</span>
    <div aria-hidden="true">
      <QRCode value={address} type="svg" size={200} bordered={false} color="#000000" bgColor="#ffffff" errorLevel="M" />
    </div>
  </>
)
