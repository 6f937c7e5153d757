import { Form } from '@remix-run/react'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Need } from '#app/reports/panel-dashboard/shape.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { useFormat } from '#app/ui/use-format.ts'

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
  const format = useFormat()
  if (need.kind === 'invoice-overdue') {
    const words = t('needs.invoice', { number: need.number, amount: format.money(need.amount), day: format.day(need.dueOn) })
    return (
      <Row
        text={words}
        deed={
          <ButtonLink to={`/panel/invoices/${need.invoiceId}`} look="secondary" size="small">
            {t('needs.openInvoice')}
          </ButtonLink>
        }
      />
    )
  }
  if (need.kind === 'server-failed') {
    return (
      <Row
        text={t('needs.server', { name: need.name })}
        deed={
          <ButtonLink to={`/panel/servers/${need.serverId}`} look="secondary" size="small">
            {t('needs.openServer')}
          </ButtonLink>
        }
      />
    )
  }
  if (need.kind === 'mail-bounced') {
    return (
      <Row
        text={t('needs.bounced', { address: need.address })}
        deed={
          <ButtonLink to="/panel/account/delivery" look="secondary" size="small">
            {t('needs.correctAddress')}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <Row
      text={t('needs.email', { email: need.email })}
      deed={
        <Form method="post" action="/panel/resend-confirmation">
          <FormToken />
          <SubmitButton look="secondary" size="small">
            {t('needs.resend')}
          </SubmitButton>
        </Form>
      }
    />
  )
}

function Row({ text, deed }: { text: string; deed: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-card py-3 text-sm">
      <span className="flex items-center gap-3">
        <CircleAlert aria-hidden className="size-4 shrink-0 text-warning" />
        <span suppressHydrationWarning>{text}</span>
      </span>
      {deed}
    </li>
  )
}

function keyOf(need: Need): string {
  if (need.kind === 'invoice-overdue') return need.invoiceId
  if (need.kind === 'mail-bounced') return need.address
  return need.kind === 'server-failed' ? need.serverId : need.kind
}
