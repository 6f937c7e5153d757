import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia'
import { clock } from '#app/config/clock.server.ts'
import { inAuth } from '#app/db/context.server.ts'

export type SessionAttributes = {
  readonly host: string
  readonly userAgent: string | null
  readonly isStrong: boolean
  /** The sign-in at a directory it comes from; null for one by password or passkey. */
  readonly externalIdentityId: string | null
  /** Written once, and read where somebody signs out. */
  readonly providerSession?: string | null
  readonly logoutHint?: Uint8Array<ArrayBuffer> | null
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}
export type UserAttributes = {
  readonly email: string
  readonly name: string
  readonly language: string
  readonly timeZone: string | null
  readonly picture: string | null
  readonly isEmailConfirmed: boolean
  readonly isDisabled: boolean
}

const sessionColumns = {
  id: true,
  userId: true,
  host: true,
  userAgent: true,
  isStrong: true,
  externalIdentityId: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const
const userColumns = {
  id: true,
  email: true,
  name: true,
  language: true,
  timeZone: true,
  picture: true,
  emailConfirmedAt: true,
  disabledAt: true,
} as const

/**
 * The sessions of one tenant, for Lucia. Lucia compares instants with the machine's clock while rows carry the clock of the
 * installation (`ctx.now`), so instants are shifted by the difference of the two on their way in and out.
 */
export function sessionAdapter(tenantId: string): Adapter {
  const byId = (id: string) => ({ tenantId_id: { tenantId, id } })
  return {
    getSessionAndUser: (id) =>
      inAuth(tenantId, async ({ db }): Promise<[DatabaseSession | null, DatabaseUser | null]> => {
        const row = await db.session.findUnique({ where: byId(id), select: { ...sessionColumns, user: { select: userColumns } } })
        return row ? [toSession(row), toUser(row.user)] : [null, null]
      }),
    getUserSessions: (userId) =>
      inAuth(tenantId, async ({ db }) => {
        const rows = await db.session.findMany({
          where: { tenantId, userId },
          select: sessionColumns,
          orderBy: { createdAt: 'desc' },
          take: 200,
        })
        return rows.map(toSession)
      }),
    setSession: ({ id, userId, expiresAt, attributes }) =>
      inAuth(tenantId, async ({ db }) => {
        await db.session.createMany({ data: [{ tenantId, id, userId, ...attributes, expiresAt: toInstallation(expiresAt) }] })
      }),
    updateSessionExpiration: (id, expiresAt) =>
      inAuth(tenantId, async ({ db }) => {
        await db.session.updateMany({ where: { tenantId, id }, data: { expiresAt: toInstallation(expiresAt) } })
      }),
    deleteSession: (id) =>
      inAuth(tenantId, async ({ db }) => {
        await db.session.deleteMany({ where: { tenantId, id } })
      }),
    deleteUserSessions: (userId) =>
      inAuth(tenantId, async ({ db }) => {
        await db.session.deleteMany({ where: { tenantId, userId } })
      }),
    deleteExpiredSessions: () =>
      inAuth(tenantId, async (ctx) => {
        await ctx.db.session.deleteMany({ where: { tenantId, expiresAt: { lte: ctx.now } } })
      }),
  }
}

type SessionRow = SessionAttributes & { readonly id: string; readonly userId: string; readonly expiresAt: Date }
type UserRow = Omit<UserAttributes, 'isEmailConfirmed' | 'isDisabled'> & {
  readonly id: string
  readonly emailConfirmedAt: Date | null
  readonly disabledAt: Date | null
}

function toSession({ id, userId, expiresAt, ...attributes }: SessionRow): DatabaseSession {
  return { id, userId, expiresAt: toMachine(expiresAt), attributes }
}

function toUser({ id, emailConfirmedAt, disabledAt, ...attributes }: UserRow): DatabaseUser {
  return { id, attributes: { ...attributes, isEmailConfirmed: emailConfirmedAt !== null, isDisabled: disabledAt !== null } }
}

function toInstallation(instant: Date): Date {
  return new Date(instant.getTime() + clock.now().getTime() - Date.now())
}

function toMachine(instant: Date): Date {
  return new Date(instant.getTime() - clock.now().getTime() + Date.now())
}
