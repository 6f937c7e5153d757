import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type BuyerCardProps = { words: string; found: readonly { readonly id: string; readonly name: string }[] | null }

/** Whose payment it is, where nothing was suggested; what it settles is chosen on the payment's page. */
export function BuyerCard({ words, found }: BuyerCardProps) {
  const { t } = useTranslation('payment')
  return (
    <Card title={t('entry.whose')}>
      <Form method="get" role="search" className="grid gap-5">
        <TextInput name="buyer" label={t('record.who')} help={t('record.whoHelp')} defaultValue={words} maxLength={80} required />
        <div>
          <Button look="secondary">{t('record.search')}</Button>
        </div>
      </Form>
      {found ? (
        <ul className="mt-6 divide-y divide-border border-t border-border text-sm" aria-label={t('record.found')}>
          {found.map(({ id, name }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-4 py-3">
              {name}
              <Form method="post">
                <FormToken />
                <input type="hidden" name="accountId" value={id} />
                <SubmitButton name="deed" value="take" size="small" look="secondary">
                  {t('entry.take')}
                  <span className="sr-only"> {name}</span>
                </SubmitButton>
              </Form>
            </li>
          ))}
          {found.length === 0 ? <li className="py-3">{t('record.nobody')}</li> : null}
        </ul>
      ) : null}
    </Card>
  )
}

type Outgoing = {
  readonly kind: 'refund' | 'return' | 'payout'
  readonly id: string
  readonly buyerName: string
  readonly day: string
  readonly amount: MoneyValue
}

/** What stands behind money that went out. */
export function OutgoingCard({ outgoing }: { outgoing: readonly Outgoing[] }) {
  const { t } = useTranslation('payment')
  return (
    <Card title={t('entry.behind')}>
      {outgoing.length === 0 ? <p className="text-sm text-muted">{t('entry.nothingBehind')}</p> : null}
      <ul className="divide-y divide-border text-sm">
        {outgoing.map(({ kind, id, buyerName, day, amount }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-4 py-3">
            <span>
              {t(`refundKind.${kind}`)} · {buyerName} · <Day day={day} /> · <Money amount={amount} />
            </span>
            <Form method="post">
              <FormToken />
              <input type="hidden" name="kind" value={kind} />
              <input type="hidden" name="id" value={id} />
              <SubmitButton name="deed" value="out" size="small" look="secondary">
                {t('matching.accept')}
                <span className="sr-only"> {buyerName}</span>
              </SubmitButton>
            </Form>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What is no business of the books of buyers. */
export function AsideCard({ answer }: { answer: object | undefined }) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card title={t('entry.aside')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <p className="text-sm">{t('entry.asideLead')}</p>
        <TextInput name="reason" label={t('reason')} required maxLength={200} defaultValue={typed('reason')} error={error('reason')} />
        <div>
          <SubmitButton name="deed" value="aside" look="secondary">
            {t('entry.aside')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** The way back into the queue. */
export function TakeOutCard() {
  const { t } = useTranslation('payment')
  return (
    <Card title={t('entry.open')}>
      <Form method="post">
        <FormToken />
        <SubmitButton name="deed" value="open" look="secondary">
          {t('entry.open')}
        </SubmitButton>
      </Form>
    </Card>
  )
}
