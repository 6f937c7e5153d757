/** A language as texts are kept by it: ISO 639-1, where needed with a script or a region, as `de`, `pt-BR` and `zh-Hans` (BCP 47). */
export const languageTag = /^[a-z]{2}(-[A-Z]{2}|-[A-Z][a-z]{3})?$/
