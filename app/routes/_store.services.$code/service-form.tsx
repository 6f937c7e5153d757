import { Form, useSearchParams, useSubmit } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { longestNote } from '#app/domain/catalog/service-sale.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreService } from '#app/reports/store/shape.ts'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { type FormChange, useFilledBefore } from '#app/ui/forms/use-filled-before.ts'
import { FirstInvoice } from '../_store.order._index/order-summary.tsx'
import { ToCart } from '../_store.order._index/to-cart.tsx'

type ServiceFormProps = {
  readonly service: StoreService
  /** None where the reader has no price for it. */
  readonly quote: OrderQuote | null
  readonly problems: Readonly<Record<string, string>>
}

/** How many, and a note; beside them the quote the server made. The address holds the choice and leads to the checkout. */
export function ServiceForm({ service: { code, unit, most }, quote, problems }: ServiceFormProps) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  const { error } = useFieldErrors({ fields: problems })
  const askAgain = useServiceRefresh()
  const form = useFilledBefore(askAgain)
  const promo = search.get('code')
  return (
    <Form
      ref={form}
      method="get"
      action="/checkout"
      onChange={askAgain}
      className="mt-8 grid grid-cols-1 gap-x-12 lg:grid-cols-[minmax(0,1fr)_22rem]"
    >
      {/* Enter in a field presses the first button of a form: it must lead on, not only update prices. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      <input type="hidden" name="service" value={code} />
      {promo ? <input type="hidden" name="code" value={promo} /> : null}
      <div className="grid content-start gap-6 pb-10">
        {most > 1 ? (
          <TextInput
            name="units"
            label={t(`services.${unit}`)}
            help={t('services.most', { most })}
            type="number"
            min={1}
            max={most}
            step={1}
            inputMode="numeric"
            defaultValue={search.get('units') || '1'}
            error={error('units')}
            className="max-w-xs"
          />
        ) : null}
        <TextArea
          name="note"
          label={t('services.note')}
          help={t('services.noteHelp')}
          isOptional={t('common:optional')}
          maxLength={longestNote}
          rows={4}
          defaultValue={search.get('note') ?? ''}
          className="max-w-[44rem]"
        />
        <noscript>
          <button type="submit" formAction={`/services/${code}`} formNoValidate className={buttonClasses('secondary', 'small')}>
            {t('estimate.update')}
          </button>
        </noscript>
        <ToCart />
      </div>
      <aside aria-label={t('order.summary')}>
        <div className="grid gap-4 lg:sticky lg:top-6">
          {quote ? <Summary quote={quote} /> : <Notice tone="warning">{t('orderProblem.no-price')}</Notice>}
          {quote ? <SubmitButton>{t('order.toCheckout')}</SubmitButton> : null}
          <p className="pb-10 text-sm text-muted">{t('services.hint')}</p>
        </div>
      </aside>
    </Form>
  )
}

function Summary({ quote }: { readonly quote: OrderQuote }) {
  const { t } = useTranslation('store')
  return (
    <div className="rounded-card border border-border bg-surface p-card text-sm" aria-live="polite">
      <h2 className="text-base font-semibold">{t('order.summary')}</h2>
      <FirstInvoice quote={quote} />
      {quote.monthlyTotal.minor > 0n ? (
        <dl className="mt-4 flex items-baseline justify-between gap-4 border-t border-border pt-4">
          <dt className="font-medium">{t('order.yearMax')}</dt>
          <dd>
            <Money amount={quote.yearlyTotal} className="text-lg font-semibold" />
          </dd>
        </dl>
      ) : null}
    </div>
  )
}

/** Asks for the quote of another number; a note that was typed stays where it is. */
function useServiceRefresh() {
  const submit = useSubmit()
  const [search] = useSearchParams()
  return ({ target }: FormChange) => {
    if (!(target instanceof HTMLInputElement) || target.name !== 'units') return
    const next = new URLSearchParams(search)
    next.set('units', target.value)
    submit(next, { method: 'get', action: window.location.pathname, replace: true, preventScrollReset: true })
  }
}
