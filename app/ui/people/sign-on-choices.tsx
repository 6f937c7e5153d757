import { useTranslation } from 'react-i18next'
import { buttonClasses } from '../base/button.tsx'

/** A way in by each directory of the store. Plain links, so that they work without scripts and lead to another host. */
export function SignOnChoices({
  providers,
  returnTo,
}: {
  providers: readonly { readonly id: string; readonly name: string }[]
  returnTo: string
}) {
  const { t } = useTranslation('auth')
  if (providers.length === 0) return null
  const query = returnTo ? `?returnTo=${encodeURIComponent(returnTo)}` : ''
  return (
    <div className="mb-6 grid gap-3">
      {providers.map(({ id, name }) => (
        <a key={id} href={`/sign-on/${id}/start${query}`} rel="nofollow" className={buttonClasses('secondary', 'medium', 'min-w-0 w-full')}>
          <span className="truncate">{t('signIn.with', { name })}</span>
        </a>
      ))}
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t('signIn.or')}
      </p>
    </div>
  )
}
