import { PassThrough, type Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { renderToPipeableStream, renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { withoutGaps } from './without-gaps.server.ts'

const page = (
  <ul>
    {Array.from({ length: 4_000 }, (_, place) => (
      <li key={String(place)} title={`شطب ${'x'.repeat(place % 7)}`} />
    ))}
  </ul>
)

function rendered(through: Transform): Promise<Buffer> {
  const { pipe } = renderToPipeableStream(page, { onAllReady: () => pipe(through) })
  return buffer(through)
}

test('letters of several bytes come whole out of a page that is longer than a buffer', async () => {
  expect((await rendered(new PassThrough())).includes(0)).toBe(true)
  expect((await rendered(withoutGaps())).toString()).toBe(renderToStaticMarkup(page))
})
