import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'
import { isLanguage } from '#app/i18n/languages.ts'
import { currencyCookie, languageCookie, shortcutsCookie, themeCookie } from '#app/web/request/cookies.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { safePath } from '#app/web/request/redirects.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'

const PreferencesForm = z.object({
  theme: z.enum(['light', 'dark', 'system']).optional(),
  language: z.string().refine(isLanguage).optional(),
  currency: z.string().refine(isCurrency).optional(),
  shortcuts: z.enum(['on', 'off']).optional(),
  returnTo: z.string().optional(),
})

/** Keeps the reader's choice of colours, language, currency or keys in a cookie and goes back to where it was made. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, PreferencesForm)
  if (!form.ok) throw refuse(400, 'invalid-preference')

  const headers = new Headers()
  const { theme, language, currency, shortcuts, returnTo } = form.value
  if (theme) headers.append('Set-Cookie', await themeCookie(request).serialize(theme))
  if (language) headers.append('Set-Cookie', await languageCookie(request).serialize(language))
  if (currency) headers.append('Set-Cookie', await currencyCookie(request).serialize(currency))
  if (shortcuts) headers.append('Set-Cookie', await shortcutsCookie(request).serialize(shortcuts))
  return redirect(safePath(returnTo, '/'), { headers })
}

export const loader = () => redirect('/')
