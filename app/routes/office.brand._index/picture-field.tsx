import { useTranslation } from 'react-i18next'
import { classNames } from '#app/ui/base/class-names.ts'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'

type PictureFieldProps = { place: 'light' | 'dark' | 'favicon'; url: string | undefined; error: string | undefined }

/** One picture of the brand as it stands on its ground, and a way to put another in its place. */
export function PictureField({ place, url, error }: PictureFieldProps) {
  const { t } = useTranslation('brand')
  return (
    <div className="grid gap-3">
      <div className="flex items-end gap-4">
        <div
          className={classNames(
            'flex h-16 w-40 shrink-0 items-center justify-center rounded-control border border-border p-3',
            place === 'dark' ? 'bg-[#16181d]' : 'bg-[white]',
          )}
        >
          {url ? (
            <img src={url} alt={t(`picture.${place}`)} className="max-h-full max-w-full" />
          ) : (
            <span className={classNames('text-sm', place === 'dark' ? 'text-[#c9ccd3]' : 'text-[#4b4f58]')}>{t('picture.none')}</span>
          )}
        </div>
        <TextInput
          name={place}
          type="file"
          accept=".svg,.png,.jpg,.jpeg,.webp,image/svg+xml,image/png,image/jpeg,image/webp"
          label={t(`picture.${place}`)}
          error={error}
          className="min-w-0 grow"
        />
      </div>
      {url ? <Checkbox name={`${place}Gone`} label={t('picture.remove')} /> : null}
    </div>
  )
}
