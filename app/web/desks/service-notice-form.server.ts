import { z } from 'zod'
import { type ServiceNoticeProblem, serviceNoticeKinds, serviceNoticeStates } from '#app/domain/service-notice/service-notice.ts'
import { instantOf } from '#app/domain/time/local-time.ts'
import { line, localTime } from '../request/form-fields.ts'

const text = z.string('required').trim().min(1, 'required').max(2_000, 'too-long')

/** What a new notice says; instants as typed, in the seller's zone. */
export const NoticeForm = z.object({
  kind: z.enum(serviceNoticeKinds, 'invalid'),
  state: z.enum(serviceNoticeStates, 'invalid'),
  place: z.string().max(200).optional(),
  title: line(120),
  text,
  startsAt: localTime.optional(),
  endsAt: localTime.optional(),
})

/** How a notice goes on. */
export const UpdateForm = z.object({ state: z.enum(serviceNoticeStates, 'invalid'), text, endsAt: localTime.optional() })

/** At which field a refusal is said. */
export const noticeFieldOf: Readonly<Record<ServiceNoticeProblem, Readonly<Record<string, string>>>> = {
  'ends-before-start': { endsAt: 'invalid' },
  'planned-in-past': { startsAt: 'date-not-ahead' },
  'resolved-before': { state: 'invalid' },
}

/** A typed local time as an instant of `zone`; null where none was typed. */
export function typedInstant(typed: string | undefined, zone: string): Date | null {
  return typed ? instantOf(typed, zone) : null
}
