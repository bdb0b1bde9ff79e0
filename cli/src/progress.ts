/** One line on the error stream that counts up; a new line now and then where nobody watches. */
export function progressLine(what: string): { show(done: number, of: number): void; end(words: string): void } {
  const live = process.stderr.isTTY
  let shownAt = 0
  return {
    show(done, of) {
      const share = of > 0 ? Math.min(100, Math.floor((done / of) * 100)) : 0
      if (!live && (share < shownAt + 10 || share === shownAt)) return
      shownAt = share
      process.stderr.write(live ? `\r${what}  ${done}/${of}  ${share}%   ` : `${what}  ${done}/${of}  ${share}%\n`)
    },
    end(words) {
      process.stderr.write(live ? `\r${words}                    \n` : `${words}\n`)
    },
  }
}
