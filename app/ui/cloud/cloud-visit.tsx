import { Form } from '@remix-run/react'
import { SquareArrowOutUpRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonLook, buttonClasses } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { FormToken } from '../forms/form-token.tsx'

type OpenCloudProps = {
  readonly action: string
  readonly children: string
  readonly externalId?: string
  readonly look?: ButtonLook
  readonly size?: 'medium' | 'small'
}

/** Opens the cloud's own interface in a tab of its own. */
export function OpenCloud({ action, children, externalId, look = 'secondary', size = 'medium' }: OpenCloudProps) {
  return (
    <Form method="post" action={action} target="_blank" reloadDocument>
      <FormToken />
      {externalId === undefined ? null : <input type="hidden" name="externalId" value={externalId} />}
      <Button look={look} size={size}>
        <SquareArrowOutUpRight aria-hidden className="size-4 rtl:-scale-x-100" />
        {children}
      </Button>
    </Form>
  )
}

/** The page between: the browser goes on by itself, and by this link where it does not. */
export function CloudOpening({ url }: { readonly url: string }) {
  const { t } = useTranslation('common')
  return (
    <Card id="opening" title={t('cloudVisit.opening')} className="max-w-2xl">
      <p className="mb-4 text-sm text-muted">{t('cloudVisit.openingText')}</p>
      <a href={url} rel="noreferrer" className={buttonClasses('primary')}>
        {t('cloudVisit.goOn')}
      </a>
    </Card>
  )
}
