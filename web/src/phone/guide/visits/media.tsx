import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import type { KeptFile } from './day.ts'
import { dropFile, fileOf, keepFile } from './keeper.ts'
import { shrunk } from './shrink.ts'
import { useVisitWords } from './words/index.ts'

const mostSeconds = 60

/** Photos, a signature and a spoken note, each sealed as soon as it is there. */
export function Media({ visit, files }: { readonly visit: string; readonly files: readonly KeptFile[] }) {
  const { visit: words } = useVisitWords()
  const [fault, setFault] = useState<string>()
  const [signing, setSigning] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    setFault(undefined)
    if (!file) return
    const small = await shrunk(file).catch(() => undefined)
    if (small) await keepFile(visit, 'photo', small)
    else setFault(words.photoFailed)
  }
  return (
    <section className="section" aria-label={words.media}>
      <h2>{words.media}</h2>
      {files.length > 0 && (
        <ul className="visits-files">
          {files.map(file => (
            <FileLine key={file.id} file={file} />
          ))}
        </ul>
      )}
      <div className="visits-media">
        <input
          ref={picker}
          hidden
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={words.photo}
          onChange={event => {
            const [file] = event.currentTarget.files ?? []
            void take(file)
            event.currentTarget.value = ''
          }}
        />
        <Button onClick={() => picker.current?.click()}>{words.photo}</Button>
        <Button onClick={() => setSigning(!signing)} expanded={signing}>
          {words.sign}
        </Button>
        <Voice visit={visit} onFault={() => setFault(words.voiceFailed)} />
      </div>
      {signing && <SignaturePad visit={visit} done={() => setSigning(false)} />}
      {fault && (
        <p className="field-error" role="alert">
          <Icon name="warning" />
          {fault}
        </p>
      )}
    </section>
  )
}

function FileLine({ file }: { readonly file: KeptFile }) {
  const { visit: words } = useVisitWords()
  const [shown, setShown] = useState<string>()
  useEffect(() => {
    if (file.kind === 'voice' || file.sent) return
    let address: string | undefined
    void fileOf(file).then(blob => {
      if (!blob) return
      address = URL.createObjectURL(blob)
      setShown(address)
    })
    return () => {
      if (address) URL.revokeObjectURL(address)
    }
  }, [file])
  const state =
    file.refused !== undefined ? words.fileState.refused : file.sent ? words.fileState.sent : words.fileState.waits
  return (
    <li>
      {shown && <img src={shown} alt="" />}
      <span>
        {words.files[file.kind]}
        <small className="second">
          {Math.max(1, Math.round(file.bytes / 1024))} KB · {state}
        </small>
      </span>
      {!file.sent && (
        <Button kind="text" onClick={() => void dropFile(file.id)} name={`${words.drop}: ${words.files[file.kind]}`}>
          {words.drop}
        </Button>
      )}
    </li>
  )
}

function SignaturePad({ visit, done }: { readonly visit: string; readonly done: () => void }) {
  const { visit: words } = useVisitWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState(false)
  const pen = useRef<{ x: number; y: number }>(undefined)
  const at = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const scale = event.currentTarget.width / box.width
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale }
  }
  const draw = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const ink = event.currentTarget.getContext('2d')
    if (!pen.current || !ink) return
    const to = at(event)
    ink.lineWidth = 4
    ink.lineCap = 'round'
    ink.beginPath()
    ink.moveTo(pen.current.x, pen.current.y)
    ink.lineTo(to.x, to.y)
    ink.stroke()
    pen.current = to
    setDrawn(true)
  }
  const clear = () => {
    const sheet = canvas.current
    sheet?.getContext('2d')?.clearRect(0, 0, sheet.width, sheet.height)
    setDrawn(false)
  }
  const keep = () =>
    canvas.current?.toBlob(blob => {
      if (blob) void keepFile(visit, 'signature', blob).then(done)
    }, 'image/png')
  return (
    <div className="visits-sign">
      <p className="field-hint">{words.signHint}</p>
      <canvas
        ref={canvas}
        width={700}
        height={300}
        role="img"
        aria-label={words.sign}
        onPointerDown={event => {
          event.currentTarget.setPointerCapture(event.pointerId)
          pen.current = at(event)
        }}
        onPointerMove={draw}
        onPointerUp={() => (pen.current = undefined)}
      />
      <div className="visits-media">
        <Button onClick={clear}>{words.signClear}</Button>
        <Button kind="main" onClick={keep} off={!drawn}>
          {words.signKeep}
        </Button>
      </div>
    </div>
  )
}

function Voice({ visit, onFault }: { readonly visit: string; readonly onFault: () => void }) {
  const { visit: words } = useVisitWords()
  const [recorder, setRecorder] = useState<MediaRecorder>()
  useEffect(() => {
    if (!recorder) return
    const timer = setTimeout(() => recorder.stop(), mostSeconds * 1000)
    return () => clearTimeout(timer)
  }, [recorder])
  const begin = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const made = new MediaRecorder(stream, { audioBitsPerSecond: 24_000 })
      const parts: Blob[] = []
      made.addEventListener('dataavailable', event => void parts.push(event.data))
      made.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        setRecorder(undefined)
        void keepFile(visit, 'voice', new Blob(parts, { type: made.mimeType }))
      })
      made.start()
      setRecorder(made)
    } catch {
      onFault()
    }
  }
  return recorder ? (
    <Button kind="danger" onClick={() => recorder.stop()}>
      {words.voiceStop}
    </Button>
  ) : (
    <Button onClick={() => void begin()}>{words.voice}</Button>
  )
}
