import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { onwardFromHere } from '#app/web/sign-in/sign-on.server.ts'

/** After a sign-out. A browser that came from a directory goes on to sign out there; a form could not lead there itself. */
export async function loader({ request }: LoaderFunctionArgs) {
  const page = { onward: await onwardFromHere(request), title: await pageTitle(request, 'auth', 'signedOut.title') }
  return data(page, { headers: { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' } })
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  ...(page?.onward ? [{ httpEquiv: 'refresh', content: `0;url=${page.onward.url}` }] : []),
]

export default function SignedOut() {
  const { onward } = useLoaderData<typeof loader>()
  const { t } = useTranslation('auth')
  return (
    <NarrowPage title={t('signedOut.title')} lead={onward ? t('signedOut.onward', { name: onward.name }) : t('signedOut.text')}>
      {onward ? (
        <a href={onward.url} className="font-medium underline">
          {t('signedOut.continue')}
        </a>
      ) : (
        <TextLink to="/sign-in">{t('signIn.title')}</TextLink>
      )}
    </NarrowPage>
  )
}
