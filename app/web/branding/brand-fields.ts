import { z } from 'zod'

/** Which draft a form was filled in on. */
export const revision = z.coerce.number('invalid').int('invalid').min(0, 'invalid')
