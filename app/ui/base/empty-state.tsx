import type { ReactNode } from 'react'

/** Nothing here: what it would be, why there is none, and one thing to do. */
export function EmptyState({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-2 px-card py-10">
      <p className="font-medium">{title}</p>
      {children ? <p className="max-w-prose text-sm text-muted">{children}</p> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  )
}
