import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mostPieces } from '#app/domain/catalog/order-pieces.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { Thing } from '../_store.checkout/ordered.tsx'
import type { OrderedThing } from '../_store.checkout/ordered-thing.ts'
import type { CartAnswer } from './deeds.server.ts'

export type ShownLine = {
  readonly id: string
  /** How many, where that can be changed here. */
  readonly quantity: number | null
  /** Of an application, which is several things. */
  readonly title: string | null
  /** None for what the store does not offer any more. */
  readonly things: readonly OrderedThing[]
  readonly edit: string
  readonly quote: OrderQuote | null
  readonly problems: Readonly<Record<string, string>>
}
type LinesProps = { readonly lines: readonly ShownLine[]; readonly answer: CartAnswer | undefined }

/** Everything in the cart: each with its number, its price and what can be done about it, as plain forms. */
export function CartLines({ lines, answer }: LinesProps) {
  return (
    <ul className="divide-y divide-border rounded-card border border-border bg-surface">
      {lines.map((line) => (
        <li key={line.id} className="p-card">
          <Line line={line} isRefused={answer?.line === line.id && answer.problem === 'quantity'} />
        </li>
      ))}
    </ul>
  )
}

function Line({ line: { id, quantity, title, things, edit, quote, problems }, isRefused }: { line: ShownLine; isRefused: boolean }) {
  const { t } = useTranslation(['store', 'common'])
  const field = `quantity-${id}`
  const { error } = useFieldErrors({ fields: { ...problems, ...(isRefused ? { quantity: 'quantity' } : {}) } })
  const wrong = Object.keys(problems).flatMap((name) => (name === 'quantity' ? [] : (error(name) ?? [])))
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="grid min-w-0 gap-2">
          {title ? (
            <p className="font-semibold">
              <bdi>{title}</bdi>
            </p>
          ) : null}
          {things.length === 0 ? <p>{t('cart.gone')}</p> : null}
          {things.map((thing, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tiers keep their places -- two of them may be alike
            <div key={place}>
              <Thing thing={thing} />
            </div>
          ))}
        </div>
        {quote ? (
          <p className="text-end">
            <Money amount={quote.monthlyTotal} className="font-semibold" /> <span className="text-sm text-muted">{t('price.aMonth')}</span>
          </p>
        ) : null}
      </div>
      {wrong.map((text) => (
        <p key={text} className="text-sm text-critical">
          {text}
        </p>
      ))}
      <Form method="post" action="/cart" noValidate className="flex flex-wrap items-end gap-3">
        <FormToken />
        <input type="hidden" name="line" value={id} />
        {quantity === null ? null : (
          <>
            <QuantityField id={field} quantity={quantity} error={error('quantity')} />
            <Button name="deed" value="count" look="secondary">
              {t('cart.count')}
            </Button>
          </>
        )}
        <Button name="deed" value="remove" look="quiet">
          {t('cart.remove')}
          <span className="sr-only"> {title ?? things[0]?.plan.name}</span>
        </Button>
        {things.length > 0 ? (
          <span className="flex h-control items-center text-sm">
            <TextLink to={edit}>{t('cart.edit')}</TextLink>
          </span>
        ) : null}
      </Form>
    </div>
  )
}

type QuantityProps = { readonly id: string; readonly quantity: number; readonly error: string | undefined }

function QuantityField({ id, quantity, error }: QuantityProps) {
  const { t } = useTranslation('store')
  return (
    <TextInput
      name={id}
      label={t('order.quantityLabel')}
      type="number"
      min={1}
      max={mostPieces}
      step={1}
      inputMode="numeric"
      defaultValue={quantity}
      error={error}
      className="w-32"
    />
  )
}
