import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from './button.tsx'
import { ErrorState } from './error-state.tsx'

const known = [403, 404, 409, 413, 429, 503] as const
type KnownStatus = (typeof known)[number]

/** The face of a thrown refusal or failure: told apart by status, never showing what the failure said. */
export function ProblemPage({ requestId, homePath }: { requestId?: string | undefined; homePath: string }) {
  const { t } = useTranslation('common')
  const { pathname, search } = useLocation()
  const failure = useRouteError()
  const status = isRouteErrorResponse(failure) ? failure.status : 500
  const code = isRouteErrorResponse(failure) && (failure.data as { code?: string } | null)?.code
  const face = code === 'form-expired' ? 'formExpired' : isKnown(status) ? (`s${status}` as const) : 's500'
  const mayRetry = status >= 429 || code === 'form-expired'
  return (
    <ErrorState
      status={status}
      title={t(`error.${face}.title`)}
      requestId={requestId}
      actions={
        <>
          {mayRetry ? (
            <a href={pathname + search} className={buttonClasses('primary')}>
              {t('error.retry')}
            </a>
          ) : null}
          <a href={homePath} className={buttonClasses(mayRetry ? 'secondary' : 'primary')}>
            {t('error.home')}
          </a>
        </>
      }
    >
      {t(`error.${face}.text`)}
    </ErrorState>
  )
}

function isKnown(status: number): status is KnownStatus {
  return (known as readonly number[]).includes(status)
}
