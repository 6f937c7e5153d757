import { useLocation } from '@remix-run/react'
import { useRef } from 'react'
import type { FormChange } from '#app/ui/forms/use-filled-before.ts'
import { useLiveAnswer } from '#app/ui/forms/use-live-answer.ts'
import type { Estimate } from './estimate.server.ts'

/** Fields that tax and law follow. */
const deciding = ['kind', 'country', 'vatId'] as const

/**
 * The price as who the form says to be, asked for anew when that changes. Codes that count are judged by the deed that judged them first:
 * with them the last answer stands until then, and the order is refused when the amount differs.
 */
export function useEstimate(known: Estimate, answerId: string | undefined) {
  const { search } = useLocation()
  const live = useLiveAnswer<Estimate>(answerId)
  const last = useRef('')
  const ask = ({ target, currentTarget }: FormChange) => {
    if (!isDeciding(target)) return
    const fields = new FormData(currentTarget)
    const next = new URLSearchParams(search)
    for (const name of deciding) next.set(`buyer-${name}`, String(fields.get(name) ?? ''))
    if (next.toString() === last.current) return
    last.current = next.toString()
    live.ask({ path: `/checkout/estimate?${next}`, ...(target.name === 'vatId' ? {} : { pauseMs: 0 }) })
  }
  const isCounted = known.applied.length === 0
  return { estimate: (isCounted ? live.answer : null) ?? known, ask }
}

function isDeciding(target: EventTarget): target is HTMLInputElement {
  return 'name' in target && (deciding as readonly unknown[]).includes(target.name)
}
