import { encode } from 'turbo-stream'

/** An answer that `useLiveAnswer` reads: values of the domain as they are, instants and minor units among them. Nobody keeps it. */
export function liveAnswer(value: unknown): Response {
  return new Response(encode(value), { headers: { 'Content-Type': 'text/x-script', 'Cache-Control': 'private, no-store' } })
}
