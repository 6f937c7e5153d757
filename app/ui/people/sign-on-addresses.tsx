import { useTranslation } from 'react-i18next'
import { CopyButton } from '../base/copy-button.tsx'
import { Notice } from '../base/notice.tsx'

const shown = {
  oidc: ['callback', 'logout', 'afterLogout'],
  saml: ['metadata', 'acs', 'logout'],
} as const
type Addresses = Readonly<Record<'callback' | 'acs' | 'metadata' | 'logout' | 'afterLogout', string>>

/** What to enter at the directory. */
export function SignOnAddressList({ kind, addresses }: { kind: 'oidc' | 'saml'; addresses: Addresses | null }) {
  const { t } = useTranslation('signon')
  if (!addresses) return <Notice tone="warning">{t('noHost')}</Notice>
  return (
    <div className="grid gap-4 text-sm">
      <dl className="grid gap-4">
        {shown[kind].map((name) => (
          <div key={name} className="grid gap-1">
            <dt className="font-medium">{t(`address.${kind}.${name}` as 'address.oidc.callback')}</dt>
            <dd className="flex items-start gap-2">
              <code dir="ltr" className="min-w-0 break-all">
                {addresses[name]}
              </code>
              <CopyButton text={addresses[name]} label={t('copy')} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted">{t(`steps.${kind}`)}</p>
    </div>
  )
}
