import { writeSheet } from '#app/wiring.server.ts'

/** Rows of a file that is too long for the memory; null when there are none left. */
export type NextRows = () => Promise<readonly (readonly string[])[] | null>

const byteOrderMark = 3

/** A table as a CSV download, sent page by page as `next` reads it. */
export async function csvStream(name: string, head: readonly string[], next: NextRows): Promise<Response> {
  const headBytes = await writeSheet([head], 'csv')
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(headBytes),
    async pull(stream) {
      const rows = await next()
      if (!rows) return stream.close()
      // Each part is written as a file of its own; the mark belongs at the beginning alone.
      stream.enqueue((await writeSheet(rows, 'csv')).subarray(byteOrderMark))
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}
