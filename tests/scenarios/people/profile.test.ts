import sharp from 'sharp'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { confirmEmailChange, requestEmailChange } from '#app/auth/change-email.server.ts'
import { forgetPeople } from '#app/db/people/profiles.server.ts'
import { personalNewsPorts } from '#app/jobs/personal-news-ports.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { changeProfile, ownProfile } from '#app/services/people/change-profile.server.ts'
import { keepPicture, pictureShownTo, removePicture } from '#app/services/people/keep-picture.server.ts'
import { tellOfEmailChange, tellOfEmailWish, tellOfSecurity } from '#app/services/people/tell-person.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandPorts, keptMail, keptMails } from '#app/wiring.server.ts'
import { mailedToken, password, register, tokenFor, trySignIn } from '#tests/integration/auth/store-people.ts'
import { plantPerson } from '#tests/isolation/plant-person.ts'
import { asOffice } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
let ahorn: string
let lakeside: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
})
let seen = 0
afterEach(async () => {
  seen = (await keptMails()).length
})

async function newMails() {
  const all = await keptMails()
  const mails = await Promise.all(all.slice(0, all.length - seen).map(({ id }) => keptMail(id)))
  return mails.map((mail) => ({ to: mail?.to, subject: mail?.subject, text: mail?.text ?? '' })).reverse()
}
const news = () => processOf(ahorn, personalNewsPorts(ahorn))
const photograph = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#996633' } })
    .jpeg()
    .withMetadata({ exif: { IFD0: { Artist: 'canary' } } })
    .toBuffer()

test('a person keeps name, telephone, language and time zone; the trace says what changed and nothing of it', async () => {
  const { userId } = await register(ahorn, 'profile@example.test')
  const change = { userId, name: 'Lena Moser', phone: ' +43  1 234 56 78 ', language: 'fr', timeZone: 'Asia/Tokyo' }
  expect(await asOffice(ahorn, (ctx) => changeProfile(ctx, { ...change, phone: 'call me' }))).toEqual({ ok: false, error: 'phone' })
  expect(await asOffice(ahorn, (ctx) => changeProfile(ctx, { ...change, timeZone: 'Moon' }))).toEqual({ ok: false, error: 'time-zone' })
  for (const _ of [1, 2]) expect((await asOffice(ahorn, (ctx) => changeProfile(ctx, change))).ok).toBe(true)
  expect(await asOffice(ahorn, (ctx) => ownProfile(ctx, userId))).toMatchObject({
    name: 'Lena Moser',
    phone: '+43 1 234 56 78',
    timeZone: 'Asia/Tokyo',
  })
  const where = { action: 'user.profile-changed', subjectId: userId }
  const traces = await asOffice(ahorn, ({ db }) => db.auditEntry.findMany({ where, select: { detail: true } }))
  expect(traces).toEqual([{ detail: { changed: ['name', 'phone', 'language', 'timeZone'] } }])
})

test('a picture is made anew, small, and shown to those who share the store or the account alone', async () => {
  const [me, stranger] = [await register(ahorn, 'pic@example.test'), await register(ahorn, 'pic-stranger@example.test')]
  const colleague = {
    email: 'pic-colleague@example.test',
    name: 'Kim',
    language: 'de',
    profile: 'customer-member',
    accountId: me.accountId,
  } as const
  const added = await asOffice(ahorn, (ctx) => addMember(ctx, colleague))
  const staff = await asOffice(ahorn, (ctx) =>
    addMember(ctx, { email: 'clerk@ahorn.example', name: 'Clerk', language: 'de', profile: 'finance' }),
  )
  const keep = (upload: Uint8Array) => keepPicture(processOf(ahorn, brandPorts()), { userId: me.userId, upload })
  for (const [upload, problem] of [
    [await photograph(5000, 4000), 'picture-too-large'],
    [new Uint8Array(900_001), 'picture-too-large'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'picture-unreadable'],
    [Buffer.from('GIF89a'), 'picture-unreadable'],
  ] as const)
    expect(await keep(upload)).toEqual({ ok: false, error: problem })

  const kept = await keep(await photograph(800, 600))
  const name = kept.ok ? kept.value.name : ''
  const shown = (tenantId: string, viewerId: string) => asOffice(tenantId, (ctx) => pictureShownTo(ctx, { viewerId, name }))
  const picture = (await shown(ahorn, me.userId)) ?? new Uint8Array()
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 })
  expect(Buffer.from(picture).includes('canary')).toBe(false)
  for (const viewer of [added, staff]) expect(viewer.ok && (await shown(ahorn, viewer.value.userId))).not.toBeNull()
  expect(await shown(ahorn, stranger.userId)).toBeNull()
  expect(await shown(lakeside, me.userId)).toBeNull()
  await asOffice(ahorn, (ctx) => removePicture(ctx, me.userId))
  expect(await shown(ahorn, me.userId)).toBeNull()
})

