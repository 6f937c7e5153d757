import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** What was and what is, an arrow between them that points the way the page reads. */
export function FromTo({ from, to }: { from: ReactNode; to: ReactNode }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      {from}
      <ArrowRight aria-hidden className="size-3.5 shrink-0 rtl:-scale-x-100" />
      {to}
    </span>
  )
}
