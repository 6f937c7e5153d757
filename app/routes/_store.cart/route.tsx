import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { combineQuotes } from '#app/reports/order-quote/combine.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { cartOfRequest } from '#app/web/store/cart.server.ts'
import { FirstInvoice } from '../_store.order._index/order-summary.tsx'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'
import { CartLines, type ShownLine } from './cart-lines.tsx'
import { type CartAnswer, changeByForm } from './deeds.server.ts'
import { shownLine } from './lines.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const catalog = await readerCatalog(request)
  const lines: ShownLine[] = []
  for (const line of catalog ? await cartOfRequest(request) : []) if (catalog) lines.push(await shownLine(request, line, catalog))
  const quotes = lines.flatMap(({ quote }) => (quote ? [{ quote, count: 1 }] : []))
  const [first] = quotes
  return { lines, quote: first ? combineQuotes(quotes) : null, title: await pageTitle(request, 'store', 'cart.title') }
}

export const action = ({ request }: ActionFunctionArgs) => changeByForm(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

export default function CartPage() {
  const { t } = useTranslation('store')
  const { lines, quote } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as CartAnswer | undefined
  const isWhole = lines.every(({ problems }) => Object.keys(problems).length === 0)
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{t('cart.title')}</h1>
      {lines.length === 0 ? (
        <EmptyState title={t('cart.none')} action={<ButtonLink to="/order">{t('cart.choose')}</ButtonLink>}>
          {t('cart.noneText')}
        </EmptyState>
      ) : (
        <div className="mt-6 grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid content-start gap-4">
            {answer?.problem === 'too-many-pieces' ? <Notice tone="critical">{t('cart.tooMany')}</Notice> : null}
            {isWhole ? null : <Notice tone="critical" title={t('order.notThis')} />}
            <CartLines lines={lines} answer={answer} />
            <div>
              <ButtonLink to="/order" look="secondary">
                {t('cart.more')}
              </ButtonLink>
            </div>
          </div>
          {quote ? (
            <aside aria-label={t('order.summary')}>
              <div className="rounded-card border border-border bg-surface p-card text-sm">
                <h2 className="text-base font-semibold">{t('order.summary')}</h2>
                <FirstInvoice quote={quote} />
                <p className="mt-3 flex items-baseline justify-between gap-4 border-t border-border pt-3">
                  <span className="font-medium">{t('order.monthMax')}</span>
                  <Money amount={quote.monthlyTotal} className="text-lg font-semibold" />
                </p>
              </div>
              {isWhole ? (
                <ButtonLink to="/checkout?cart=on" className="mt-4 w-full">
                  {t('order.toCheckout')}
                </ButtonLink>
              ) : null}
            </aside>
          ) : null}
        </div>
      )}
    </main>
  )
}
