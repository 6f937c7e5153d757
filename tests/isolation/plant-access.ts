import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A member's projects, an open invitation, a key with an answer, how the account ends, and its data in a file. */
export async function plantAccess({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const membership = await db.membership.findFirstOrThrow({ where: { tenantId, accountId } })
  const project = await db.project.findFirstOrThrow({ where: { tenantId, accountId } })
  const { id: membershipId, userId, securityProfileId } = membership
  await db.membershipProject.createMany({ data: [{ tenantId, membershipId, projectId: project.id }] })
  const of = { tenantId, id: v7(), accountId }
  const person = { email: `${of.id}@example.test`, name: 'Invited', language: 'en', securityProfileId, invitedBy: userId }
  await db.memberInvitation.createMany({ data: [{ ...of, ...person, isLimited: false, projectIds: [], createdAt: now, expiresAt: now }] })
  const key = { userId, name: 'Books', prefix: 'lvk_planted0', keyHash: of.id, permissions: ['invoice:read'], networks: [] }
  await db.apiKey.createMany({ data: [{ ...of, ...key, createdAt: now }] })
  const sshKey = {
    userId,
    name: 'Laptop',
    kind: 'ssh-ed25519',
    bits: 256,
    fingerprint: `SHA256:${of.id.replaceAll('-', '')}${'0'.repeat(11)}`,
  }
  await db.sshKey.createMany({ data: [{ ...of, ...sshKey, publicKey: 'ssh-ed25519 AAAA', createdAt: now }] })
  await db.newsRead.createMany({ data: [{ tenantId, accountId, userId, readUntil: now }] })
  const answer = { apiKeyId: of.id, accountId, key: 'one', requestHash: 'hash', status: 202, body: '{}' }
  await db.apiAnswer.createMany({ data: [{ tenantId, ...answer, createdAt: now }] })
  await db.accountClosing.createMany({ data: [{ ...of, state: 'open', reason: '', askedBy: userId, askedAt: now, graceEndsAt: now }] })
  await db.addressChange.createMany({ data: [{ ...of, beforeText: 'Gasse 1', afterText: 'Gasse 2', createdAt: now }] })
  await db.dataExport.createMany({ data: [{ ...of, userId, state: 'requested', requestedAt: now }] })
  await db.closingSettings.createMany({ data: [{ tenantId, graceDays: 30, retentionDays: 3_650, changedAt: now }], skipDuplicates: true })
  await db.cloudInterface.createMany({ data: [{ tenantId, address: 'https://cloud.example.test', changedAt: now }], skipDuplicates: true })
  const terms = { cycleUnit: 'month', cycleCount: 1, anchor: 'calendar', fees: 'in-arrears', paymentDays: 14, paymentMode: 'postpaid' }
  await db.signUpTerms.createMany({ data: [{ tenantId, ...terms, creditLimits: {}, changedAt: now }], skipDuplicates: true })
}
