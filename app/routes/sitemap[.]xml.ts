import type { LoaderFunctionArgs } from '@remix-run/node'
import { listStoreNews } from '#app/reports/news/query.server.ts'
import { storeFile } from '#app/web/answers/store-files.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const news = await asVisitor(request, (ctx) => listStoreNews(ctx, { languages: [] }))
  return storeFile(request, 'sitemap.xml', news.length > 0 ? ['/news', ...news.map(({ id }) => `/news/${id}`)] : [])
}
