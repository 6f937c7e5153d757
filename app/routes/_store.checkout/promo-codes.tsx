import { useSearchParams } from '@remix-run/react'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { Money } from '#app/ui/base/money.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type PromoCodesProps = {
  readonly quote: OrderQuote
  /** Codes that the quote counts. */
  readonly applied: readonly string[]
  readonly typed: string | undefined
  readonly error: string | undefined
}

/** A field for a code and the deed that judges it; below, the codes that count and what they make of the first invoice. */
export function PromoCodes({ quote, applied, typed, error }: PromoCodesProps) {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const waiting = search.get('code') ?? ''
  const note = waiting === '' || applied.length > 0 ? undefined : t('order.code.waiting')
  return (
    <div className="grid max-w-md gap-3">
      <input type="hidden" name="appliedCodes" value={applied.join(' ')} />
      <div className="flex items-end gap-2">
        {/* What was taken on leaves the field; what was refused stays in it. */}
        <TextInput
          key={applied.join(' ')}
          name="promoCode"
          label={t(applied.length > 0 ? 'order.code.another' : 'order.code.label')}
          isOptional={t('order.code.optional')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          dir="ltr"
          maxLength={200}
          defaultValue={typed ?? waiting}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'promoCode-error' : note ? 'promoCode-help' : undefined}
          className="min-w-0 grow"
        />
        <SubmitButton name="deed" value="apply" look="secondary" formNoValidate>
          {t('order.code.apply')}
        </SubmitButton>
      </div>
      <div aria-live="polite" className="grid gap-3">
        {error ? (
          <p id="promoCode-error" className="text-sm text-critical">
            {error}
          </p>
        ) : note ? (
          <p id="promoCode-help" className="text-sm text-muted">
            {note}
          </p>
        ) : null}
        {applied.length > 0 ? <Counted quote={quote} applied={applied} /> : null}
      </div>
    </div>
  )
}

function Counted({ quote, applied }: { quote: OrderQuote; applied: readonly string[] }) {
  const { t } = useTranslation('store')
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {applied.map((code) => (
          <li
            key={code}
            className="flex items-center gap-1 rounded-control border border-border bg-positive-soft ps-3 text-sm text-positive"
          >
            <bdi dir="ltr" className="font-mono">
              {code}
            </bdi>
            <button
              type="submit"
              name="drop"
              value={code}
              formNoValidate
              aria-label={t('order.code.drop', { code })}
              className="inline-flex size-8 items-center justify-center rounded-control hover:bg-surface"
            >
              <X aria-hidden className="size-4" />
            </button>
          </li>
        ))}
      </ul>
      <p className="text-sm">
        {t('order.code.newTotal')} <Money amount={quote.firstTotal} className="font-semibold" />
      </p>
    </>
  )
}
