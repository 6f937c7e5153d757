import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'
import { Notice } from './notice.tsx'

type Told = { readonly secret: string; readonly user: string | null }

/** A password or key that an answer tells once. It stays in sight until the reader goes on, also while the page looks at the cloud again. */
export function ToldOnce({ told }: { told: Told | undefined }) {
  const { t } = useTranslation('cloud')
  const [shown, setShown] = useState(told)
  useEffect(() => {
    if (told) setShown(told)
  }, [told])
  if (!shown) return null
  return (
    <div className="mb-6">
      <Notice
        tone="positive"
        title={shown.user === null ? t('vpn.key') : t('vpn.passwordOf', { user: shown.user })}
        action={<CopyButton text={shown.secret} label={t('vpn.copy')} />}
      >
        <code dir="ltr" id="told-once" className="block break-all">
          {shown.secret}
        </code>
        <p className="mt-1">{t('vpn.toldText')}</p>
      </Notice>
    </div>
  )
}
