const longest = 1600
/** Bytes that go out over a village's line in a few seconds. */
const wanted = 300_000

/** A photo drawn anew: at most 1600 px, and nothing left of where and with what it was taken. @throws for what is no picture */
export async function shrunk(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  for (const quality of [0.8, 0.6, 0.4]) {
    const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', quality))
    if (blob && (blob.size <= wanted || quality === 0.4)) return blob
  }
  throw new Error('the picture could not be drawn')
}
