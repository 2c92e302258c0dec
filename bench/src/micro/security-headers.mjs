import { createSecurityPolicy } from '@http-semantics/security-headers'
import helmet from 'helmet'
import { OutgoingMessage } from 'node:http'

/** The security header fields of an answer. */
export function groups() {
  const middleware = helmet()
  const policy = createSecurityPolicy({})
  const theirs = new OutgoingMessage()
  const ours = new OutgoingMessage()
  const next = () => undefined
  return [
    {
      name: 'security-headers',
      title: 'Security header fields, set one by one',
      entries: {
        '@http-semantics/security-headers': () => {
          for (const [name, value] of policy.fields(true)) ours.setHeader(name, value)
          for (const name of policy.removed) ours.removeHeader(name)
        },
        helmet: () => middleware({}, theirs, next),
      },
    },
  ]
}
