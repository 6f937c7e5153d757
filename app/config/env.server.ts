import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { badSetting, ConfigurationError, type ConfigurationProblem } from './configuration-error.server.ts'

type SettingMeta = { description: string; secret?: boolean }

function setting<T extends z.ZodType>(schema: T, meta: SettingMeta): T {
  return schema.meta(meta)
}

const url = (protocols: RegExp, message: string) => z.url({ protocol: protocols, error: message })
const oneOf = <const T extends readonly [string, ...string[]]>(names: T) => z.enum(names, `must be one of ${names.join(', ')}`)
/** Values with commas between them, each as `isGood` wants it. */
const listOf = (isGood: (text: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((parts) => parts.length > 0 && parts.every(isGood), message)
const isNameServer = (text: string) => isIP(text.replace(/^\[(.+)\](:\d{1,5})?$/, '$1').replace(/^([\d.]+):\d{1,5}$/, '$1')) > 0
const httpUrl = url(/^https?$/, 'must be an http:// or https:// URL')

/** Every variable the product reads. A secret can also be given as a file named by `<NAME>_FILE`. */
export const Settings = z.object({
  DATABASE_URL: setting(url(/^postgres(ql)?$/, 'must be a postgresql:// URL').optional(), {
    description:
      'PostgreSQL 15 or newer, as a user that may create roles and owns the database. Unset: an embedded PostgreSQL in LIVERY_DATA_DIR.',
    secret: true,
  }),
  APP_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional(), {
    description:
      'Key material of the installation: database role passwords, tokens. Needed with DATABASE_URL; else made at the first start.',
    secret: true,
  }),
  APP_SECRET_PREVIOUS: setting(z.string().min(32, 'must have at least 32 characters').optional(), {
    description:
      'The key material before APP_SECRET was replaced: secrets that it sealed stay readable until `livery secrets rotate` has sealed them anew. Unset otherwise.',
    secret: true,
  }),
  DATA_SECRET: setting(z.string().min(32, 'must have at least 32 characters').optional(), {
    description: 'Key material of its own for what is encrypted in the database. Unset: APP_SECRET.',
    secret: true,
  }),
  DATA_SECRET_PREVIOUS: setting(z.string().min(32, 'must have at least 32 characters').optional(), {
    description:
      'A second key material that opens what is encrypted: the one before, or the coming one while processes are restarted one by one. Unset otherwise.',
    secret: true,
  }),
  NODE_ENV: setting(oneOf(['development', 'test', 'production']).default('development'), {
    description: 'Kind of process.',
  }),
  PORT: setting(
    z.coerce
      .number('must be a port number')
      .int('must be a port number')
      .min(1, 'must be a port number, 1 to 65535')
      .max(65_535, 'must be a port number, 1 to 65535')
      .default(4000),
    {
      description: 'Port of the web server.',
    },
  ),
  BASE_DOMAIN: setting(
    z
      .string()
      .regex(/^[a-z0-9.-]+$/, 'must be a lower-case host name')
      .default('localhost'),
    {
      description: 'Stores answer at `<slug>.<BASE_DOMAIN>` until they have a domain of their own.',
    },
  ),
  STORE_ADDRESSES: setting(listOf((text) => isIP(text) > 0, 'must be IP addresses with commas between them').optional(), {
    description:
      'Public IP addresses of the proxy in front, with commas between them: what sellers enter for a domain that cannot be an alias. Unset: the addresses that `<slug>.<BASE_DOMAIN>` leads to.',
  }),
  DNS_SERVERS: setting(listOf(isNameServer, 'must be IP addresses, each with or without a port, with commas between them').optional(), {
    description:
      'Name servers that the domains of sellers are looked up at, such as `192.0.2.53` or `127.0.0.1:5353`. Unset: those of the machine.',
  }),
  TLS_ASK_SECRET: setting(z.string().min(24, 'must have at least 24 characters').optional(), {
    description:
      'Lets a proxy on another machine ask at `/internal/tls-ask?secret=<secret>&domain=<host>` whether a host may have a certificate. Unset: only from this machine.',
    secret: true,
  }),
  LIVERY_DATA_DIR: setting(z.string().default('.livery'), {
    description: 'Folder of the embedded database, its secret and the files of the demo.',
  }),
  MAIL_TRANSPORT: setting(oneOf(['outbox', 'smtp', 'resend']).default('outbox'), {
    description: 'How mail leaves; `outbox` keeps MIME files and shows them at /dev/mail.',
  }),
  SMTP_URL: setting(url(/^smtps?$/, 'must be an smtp:// or smtps:// URL').optional(), {
    description: 'Mail server. Needed with MAIL_TRANSPORT=smtp.',
    secret: true,
  }),
  RESEND_API_KEY: setting(z.string().optional(), { description: 'Key of Resend. Needed with MAIL_TRANSPORT=resend.', secret: true }),
  RESEND_BASE_URL: setting(httpUrl.optional(), { description: 'Address of Resend when it is not the public one.' }),
  MAIL_BOUNCE_SECRET: setting(z.string().min(24, 'must have at least 24 characters').optional(), {
    description:
      'Lets a mail server hand in mail that came back: POST of the whole message to `/webhooks/mail/returned` on the host of the seller, with `Authorization: Bearer <secret>`. Unset: closed.',
    secret: true,
  }),
  MAIL_INBOX_SECRET: setting(z.string().min(24, 'must have at least 24 characters').optional(), {
    description:
      'Lets a mail server hand in mail to a seller, which becomes tickets and answers to them: POST of the whole message to `/webhooks/mail/inbox` on the host of the seller, with `Authorization: Bearer <secret>`. Unset: closed.',
    secret: true,
  }),
  RESEND_WEBHOOK_SECRET: setting(z.string().startsWith('whsec_', 'must begin with whsec_').optional(), {
    description: 'Signs what Resend tells of mail that came back, at `/webhooks/mail/resend` on the host of the seller. Unset: closed.',
    secret: true,
  }),
  MAIL_FALLBACK_ADDRESS: setting(z.email('must be an e-mail address').optional(), {
    description:
      'Sender of the mails of sellers that have not proven a mail domain of their own; it names nobody. Unset: `no-reply@<BASE_DOMAIN>`, and with MAIL_TRANSPORT=outbox the address that the seller chose.',
  }),
  MAIL_SPF_DOMAIN: setting(
    z
      .string()
      .regex(/^[a-z0-9._-]+$/, 'must be a lower-case domain')
      .optional(),
    { description: 'Domain whose SPF record names the servers that mail leaves from; sellers include it. Unset: BASE_DOMAIN.' },
  ),
  INNGEST_EVENT_KEY: setting(z.string().optional(), {
    description: 'Sends events to an Inngest server. Unset: the embedded job executor.',
    secret: true,
  }),
  INNGEST_SIGNING_KEY: setting(z.string().optional(), {
    description: 'Signs the calls of an Inngest server. Needed with INNGEST_EVENT_KEY.',
    secret: true,
  }),
  INNGEST_BASE_URL: setting(httpUrl.optional(), { description: 'Address of a self-hosted Inngest server.' }),
  EXCHANGE_RATES_URL: setting(url(/^(https?|file)$/, 'must be an http://, https:// or file:// URL').optional(), {
    description:
      'Daily exchange rates in the format of the European Central Bank, e.g. `https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml`. Private networks are refused. Unset: rates are entered by hand.',
  }),
  VIES_URL: setting(httpUrl.optional(), {
    description:
      'REST interface of the EU register of VAT ids, `https://ec.europa.eu/taxation_customs/vies/rest-api`. Private networks are refused. Unset: ids are judged by their form alone.',
  }),
  STRIPE_BASE_URL: setting(httpUrl.optional(), { description: 'For tests: address of Stripe when it is not the public one.' }),
  PAYPAL_BASE_URL: setting(httpUrl.optional(), { description: 'For tests: address of PayPal when it is not the public one.' }),
  DIRECTORY_NETWORKS: setting(oneOf(['public', 'private']).default('public'), {
    description:
      'Where directories of sellers (single sign-on) are reached: `public` by https at public addresses only; `private` also in private networks and by http, for tests and for an operator whose directories stand in its own network.',
  }),
  LOG_LEVEL: setting(oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'), {
    description: 'Least severity that is logged.',
  }),
  LIVERY_COMMIT: setting(z.string().default('unknown'), { description: 'Commit of the build, told at /version.' }),
  LIVERY_DEMO: setting(oneOf(['1']).optional(), { description: 'Set by the demo: shows /dev/mail from a production build.' }),
  LIVERY_CLOCK: setting(z.string().optional(), {
    description: 'For tests: a fixed instant (ISO 8601), or a file that holds one and is read at each question. Refused in production.',
  }),
})

