import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { Suggestion } from '#app/domain/reconciliation/match-entry.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { writeShares } from './queue-form.ts'

type Entry = {
  readonly id: string
  readonly bookedOn: string
  readonly amount: MoneyValue
  readonly reference: string | null
  readonly text: string
  readonly counterparty: { readonly name: string | null; readonly iban: string | null }
}

type EntryCardProps = { entry: Entry; suggestions: readonly Suggestion[]; mayWrite: boolean }

/** Money that came in or went out, what it could settle, and the way to decide by hand. */
export function EntryCard({ entry, suggestions, mayWrite }: EntryCardProps) {
  const { t } = useTranslation('payment')
  const { id, amount, bookedOn, counterparty, reference, text } = entry
  return (
    <Card
      title={<Money amount={amount} isBalance />}
      aside={<TextLink to={`/office/bank-statements/entries/${id}`}>{t('matching.byHand')}</TextLink>}
    >
      <p className="text-sm">
        <Day day={bookedOn} /> · {counterparty.name ?? t('matching.unknown')}
      </p>
      <p className="mt-1 text-sm break-words text-muted">
        <bdi>{[reference, text].filter(Boolean).join(' · ') || '–'}</bdi>
      </p>
      {suggestions.length > 0 ? (
        <ul className="mt-4 divide-y divide-border border-t border-border text-sm">
          {suggestions.map((suggestion) => (
            <SuggestionLine key={suggestion.accountId} entry={entry} suggestion={suggestion} mayWrite={mayWrite} />
          ))}
        </ul>
      ) : (
        <p className="mt-4 text-sm text-muted">{amount.minor < 0n ? t('matching.goesOut') : t('matching.noIdea')}</p>
      )}
    </Card>
  )
}

type SuggestionLineProps = { entry: Entry; suggestion: Suggestion; mayWrite: boolean }

function SuggestionLine({ entry, suggestion, mayWrite }: SuggestionLineProps) {
  const { t } = useTranslation('payment')
  const { accountId, buyerName, shares, left, reasons, score, isSure, expectedPaymentId } = suggestion
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {buyerName}
          <Badge tone={isSure ? 'positive' : 'neutral'}>{isSure ? t('matching.sure') : t('matching.score', { score })}</Badge>
        </p>
        <ul className="mt-1">
          {shares.map(({ invoiceId, number, amount, rounding }) => (
            <li key={invoiceId}>
              <bdi dir="ltr">{number}</bdi> <Money amount={amount} />
              {rounding.minor === 0n ? null : (
                <span className="text-muted">
                  {' '}
                  {t('rounding')} <Money amount={rounding} isBalance />
                </span>
              )}
            </li>
          ))}
          {left.minor > 0n ? (
            <li className="text-muted">
              {t('matching.left')} <Money amount={left} />
            </li>
          ) : null}
        </ul>
        <p className="mt-1 text-muted">{reasons.map((reason) => t(`matchReason.${reason}`)).join(', ')}</p>
      </div>
      {mayWrite ? (
        <Form method="post">
          <FormToken />
          <input type="hidden" name="entryId" value={entry.id} />
          <input type="hidden" name="accountId" value={accountId} />
          <input type="hidden" name="currency" value={entry.amount.currency} />
          <input type="hidden" name="shares" value={writeShares(shares)} />
          {expectedPaymentId ? <input type="hidden" name="expectedPaymentId" value={expectedPaymentId} /> : null}
          <SubmitButton name="deed" value="accept" size="small" look={isSure ? 'primary' : 'secondary'}>
            {t('matching.accept')}
            <span className="sr-only"> {buyerName}</span>
          </SubmitButton>
        </Form>
      ) : null}
    </li>
  )
}
