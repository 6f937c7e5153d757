import { expect, test } from 'vitest'
import { masked } from './masked.ts'

const canary = 'kanarienvogel-7f3a9c'

test.each([
  ['a secret of JSON', `{"client_secret":"${canary}","amount":"1999"}`],
  ['a secret with a quote in it', `{"password":"a\\"${canary}"}`],
  ['a secret of JSON within JSON', `{"body":"{\\"access_token\\":\\"${canary}\\",\\"scope\\":\\"x\\"}"}`],
  ['a secret that was cut off', `{"refresh_token":"${canary}`],
  ['a secret of a form', `amount=1999&client_secret=${canary}&currency=eur`],
  ['a secret of an address', `/v1/pay?token=${canary}&x=1`],
  ['a nested name of a form', `card[number]=1&payment[cvc_code]=${canary}`],
  ['a header of any case', `POST /v1\nAuthorization: Bearer ${canary}\nAccept: */*`],
  ['a header with a key', `x-api-key: ${canary}`],
  ['a cookie', `Set-Cookie: session=${canary}; Path=/`],
  ['a signature', `Stripe-Signature: t=1,v1=${canary}`],
  ['a credential in a sentence', `was sent with Basic ${canary}`],
  ['a live key in a sentence', `no such key: sk_live_${canary}`],
  ['a webhook secret', `whsec_${canary}`],
  ['a signed token', `eyJhbGciOiJub25lIn0.${canary}.sig`],
  ['the name of a mailbox', `{"email":"${canary}@example.com"}`],
  ['the name of a mailbox in a form', `email=${canary}%40example.com`],
  ['an account of a bank', `{"iban":"DE89${canary}"}`],
  ['a sum of digits that checks a card', '{"cvc": 7391}', '7391'],
])('%s does not reach the log', (_what, text, secret = canary) => {
  expect(masked(text)).not.toContain(secret)
})

test('of a card four digits stay, written in one or in groups', () => {
  expect(masked('4242424242424242')).toBe('***4242')
  expect(masked('paid by 3782 822463 10005 today')).toBe('paid by ***0005 today')
  expect(masked('5555-5555-5555-4444')).toBe('***4444')
})

test('what is no secret stays as it is', () => {
  const text = '{"id":"pi_3NqK","amount":"123456789012345","status":"succeeded","host":"example.com"}'
  expect(masked(text)).toBe(text)
})

test('the domain of a mailbox stays', () => {
  expect(masked('to ada.lovelace@mail.example.com')).toBe('to ***@mail.example.com')
})

test('masking twice changes nothing', () => {
  const once = masked(`Authorization: Bearer ${canary}\n{"token":"${canary}","mail":"a@b.de"}\npan=4242 4242 4242 4242`)
  expect(masked(once)).toBe(once)
})
