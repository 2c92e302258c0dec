import { show } from '@http-semantics/options'
import { checkKeys, listOf } from './options.ts'
import { serializeDictionary, serializeInnerList, serializeString } from './structured.ts'

/**
 * The features that a policy can control, as options: of the registry of the
 * [Permissions Policy working group](https://github.com/w3c/webappsec-permissions-policy/blob/main/features.md)
 * the standardized, proposed and experimental ones, and those that browsers or OWASP have besides.
 */
export const permissionsFeatures = [
  'accelerometer',
  'allScreensCapture',
  'ambientLightSensor',
  'ariaNotify',
  'attributionReporting',
  'autoplay',
  'battery',
  'bluetooth',
  'browsingTopics',
  'camera',
  'capturedSurfaceControl',
  'chDeviceMemory',
  'chDownlink',
  'chDpr',
  'chEct',
  'chPrefersColorScheme',
  'chPrefersReducedMotion',
  'chPrefersReducedTransparency',
  'chRtt',
  'chSaveData',
  'chUa',
  'chUaArch',
  'chUaBitness',
  'chUaFormFactors',
  'chUaFullVersion',
  'chUaFullVersionList',
  'chUaMobile',
  'chUaModel',
  'chUaPlatform',
  'chUaPlatformVersion',
  'chUaWow64',
  'chViewportHeight',
  'chViewportWidth',
  'chWidth',
  'clipboardRead',
  'clipboardWrite',
  'computePressure',
  'crossOriginIsolated',
  'deferredFetch',
  'deferredFetchMinimal',
  'digitalCredentialsCreate',
  'digitalCredentialsGet',
  'displayCapture',
  'documentDomain',
  'encryptedMedia',
  'executionWhileNotRendered',
  'executionWhileOutOfViewport',
  'focusWithoutUserActivation',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identityCredentialsGet',
  'idleDetection',
  'interestCohort',
  'keyboardMap',
  'languageDetector',
  'languageModel',
  'localFonts',
  'localNetworkAccess',
  'magnetometer',
  'microphone',
  'midi',
  'navigationOverride',
  'onDeviceSpeechRecognition',
  'otpCredentials',
  'payment',
  'pictureInPicture',
  'privateStateTokenIssuance',
  'privateStateTokenRedemption',
  'publickeyCredentialsCreate',
  'publickeyCredentialsGet',
  'screenWakeLock',
  'serial',
  'speakerSelection',
  'storageAccess',
  'summarizer',
  'syncScript',
  'syncXhr',
  'translator',
  'unload',
  'usb',
  'verticalScroll',
  'webShare',
  'windowManagement',
  'xrSpatialTracking',
] as const

/** A feature that a policy can control. */
export type PermissionsFeature = (typeof permissionsFeatures)[number]

/**
 * Who may use a feature: nobody (`[]`), this origin and others (`['self', 'https://a.example']`),
 * everybody (`'*'`), or whoever may by default in the browser (`'default'`: the feature is left out).
 */
export type Allowlist =
  | '*'
  | 'default'
  | readonly ('self' | `https://${string}` | `http://${string}`)[]

/** Who may use which feature. What is not given stays as the preset has it. */
export type PermissionsPolicy = { readonly [Feature in PermissionsFeature]?: Allowlist | undefined }

/** The features' allowlists, as they stand in the field. */
export type Permissions = ReadonlyMap<PermissionsFeature, string>

const isFeature = (key: string): key is PermissionsFeature =>
  permissionsFeatures.some((feature) => feature === key)

/** `displayCapture` as `display-capture`. */
const dashed = (feature: string): string =>
  feature.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** What to write for the names of the field itself. */
const hints: Readonly<Record<string, string>> = Object.fromEntries(
  permissionsFeatures
    .filter((feature) => dashed(feature) !== feature)
    .map((feature) => [dashed(feature), `did you mean '${feature}'?`]),
)

/** `https://a.example`, with a port or not; the leftmost label may be `*`. */
function isOrigin(entry: string): boolean {
  const plain = entry.replace('://*.', '://any.')
  return (
    /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?$/.test(plain) &&
    URL.canParse(plain) &&
    new URL(plain).origin === plain
  )
}

function writeAllowlist(option: string, value: unknown): string {
  if (value === '*') return '*'
  const list = listOf(option, value, "['self', 'https://a.example'], '*' or 'default'").map(
    (entry) => {
      if (entry === 'self') return entry
      if (typeof entry === 'string' && isOrigin(entry)) return serializeString(entry)
      const instead =
        entry === "'self'"
          ? "write 'self', without quotes of its own"
          : "write 'self' or an origin like 'https://a.example'"
      throw new TypeError(`${option}: ${show(entry)} is not allowed; ${instead}`)
    },
  )
  return serializeInnerList(list)
}

/**
 * Features put in, changed and taken out.
 *
 * @throws TypeError naming feature and value, and what to write.
 */
export function mergePermissions(option: string, base: Permissions, given: unknown): Permissions {
  checkKeys(option, given, { what: 'feature', keys: permissionsFeatures, hints })
  const permissions = new Map(base)
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || !isFeature(key)) continue
    const path = `${option}.${key}`
    if (value === 'default') permissions.delete(key)
    else if (typeof value === 'boolean') {
      throw new TypeError(
        `${path}: ${value} can be read in two ways; write [] for nobody, ['self'] for this origin, '*' for everybody, or 'default' to leave the feature to the browser`,
      )
    } else permissions.set(key, writeAllowlist(path, value))
  }
  return permissions
}

/**
 * The value of `Permissions-Policy`.
 *
 * [Permissions Policy section 6.1](https://www.w3.org/TR/permissions-policy-1/#permissions-policy-http-header-field)
 */
export const writePermissions = (permissions: Permissions): string =>
  serializeDictionary([...permissions].map(([feature, allowlist]) => [dashed(feature), allowlist]))
