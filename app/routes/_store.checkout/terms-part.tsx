import { useTranslation } from 'react-i18next'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Checkbox } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import type { CheckoutPage, FieldState } from './checkout-form.tsx'
import type { Estimate } from './estimate.server.ts'

type TermsPartProps = FieldState & { readonly page: CheckoutPage; readonly estimate: Estimate }

/** What is agreed, and the one button. Its words follow the way to pay that is chosen, without scripts too. */
export function TermsPart({ page, estimate, typed, error }: TermsPartProps) {
  const { t } = useTranslation(['store', 'auth', 'common'])
  const format = useFormat()
  const { quote, needsWaiver } = estimate
  const amounts = { today: format.money(quote.dueToday), month: format.money(quote.monthlyTotal), amount: format.money(quote.firstTotal) }
  const offersNow = page.saved.length + page.pages.length > 0
  const { takesTransfers } = page
  return (
    <>
      <Checkbox
        name="terms"
        required
        error={error('terms')}
        defaultChecked={typed('terms') === 'on'}
        label={
          <>
            {t('auth:field.terms')} <TextLink to="/legal/terms">{t('common:footer.terms')}</TextLink> ·{' '}
            <TextLink to="/legal/privacy">{t('common:footer.privacy')}</TextLink>
          </>
        }
      />
      {needsWaiver ? (
        <div className="group-has-[#kind-business:checked]/checkout:hidden">
          <Checkbox name="waiver" error={error('waiver')} defaultChecked={typed('waiver') === 'on'} label={t('checkout.waiver')} />
        </div>
      ) : null}
      <SubmitButton className="h-auto! min-h-control py-2 whitespace-normal!">
        <span
          suppressHydrationWarning
          className={
            offersNow ? 'group-has-[#way-later:checked]/checkout:hidden group-has-[#way-transfer:checked]/checkout:hidden' : 'hidden'
          }
        >
          {t('checkout.payNow', amounts)}
        </span>
        <span
          suppressHydrationWarning
          className={
            offersNow ? 'hidden group-has-[#way-later:checked]/checkout:inline' : 'group-has-[#way-transfer:checked]/checkout:hidden'
          }
        >
          {t('checkout.payLater', amounts)}
        </span>
        {takesTransfers ? (
          <span suppressHydrationWarning className="hidden group-has-[#way-transfer:checked]/checkout:inline">
            {t('checkout.payByTransfer', amounts)}
          </span>
        ) : null}
      </SubmitButton>
      <p className="text-sm text-muted">{t(page.buyer ? 'checkout.hintMember' : 'checkout.hintGuest')}</p>
    </>
  )
}
