import { useLocation } from '@remix-run/react'
import { type FormEvent, useRef } from 'react'
import { useLiveAnswer } from '#app/ui/use-live-answer.ts'
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
  const ask = (event: FormEvent<HTMLFormElement>) => {
    const target = event.target as HTMLElement
    if (!isDeciding(target)) return
    const fields = new FormData(event.currentTarget)
    const next = new URLSearchParams(search)
    for (const name of deciding) next.set(`buyer-${name}`, String(fields.get(name) ?? ''))
    if (next.toString() === last.current) return
    last.current = next.toString()
    live.ask({ path: `/checkout/estimate?${next}`, ...(target.name === 'vatId' ? {} : { pauseMs: 0 }) })
  }
  const isCounted = known.applied.length === 0
  return { estimate: (isCounted ? live.answer : null) ?? known, ask }
}

function isDeciding(target: HTMLElement): target is HTMLInputElement {
  return 'name' in target && (deciding as readonly unknown[]).includes(target.name)
}