export type Environment = Readonly<z.infer<typeof Settings>>
export type SettingName = keyof Environment

let parsed: Environment | undefined

/**
 * The environment, parsed at the first call and kept.
 * @throws ConfigurationError with every problem found.
 */
export function environment(): Environment {
  parsed ??= parseEnvironment(process.env)
  return parsed
}

/** Sets variables for this process and the ones it starts, and forgets what was parsed before. */
export function provideEnvironment(values: Partial<Record<SettingName, string>>): void {
  Object.assign(process.env, values)
  parsed = undefined
}

/**
 * Parses `source`; an empty value counts as unset.
 * @throws ConfigurationError with every problem found, sorted as in the documentation.
 */
export function parseEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const problems: ConfigurationProblem[] = []
  const values = Object.fromEntries(settingNames().map((name) => [name, readSetting(source, name, problems)]))
  const result = Settings.safeParse(values)

  for (const issue of result.error?.issues ?? []) problems.push({ setting: String(issue.path[0]), problem: issue.message })
  if (result.success) problems.push(...missingPartners(result.data))
  if (problems.length > 0 || !result.success) throw new ConfigurationError(problems)
  return Object.freeze(result.data)
}

function readSetting(source: Readonly<Record<string, string | undefined>>, name: SettingName, problems: ConfigurationProblem[]) {
  const direct = source[name]?.trim() || undefined
  const file = isSecret(name) ? source[`${name}_FILE`]?.trim() || undefined : undefined
  if (!file) return direct
  if (direct) {
    problems.push({ setting: name, problem: `is set together with ${name}_FILE; keep one` })
    return direct
  }
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    problems.push({ setting: `${name}_FILE`, problem: `cannot be read: ${(error as Error).message}` })
    return undefined
  }
}

