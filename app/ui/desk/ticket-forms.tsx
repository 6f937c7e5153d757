import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketLink } from '#app/domain/tickets/ticket.ts'
import { Card } from '../base/card.tsx'
import { Checkbox, Select, TextArea, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type Answer = Parameters<typeof useFieldErrors>[0]
type Choice = { readonly value: string; readonly kind: TicketLink['kind']; readonly name: string }

/** The text of a message and its files; without scripts as with them. */
function MessageFields({ answer, label }: { answer: Answer; label: ReactNode }) {
  const { t } = useTranslation(['ticket', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <TextArea
        name="body"
        label={label}
        help={t('bodyHelp')}
        required
        maxLength={10_000}
        rows={8}
        dir="auto"
        defaultValue={typed('body')}
        error={error('body')}
      />
      <TextInput
        name="files"
        type="file"
        multiple
        accept=".png,.jpg,.jpeg,.webp,.pdf,.txt,.log,text/plain"
        label={t('files')}
        help={t('filesHelp')}
        isOptional={t('common:optional')}
        error={error('files')}
      />
    </>
  )
}

type NewTicketProps = {
  keys: { readonly ticketId: string; readonly messageId: string }
  choices: readonly Choice[]
  chosen: string | undefined
  /** Whether the ticket has to be about one of the choices. */
  isBound?: boolean
  answer: Answer
}

/** A ticket with its first message. */
export function NewTicketForm({ keys, choices, chosen, isBound = false, answer }: NewTicketProps) {
  const { t } = useTranslation('ticket')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card className="max-w-2xl">
      <Form method="post" encType="multipart/form-data" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="ticketId" value={keys.ticketId} />
        <input type="hidden" name="messageId" value={keys.messageId} />
        <TextInput
          name="subject"
          label={t('subject')}
          required
          maxLength={150}
          dir="auto"
          defaultValue={typed('subject')}
          error={error('subject')}
        />
        {choices.length > 0 || isBound ? (
          <AboutField choices={choices} isBound={isBound} value={typed('about') ?? chosen} error={error('about')} />
        ) : null}
        <MessageFields answer={answer} label={t('body')} />
        <div>
          <SubmitButton>{t('send')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

type AboutProps = { choices: readonly Choice[]; isBound: boolean; value: string | undefined; error: string | undefined }

function AboutField({ choices, isBound, value, error }: AboutProps) {
  const { t } = useTranslation('ticket')
  const kinds = (['server', 'invoice', 'order'] as const).filter((kind) => choices.some((choice) => choice.kind === kind))
  return (
    <Select name="about" label={t('about')} help={isBound ? undefined : t('aboutHelp')} defaultValue={value ?? ''} error={error}>
      {isBound ? null : <option value="">{t('aboutNothing')}</option>}
      {kinds.map((kind) => (
        <optgroup key={kind} label={t(`things.${kind}`)}>
          {choices
            .filter((choice) => choice.kind === kind)
            .map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.name}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  )
}

type AnswerProps = { messageId: string; isClosed: boolean; isOffice?: boolean; answer: Answer }

/** One more message. What is written in a closed ticket opens it again. */
export function AnswerForm({ messageId, isClosed, isOffice = false, answer }: AnswerProps) {
  const { t } = useTranslation('ticket')
  return (
    <Card id="answer" title={t(isClosed ? 'answerClosed' : 'answer')}>
      {/* A message that was sent empties the form: the next one has a key of its own. */}
      <Form method="post" encType="multipart/form-data" key={answer ? 'again' : messageId} className="grid max-w-2xl gap-5">
        <FormToken />
        <input type="hidden" name="messageId" value={messageId} />
        <MessageFields answer={answer} label={t('body')} />
        {isOffice ? <Checkbox name="isInternal" label={t('isInternal')} /> : null}
        <div>
          <SubmitButton>{t('send')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** Says what a ticket is about. */
export function LinkForm({ choices, value, answer }: { choices: readonly Choice[]; value: string; answer: Answer }) {
  const { t } = useTranslation('ticket')
  const { error } = useFieldErrors(answer)
  return (
    <Card title={t('about')}>
      <Form method="post" key={value} className="flex max-w-2xl flex-wrap items-end gap-3">
        <FormToken />
        <div className="min-w-0 grow">
          <AboutField choices={choices} isBound={false} value={value} error={error('about')} />
        </div>
        <SubmitButton look="secondary" name="deed" value="link">
          {t('save')}
        </SubmitButton>
      </Form>
    </Card>
  )
}

/** Closes a ticket, or opens it again. */
export function TicketDeedForm({ isClosed }: { isClosed: boolean }) {
  const { t } = useTranslation('ticket')
  return (
    <Form method="post">
      <FormToken />
      <SubmitButton look="secondary" name="deed" value={isClosed ? 'reopen' : 'close'}>
        {t(isClosed ? 'reopen' : 'close')}
      </SubmitButton>
    </Form>
  )
}
