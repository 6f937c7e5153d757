import { Form } from '@remix-run/react'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Need } from '#app/reports/panel-dashboard/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useNoticeWords } from '#app/ui/desk/use-notice-words.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

/** What waits for the reader, each with its deed beside it. */
export function NeedList({ needs }: { needs: readonly Need[] }) {
  const { t } = useTranslation('panel')
  if (needs.length === 0) return null
  return (
    <Card id="needs" title={t('needs.title')} isFlush>
      <ul className="divide-y divide-border border-t border-border">
        {needs.map((need) => (
          <NeedRow key={keyOf(need)} need={need} />
        ))}
      </ul>
    </Card>
  )
}

function NeedRow({ need }: { need: Need }) {
  const { t } = useTranslation('panel')
  const words = useNeedWords()(need)
  const deed = deedOf(need)
  return (
    <Row
      text={words}
      deed={
        deed ? (
          <ButtonLink to={deed.to} look="secondary" size="small">
            {t(deed.label)}
          </ButtonLink>
        ) : (
          <Form method="post" action="/panel/resend-confirmation">
            <FormToken />
            <SubmitButton look="secondary" size="small">
              {t('needs.resend')}
            </SubmitButton>
          </Form>
        )
      }
    />
  )
}

function useNeedWords(): (need: Need) => string {
  const { t } = useTranslation('panel')
  const format = useFormat()
  const wordsOf = useNoticeWords()
  return (need) => {
    switch (need.kind) {
      case 'invoice-overdue':
      case 'invoice-open':
        return t(need.kind === 'invoice-open' ? 'needs.invoiceOpen' : 'needs.invoice', {
          number: need.number,
          amount: format.money(need.amount),
          day: format.day(need.dueOn),
        })
      case 'card-expiring':
        return t(need.isOver ? 'needs.cardOver' : 'needs.card', {
          card: need.lastDigits ? `${need.label} ${need.lastDigits}` : need.label,
          day: format.day(need.expiresOn),
        })
      case 'limit-near':
        return t('needs.limit', { amount: format.money(need.available) })
      case 'server-failed':
        return t('needs.server', { name: need.name })
      case 'mail-bounced':
        return t('needs.bounced', { address: need.address })
      case 'told':
        return wordsOf(need.notice)
      case 'email-unconfirmed':
        return t('needs.email', { email: need.email })
    }
  }
}

/** Where a need is met; null for the one that is met by a form. */
function deedOf(need: Need) {
  switch (need.kind) {
    case 'invoice-overdue':
    case 'invoice-open':
      return { to: `/panel/invoices/${need.invoiceId}`, label: 'needs.openInvoice' as const }
    case 'card-expiring':
      return { to: '/panel/payment-methods', label: 'needs.openMethods' as const }
    case 'limit-near':
      return { to: '/panel/balance', label: 'needs.openBalance' as const }
    case 'server-failed':
      return { to: `/panel/servers/${need.serverId}`, label: 'needs.openServer' as const }
    case 'mail-bounced':
      return { to: '/panel/account/delivery', label: 'needs.correctAddress' as const }
    case 'told':
      return { to: '/panel/notices', label: 'needs.openNotices' as const }
    case 'email-unconfirmed':
      return null
  }
}

function Row({ text, deed }: { text: string; deed: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-card py-3 text-sm">
      <span className="flex min-w-0 items-center gap-3">
        <CircleAlert aria-hidden className="size-4 shrink-0 text-warning" />
        <span suppressHydrationWarning>{text}</span>
      </span>
      {deed}
    </li>
  )
}

function keyOf(need: Need): string {
  switch (need.kind) {
    case 'invoice-overdue':
    case 'invoice-open':
      return need.invoiceId
    case 'card-expiring':
      return need.methodId
    case 'server-failed':
      return need.serverId
    case 'mail-bounced':
      return need.address
    case 'told':
      return need.id
    default:
      return need.kind
  }
}
