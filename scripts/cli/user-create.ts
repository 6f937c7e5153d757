import { text } from 'node:stream/consumers'
import { hashPassword } from '#app/auth/password.server.ts'
import { passwordProblem } from '#app/auth/password-rules.ts'
import { inTenant } from '#app/db/context.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { answerOf, command, commandLine, refused, wrongUse } from './command.ts'
import { accountId, email, tenantNamed } from './options.ts'

type Options = {
  tenant: string
  email: string
  name: string
  language?: string
  profile?: string
  account?: string
  passwordStdin?: boolean
}

/** `livery user create`: a member of staff, or with --account of a buyer. Mailed a link unless a password is piped in. */
export const userCreate = command<Options>('create', 'create a person who can sign in', async (options) => {
  const tenant = await tenantNamed(options.tenant)
  const password = options.passwordStdin ? await pipedPassword() : undefined
  const problem = password === undefined ? undefined : passwordProblem(password, options.email)
  if (problem) return refused(problem)

  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const result = await inTenant(
    tenant.tenantId,
    (ctx) =>
      addMember(ctx, {
        email: options.email,
        name: options.name,
        language: options.language ?? tenant.language,
        profile: options.profile ?? (options.account ? 'customer-member' : 'owner'),
        ...(options.account ? { accountId: options.account } : {}),
        ...(passwordHash ? { passwordHash } : {}),
      }),
    { actor: commandLine },
  )
  return answerOf(result, () => [`${options.email} can sign in to ${tenant.slug}${passwordHash ? '' : ' by the link that is mailed'}`])
})
  .requiredOption('--tenant <slug>', 'the store')
  .requiredOption('--email <address>', 'the address to sign in with', email)
  .requiredOption('--name <name>', 'the name of the person')
  .option('--language <tag>', 'language of mails; usually the store’s')
  .option('--profile <name>', 'security profile; owner for staff, customer-member for a buyer')
  .option('--account <id>', 'the buyer the person acts for, cus_…', accountId)
  .option('--password-stdin', 'read the password from standard input instead of mailing a link')

async function pipedPassword(): Promise<string> {
  if (process.stdin.isTTY) wrongUse('--password-stdin needs the password piped in')
  return (await text(process.stdin)).replace(/\r?\n$/, '')
}
