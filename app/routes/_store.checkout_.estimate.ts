import type { LoaderFunctionArgs } from '@remix-run/node'
import { liveAnswer } from '#app/web/answers/live-answer.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { choicesOf } from './_store.checkout/answer.server.ts'
import { estimateOf } from './_store.checkout/estimate.server.ts'

/** What a choice costs who the form says to be, and what is wrong with its VAT id: asked while it is filled in. */
export async function loader({ request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const stated = {
    kind: search.get('buyer-kind') === 'business' ? 'business' : 'personal',
    country: search.get('buyer-country')?.slice(0, 2) ?? '',
    vatId: search.get('buyer-vatId')?.slice(0, 40) ?? '',
  } as const
  return liveAnswer(orNotFound(await estimateOf(request, { choices: await choicesOf(request), stated, codes: [] })))
}
