import { Transform } from 'node:stream'

/**
 * A page's bytes without the zeros in it, in few large pieces. React fills its buffer to the last byte and leaves it zero where a letter of
 * several bytes does not fit any more; browsers show that as a broken letter in attributes and in what a field holds. HTML itself has no zero
 * byte. React hands over two kilobytes at a time; what it writes at once leaves at once.
 */
export function withoutGaps(): Transform {
  let waiting: Buffer[] = []
  const sendTo = (stream: Transform) => {
    if (waiting.length > 0) stream.push(Buffer.concat(waiting))
    waiting = []
  }
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (waiting.length === 0) setImmediate(() => sendTo(this))
      waiting.push(chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk)
      done()
    },
    flush(done) {
      sendTo(this)
      done()
    },
  })
}
