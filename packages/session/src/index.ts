export {
  CookieCodec,
  type BadReason,
  type CodecOptions,
  type Opened,
  type UndecodableReason,
} from './codec.ts'
export { readCookie } from './cookie-header.ts'
export type { Duration, DurationParts } from './duration.ts'
export { sessionChannel, type SessionEvent } from './events.ts'
export {
  fromFlaskConfig,
  fromPrefixedEnv,
  type FlaskSettings,
  type OnWarning,
} from './flask-config.ts'
export { flaskKeys, type FlaskKey, type FlaskKeyRow, type FlaskKind } from './flask-keys.ts'
export type { OpenSession, SessionAnswer, SessionFields, SessionRequest } from './open-session.ts'
export { sessionOptionNames, type Secret, type SessionOptions } from './options.ts'
export type { Session, SessionControls } from './session.ts'
export type { FlashMessage } from './session-state.ts'
export { Sessions } from './sessions.ts'
export type { KeyDerivation, SignatureDigest, SignerOptions } from './signer.ts'
export type { SessionStore } from './store.ts'
export { decodeValue, encodeValue, formatSession, parseSession } from './tagged-json.ts'
export { Float, Markup, Tuple, Uuid } from './values.ts'
