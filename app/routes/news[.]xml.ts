import type { LoaderFunctionArgs } from '@remix-run/node'
import { listStoreNews } from '#app/reports/news/query.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { feedLanguagesOf, newsFeed } from '#app/web/store/news-feed.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const languages = await feedLanguagesOf(request)
  return newsFeed(request, await asVisitor(request, (ctx) => listStoreNews(ctx, { languages })))
}
