import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { ServerSelect } from '../cloud/server-select.tsx'
import { DeedForm } from '../forms/deed-form.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

type AttachmentCardProps = {
  readonly thing: 'volume' | 'address'
  readonly formKey: string
  /** What it says where a server has it; null where none has. */
  readonly attached: string | null
  /** Whether it can be attached now. */
  readonly isReady: boolean
} & Pick<ComponentProps<typeof ServerSelect>, 'servers' | 'defaultValue' | 'error'>

/** Takes a volume or an address from the server that has it, or gives it to one. */
export function AttachmentCard({ thing, formKey, attached, isReady, servers, ...chosen }: AttachmentCardProps) {
  const { t } = useTranslation('cloud')
  if (attached !== null)
    return (
      <Card title={attached}>
        <DeedForm deed={`detach-${thing}`} formKey={formKey}>
          <SubmitButton look="secondary">{t('detach')}</SubmitButton>
        </DeedForm>
      </Card>
    )
  if (!isReady) return null
  return (
    <Card title={t('attach')}>
      {servers.length > 0 ? (
        <DeedForm deed={`attach-${thing}`} formKey={formKey} className="grid gap-5">
          <ServerSelect servers={servers} label={t('server')} {...chosen} />
          <div>
            <SubmitButton>{t('attach')}</SubmitButton>
          </div>
        </DeedForm>
      ) : (
        <p className="text-sm text-muted">{t('noServerHere')}</p>
      )}
    </Card>
  )
}
