import { Transform } from 'node:stream'

/**
 * A page's bytes without the zeros in it. React fills its buffer to the last byte and leaves it zero where a letter of several bytes does not
 * fit any more; browsers show that as a broken letter in attributes and in what a field holds. HTML itself has no zero byte.
 */
export function withoutGaps(): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk)
    },
  })
}
