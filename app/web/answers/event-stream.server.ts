const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Compressing would hold lines back until a block of them is full.
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

/** How long one answer stays open; browsers ask again by themselves. */
const openMs = 55_000
const everyMs = 1_000

export type Watched = {
  /** Changes whenever there is something new to show. */
  readonly version: string
  /** Whether nothing more will change. */
  readonly isOver: boolean
}

/** Server-sent events that say when something a page shows has changed, and nothing else: the page then asks for it as usual. */
export function eventStream(request: Request, watch: () => Promise<Watched>): Response {
  const encoder = new TextEncoder()
  const isGone = () => request.signal.aborted
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const until = performance.now() + openMs
      let last: string | null = null
      controller.enqueue(encoder.encode('retry: 2000\n\n'))
      while (!isGone() && performance.now() < until) {
        const { version, isOver } = await watch()
        if (isGone()) break
        if (last !== null && version !== last) controller.enqueue(encoder.encode('data: changed\n\n'))
        last = version
        if (isOver) break
        await pause(request.signal)
      }
      if (!isGone()) controller.close()
    },
  })
  return new Response(body, { headers })
}

/** A moment, or less when the reader leaves. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, everyMs)
    signal.addEventListener('abort', end)
  })
}