function missingPartners(env: z.infer<typeof Settings>): ConfigurationProblem[] {
  const rules: [boolean, SettingName, string][] = [
    [
      env.DATABASE_URL !== undefined && env.APP_SECRET === undefined,
      'APP_SECRET',
      'is needed with DATABASE_URL (32 random characters or more)',
    ],
    [env.MAIL_TRANSPORT === 'smtp' && env.SMTP_URL === undefined, 'SMTP_URL', 'is needed with MAIL_TRANSPORT=smtp'],
    [env.MAIL_TRANSPORT === 'resend' && env.RESEND_API_KEY === undefined, 'RESEND_API_KEY', 'is needed with MAIL_TRANSPORT=resend'],
    [
      env.INNGEST_EVENT_KEY !== undefined && env.INNGEST_SIGNING_KEY === undefined,
      'INNGEST_SIGNING_KEY',
      'is needed with INNGEST_EVENT_KEY',
    ],
    [env.NODE_ENV === 'production' && env.LIVERY_CLOCK !== undefined, 'LIVERY_CLOCK', 'is for tests only: unset it in production'],
  ]
  return rules.filter(([broken]) => broken).map(([, setting, problem]) => ({ setting, problem }))
}

/** The secret of the installation. @throws ConfigurationError while there is none. */
export function appSecret(): string {
  const secret = environment().APP_SECRET
  if (!secret) throw badSetting('APP_SECRET', 'is not set, and no embedded database was started to make one')
  return secret
}

/** The database roles that processes sign in with; `admin` is the user of DATABASE_URL itself. */
export type DatabaseUrls = { admin: string; owner: string; app: string; system: string; jobs: string }

/**
 * DATABASE_URL with the user and password of each role.
 * @throws ConfigurationError while DATABASE_URL is not set.
 */
export function databaseUrls(): DatabaseUrls {
  const admin = environment().DATABASE_URL
  if (!admin) throw badSetting('DATABASE_URL', 'is not set, and no embedded database was started')
  const as = (role: string) => urlAs(admin, role)
  return { admin, owner: as('livery_owner'), app: as('livery_app'), system: as('livery_system'), jobs: as('livery_jobs') }
}

/** The password of a database role: 32 hex digits of HMAC-SHA256 over its name, keyed by the installation's secret. */
export function rolePassword(role: string, secret: string = appSecret()): string {
  return createHmac('sha256', secret).update(role).digest('hex').slice(0, 32)
}

function urlAs(databaseUrl: string, role: string): string {
  const result = new URL(databaseUrl)
  result.username = role
  result.password = rolePassword(role)
  return result.href
}

/** Names of all settings, in the order of the documentation. */
export function settingNames(): SettingName[] {
  return Object.keys(Settings.shape) as SettingName[]
}

/** What the documentation says about a setting. */
export function settingMeta(name: SettingName): SettingMeta {
  return Settings.shape[name].meta() as SettingMeta
}

function isSecret(name: SettingName): boolean {
  return settingMeta(name).secret === true
}