test('a new address counts once its link was opened; the former one is told twice and its links are void', async () => {
  const { userId } = await register(ahorn, 'former@example.test')
  const request = { tenantId: ahorn, userId, newEmail: ' Later@Example.test', password }
  expect(await requestEmailChange({ ...request, password: 'not it' })).toEqual({ ok: false, error: 'wrong-password' })
  const changeIds = () =>
    asOffice(ahorn, ({ db }) => db.emailChange.findMany({ where: { userId }, orderBy: { createdAt: 'asc' }, select: { id: true } }))
  await requestEmailChange(request)
  await requestEmailChange(request)
  const [early, late] = (await changeIds()).map(({ id }) => id)
  for (const id of [early, late, late]) await tellOfEmailWish(news(), id ?? '')
  const mails = await newMails()
  expect(mails.map(({ to }) => JSON.stringify(to))).toEqual([expect.stringContaining('later@'), expect.stringContaining('former@')])
  const token = /purpose=change-email&token=([\w-]{43})/.exec(mails[0]?.text ?? '')?.[1] ?? ''
  expect(mails[1]?.text).not.toContain(token)

  const reset = await mailedToken(ahorn, userId, 'reset-password')
  expect(await confirmEmailChange({ tenantId: lakeside, token })).toEqual({ ok: false, error: 'link-invalid' })
  const clicks = await Promise.all([1, 2].map(() => confirmEmailChange({ tenantId: ahorn, token })))
  expect(clicks.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await trySignIn(ahorn, host, 'former@example.test')).ok).toBe(false)
  expect(await tokenFor(ahorn, host, 'later@example.test')).toMatch(/^[\w-]{43}$/)
  const left = await asOffice(ahorn, ({ db }) => db.oneTimeToken.count({ where: { userId, usedAt: null } }))
  expect([reset.length > 0, left]).toEqual([true, 0])
  seen = (await keptMails()).length
  for (const _ of [1, 2]) await tellOfEmailChange(news(), late ?? '')
  expect((await newMails()).map(({ to, subject }) => [JSON.stringify(to), subject])).toEqual([
    [expect.stringContaining('former@'), 'Ihre Adresse wurde geändert'],
  ])
})

test('an address somebody has gets no mail, and one taken meanwhile is refused', async () => {
  const { userId } = await register(ahorn, 'wants@example.test')
  await register(ahorn, 'has@example.test')
  const wish = { tenantId: ahorn, userId, password }
  expect(await requestEmailChange({ ...wish, newEmail: 'has@example.test' })).toEqual({ ok: true, value: null })
  const changes = () => asOffice(ahorn, ({ db }) => db.emailChange.findMany({ where: { userId } }))
  expect(await changes()).toEqual([])
  await requestEmailChange({ ...wish, newEmail: 'free@example.test' })
  const [change] = await changes()
  await tellOfEmailWish(news(), change?.id ?? '')
  const [mail] = await newMails()
  const token = /token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
  await register(ahorn, 'free@example.test')
  expect(await confirmEmailChange({ tenantId: ahorn, token })).toEqual({ ok: false, error: 'link-invalid' })
})

test('a change of the sign-in is told once for each event, in the language of the person', async () => {
  const { userId } = await register(ahorn, 'told@example.test', { language: 'fr' })
  const at = new Date('2026-10-01T10:00:00Z')
  for (const _ of [1, 2]) await tellOfSecurity(news(), { userId, change: 'passkey-added', at, eventId: 'event-1' })
  const [mail, ...more] = await newMails()
  expect(more).toEqual([])
  expect(mail?.text).toContain('/panel/security')
})

test('of a person who is forgotten nothing is left of the own sign-in and the profile', async () => {
  const [{ userId }, stays] = [await register(ahorn, 'forgotten@example.test'), await register(ahorn, 'stays@example.test')]
  for (const id of [userId, stays.userId]) await plantPerson(ahorn, id)
  const left = (id: string) =>
    asOffice(ahorn, async ({ db }) => {
      const where = { userId: id }
      const counts = [await db.authenticator.count({ where }), await db.recoveryCode.count({ where }), await db.passkey.count({ where })]
      const more = [await db.signInStep.count({ where }), await db.emailChange.count({ where }), await db.userPicture.count({ where })]
      return [...counts, ...more]
    })
  await asOffice(ahorn, (ctx) => forgetPeople(ctx, [userId]))
  expect(await left(userId)).toEqual([0, 0, 0, 0, 0, 0])
  expect(await left(stays.userId)).toEqual([1, 1, 1, 1, 1, 1])
  expect(await asOffice(ahorn, (ctx) => ownProfile(ctx, userId))).toMatchObject({ picture: null, phone: null })
})
