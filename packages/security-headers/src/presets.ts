import type { Preset, SecurityHeadersOptions } from './headers.ts'

const year = 365 * 24 * 60 * 60

/** The features that a page can spy, pay or reach for hardware with; hardly any page uses them. */
const deniedByDefault = {
  accelerometer: [],
  bluetooth: [],
  browsingTopics: [],
  camera: [],
  displayCapture: [],
  geolocation: [],
  gyroscope: [],
  hid: [],
  idleDetection: [],
  magnetometer: [],
  microphone: [],
  midi: [],
  payment: [],
  screenWakeLock: [],
  serial: [],
  usb: [],
  xrSpatialTracking: [],
} as const

/** What all presets but `api` have of helmet. */
const common = {
  contentTypeOptions: 'nosniff',
  referrerPolicy: 'no-referrer',
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  originAgentCluster: true,
  extra: [
    ['X-DNS-Prefetch-Control', 'off'],
    ['X-Permitted-Cross-Domain-Policies', 'none'],
  ],
} as const satisfies SecurityHeadersOptions

const byDefault = {
  ...common,
  strictTransportSecurity: { maxAge: year, includeSubDomains: true, preload: false },
  frameOptions: 'SAMEORIGIN',
  permissionsPolicy: deniedByDefault,
} as const satisfies SecurityHeadersOptions

/** The presets as options: what each says for itself. */
export const presets: Readonly<Record<Preset, SecurityHeadersOptions>> = {
  default: {
    ...byDefault,
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      upgradeInsecureRequests: true,
    },
  },
  compatible: {
    ...byDefault,
    contentSecurityPolicy: {
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
      objectSrc: ["'none'"],
    },
  },
  // OWASP's `default-src 'self'` is written out, so that `default-src` itself can be 'none'.
  strict: {
    ...common,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      frameSrc: ["'self'"],
      imgSrc: ["'self'"],
      manifestSrc: ["'self'"],
      mediaSrc: ["'self'"],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      workerSrc: ["'self'"],
      upgradeInsecureRequests: true,
    },
    strictTransportSecurity: { maxAge: 2 * year, includeSubDomains: true, preload: false },
    frameOptions: 'DENY',
    crossOriginEmbedderPolicy: 'require-corp',
    permissionsPolicy: {
      accelerometer: [],
      autoplay: [],
      camera: [],
      crossOriginIsolated: [],
      displayCapture: [],
      encryptedMedia: [],
      fullscreen: [],
      geolocation: [],
      gyroscope: [],
      keyboardMap: [],
      magnetometer: [],
      microphone: [],
      midi: [],
      payment: [],
      pictureInPicture: [],
      publickeyCredentialsGet: [],
      screenWakeLock: [],
      syncXhr: ['self'],
      usb: [],
      webShare: [],
      xrSpatialTracking: [],
      clipboardRead: [],
      clipboardWrite: [],
      gamepad: [],
      hid: [],
      idleDetection: [],
      interestCohort: [],
      serial: [],
      unload: [],
    },
    cacheControl: 'no-store, max-age=0',
  },
  api: {
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: { maxAge: 2 * year, includeSubDomains: true, preload: false },
    frameOptions: 'DENY',
    contentTypeOptions: 'nosniff',
    referrerPolicy: 'no-referrer',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    cacheControl: 'no-store, max-age=0',
  },
  // As `helmet()` of helmet 8 sends them, in its order.
  helmet: {
    ...common,
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      fontSrc: ["'self'", 'https:', 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", 'https:', "'unsafe-inline'"],
      upgradeInsecureRequests: true,
    },
    strictTransportSecurity: { maxAge: year, includeSubDomains: true, preload: false },
    frameOptions: 'SAMEORIGIN',
  },
}
