import { hash, verify } from '@node-rs/argon2'

// 2 is argon2id; the library's enum has no value at run time.
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const current = '$argon2id$v=19$m=19456,t=2,p=1$'

/** The hash of a password nobody has, with today's parameters: an unknown e-mail costs the same work as a known one. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$e+0MCf7wbEf/SBAAueAq4A$FBEZ3LT1FxTrD+A6IPEIwbdxfXyDqS2nY2t7QcXs/U0'

/** Hashes with argon2id (19 MiB, two passes, one lane). All of the password counts, whatever its length. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), parameters)
}

/** Whether `password` is the one behind `stored`. Without a stored hash the same work is done and the answer is no. */
export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const matches = await verify(stored ?? nobodysHash, password.normalize('NFC'))
  return matches && stored != null
}

/** Whether a stored hash was made with other parameters than today's and is made again at the next sign-in. */
export function isOutdatedHash(stored: string): boolean {
  return !stored.startsWith(current)
}
