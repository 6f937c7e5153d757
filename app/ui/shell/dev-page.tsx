import type { ReactNode } from 'react'
import type { Crumb } from './breadcrumb.tsx'
import { PageHeader } from './page-header.tsx'

/** A page of development and demo, outside every shell. */
export function DevPage({ title, lead, crumb, children }: { title: ReactNode; lead?: string; crumb?: Crumb; children: ReactNode }) {
  return (
    <main id="main" className="page py-10">
      <PageHeader title={title} below={lead} {...(crumb ? { crumbs: [crumb] } : {})} />
      {children}
    </main>
  )
}
