/**
 * Passwords of eight characters and more that stand at the top of every leaked list, lower case. A guesser tries these first.
 * Digits at the end are cut before the look-up, so `password` covers `password123` too.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password passwort motdepasse contrasena contraseña senha senha123 kennwort passw0rd p@ssword p@ssw0rd pa$$word pa$$w0rd
  qwerty qwertz azerty qwertyui qwertyuiop qwertzuiop azertyuiop asdfghjk asdfghjkl yxcvbnm zxcvbnm 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
  q1w2e3r4 q1w2e3r4t5 qazwsxedc qweasdzxc 1q2w3e q2w3e4r5 zaq12wsx zaq1zaq1 abcd1234 abc12345 a1b2c3d4 abcdefgh abcdefg1 abcdefghi
  12345678 123456789 1234567890 0123456789 987654321 9876543210 0987654321 11111111 00000000 22222222 33333333 44444444 55555555
  66666666 77777777 88888888 99999999 12121212 11223344 12341234 123123123 123321123 147258369 159753456 1234abcd 1111111111
  iloveyou ichliebedich jetaime tequiero teamo sunshine princess football baseball basketball superman batman spiderman starwars
  welcome willkommen bienvenue bienvenido letmein trustno welcome1 administrator admin adminadmin root rootroot superuser changeme
  default guest secret geheim geheim123 master hallo hallowelt helloworld hello charlie michelle jennifer jordan michael jessica
  computer internet samsung google facebook whatever dragon monkey shadow liverpool chelsea arsenal mercedes ferrari corvette
  mustang harley maverick midnight victoria elizabeth alexander sebastian schatz schatzi sommer winter fruehling herbst summer
  autumn spring january february december november september october test testtest tester testing temporary passwords passphrase
  livery cloud cloudstack openstack server hosting company business customer`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
