import { reasonPhrase, statusCode, statusCodes, statusInfo } from '@http-semantics/status'
import { getReasonPhrase, getStatusCode } from 'http-status-codes'
import statuses from 'statuses'
import { do_not_optimize as keep } from 'mitata'

/** Codes, and their phrases, that all three libraries know, in an order of no pattern. */
const codes = [...statusCodes]
  .filter((code) => statuses.codes.includes(code) && knows(() => getReasonPhrase(code)))
  .filter((code) => statuses.message[code] === reasonPhrase(code))
  .filter((code) => knows(() => getStatusCode(reasonPhrase(code))))
  .toSorted((left, right) => ((left * 7919) % 101) - ((right * 7919) % 101))
const phrases = codes.map((code) => statuses.message[code])

function knows(look) {
  try {
    return look() !== undefined
  } catch {
    return false
  }
}

/** Look-ups of all of them, one after the other: a single one would be looked up but once, by the compiler. */
export const groups = () => [
  {
    name: 'phrase',
    title: 'The phrase of a status code',
    times: codes.length,
    entries: {
      '@http-semantics/status': () => {
        for (const code of codes) keep(reasonPhrase(code))
      },
      '@http-semantics/status, all that is known': () => {
        for (const code of codes) keep(statusInfo(code).phrase)
      },
      statuses: () => {
        for (const code of codes) keep(statuses(code))
      },
      'statuses, its bare object': () => {
        for (const code of codes) keep(statuses.message[code])
      },
      'http-status-codes': () => {
        for (const code of codes) keep(getReasonPhrase(code))
      },
    },
  },
  {
    name: 'code',
    title: 'The status code of a phrase',
    times: phrases.length,
    entries: {
      '@http-semantics/status': () => {
        for (const phrase of phrases) keep(statusCode(phrase))
      },
      statuses: () => {
        for (const phrase of phrases) keep(statuses(phrase))
      },
      'http-status-codes': () => {
        for (const phrase of phrases) keep(getStatusCode(phrase))
      },
    },
  },
]
