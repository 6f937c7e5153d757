import { z } from 'zod'
import { line, uuid } from '#app/web/request/form-fields.ts'

/** A level given by hand. */
export const AssignForm = z.object({ accountId: uuid, levelId: uuid, from: z.iso.date('required'), reason: line(200) })
