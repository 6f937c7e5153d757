import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { Checkbox } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFormat } from '#app/ui/use-format.ts'

export type OrderViewer = { readonly hasPanel: boolean; readonly isEmailConfirmed: boolean } | null

type CommitProps = { viewer: OrderViewer; quote: OrderQuote; hasServer: boolean; termsError: string | undefined }

/** The terms and the one button; a visitor signs in first and comes back to the same form. */
export function Commit({ viewer, quote, hasServer, termsError }: CommitProps) {
  const { t } = useTranslation(['store', 'common'])
  const format = useFormat()
  if (!viewer?.hasPanel) {
    return (
      <div className="grid gap-3 lg:mt-4">
        <SubmitButton name="deed" value="sign-up" formNoValidate>
          {t('order.signUp')}
        </SubmitButton>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <span>{t('order.known')}</span>
          <SubmitButton name="deed" value="sign-in" look="secondary" size="small" formNoValidate>
            {t('order.signIn')}
          </SubmitButton>
        </div>
      </div>
    )
  }
  return (
    <div className="grid gap-4 lg:mt-4">
      {viewer.isEmailConfirmed ? null : <Notice tone="warning">{t('orderProblem.email-unconfirmed')}</Notice>}
      <Checkbox
        name="terms"
        required
        error={termsError}
        label={
          <>
            {t('order.terms')} <TextLink to="/legal/terms">{t('common:footer.terms')}</TextLink>
          </>
        }
      />
      <SubmitButton className="h-auto! min-h-control py-2 whitespace-normal!">
        <span suppressHydrationWarning>{t('order.commit', { amount: format.money(quote.monthlyTotal) })}</span>
      </SubmitButton>
      <p className="text-sm text-muted">{t(hasServer ? 'order.hint' : 'order.bundleHint')}</p>
    </div>
  )
}
