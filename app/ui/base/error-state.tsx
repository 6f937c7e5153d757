import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PublicId } from './public-id.tsx'

type ErrorStateProps = { status: number; title: ReactNode; children?: ReactNode; requestId?: string | undefined; actions?: ReactNode }

/** What failed, in words; the id of the request to quote; a way on. Never a stack, a path or a table name. */
export function ErrorState({ status, title, children, requestId, actions }: ErrorStateProps) {
  const { t } = useTranslation('common')
  return (
    <div className="page py-16 sm:py-24">
      <p className="tabular text-sm font-medium text-muted">{status}</p>
      <h1 className="mt-2 text-2xl font-semibold">{title}</h1>
      {children ? <div className="mt-3 max-w-prose text-muted">{children}</div> : null}
      {actions ? <div className="mt-8 flex flex-wrap gap-3">{actions}</div> : null}
      {requestId ? (
        <p className="mt-10 flex flex-wrap items-center gap-2 text-sm text-muted">
          {t('error.requestId')} <PublicId id={requestId} />
        </p>
      ) : null}
    </div>
  )
}
