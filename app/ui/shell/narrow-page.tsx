import type { ReactNode } from 'react'

/** One column for one task: sign in, confirm, set a password. */
export function NarrowPage({
  title,
  lead,
  children,
  below,
}: {
  title: ReactNode
  lead?: ReactNode
  children?: ReactNode
  below?: ReactNode
}) {
  return (
    <main id="main" className="page py-12 sm:py-20">
      <div className="mx-auto max-w-[26rem]">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {lead ? <p className="mt-2 text-muted">{lead}</p> : null}
        <div className="mt-8">{children}</div>
        {below ? <div className="mt-8 border-t border-border pt-6 text-sm text-muted">{below}</div> : null}
      </div>
    </main>
  )
}
