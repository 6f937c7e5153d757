import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { withdrawNews } from '#app/services/news/withdraw-news.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

/** Takes news away from its readers. */
export async function action({ request, params }: ActionFunctionArgs) {
  const newsId = orNotFound(isUuid(params.newsId) ? params.newsId : null)
  await parseForm(request, z.object({}))
  const withdrawn = await asStaff(request, 'news:write', (ctx) => withdrawNews(ctx, newsId))
  if (!withdrawn.ok) throw refuse(404, 'not-found')
  return redirectWithToast(request, `/office/news/${newsId}`, 'saved')
}

export const loader = () => redirect('/office/news')
