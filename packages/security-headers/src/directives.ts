import type { Location, Source } from './source.ts'

/**
 * A source list: the sources, all of them; or a function that gets the list as it is so far, to
 * extend it; or `false` to leave the directive out.
 *
 * The function gets what is in force: where the policy has no such directive, the list of the
 * directive that browsers take instead (`defaultSrc` for `scriptSrc`). `["'none'"]` arrives as an
 * empty list, and an empty list becomes `["'none'"]`.
 */
export type SourceList<Entry> =
  | false
  | readonly Entry[]
  | ((sources: readonly Entry[]) => readonly Entry[])

/** The tokens of `sandbox`, as of the attribute in HTML. */
export type SandboxToken = (typeof sandboxTokens)[number]

/** An entry of `trusted-types`: the name of a policy, or a word of the directive's own. */
export type TrustedTypesEntry = "'none'" | "'allow-duplicates'" | '*' | (string & {})

/**
 * The directives of a Content-Security-Policy. What is not given stays as the preset has it.
 *
 * [CSP section 6](https://www.w3.org/TR/CSP3/#csp-directives)
 */
export interface ContentSecurityPolicyDirectives {
  /** What holds for every `…Src` that is not given. */
  readonly defaultSrc?: SourceList<Source> | undefined
  /** Which scripts may run. Default: `defaultSrc`. */
  readonly scriptSrc?: SourceList<Source> | undefined
  /** Which `<script>` elements may run. Default: `scriptSrc`. */
  readonly scriptSrcElem?: SourceList<Source> | undefined
  /** Whether event handlers in attributes, such as `onclick`, may run. Default: `scriptSrc`. */
  readonly scriptSrcAttr?: SourceList<Source> | undefined
  /** Which styles may apply. Default: `defaultSrc`. */
  readonly styleSrc?: SourceList<Source> | undefined
  /** Which `<style>` elements and style sheets may apply. Default: `styleSrc`. */
  readonly styleSrcElem?: SourceList<Source> | undefined
  /** Whether `style` attributes may apply. Default: `styleSrc`. */
  readonly styleSrcAttr?: SourceList<Source> | undefined
  /** Where frames and workers may come from. Default: `defaultSrc`. */
  readonly childSrc?: SourceList<Location> | undefined
  /** Where `fetch()`, WebSocket, EventSource and `sendBeacon()` may connect. Default: `defaultSrc`. */
  readonly connectSrc?: SourceList<Location> | undefined
  /** Where fenced frames may come from. Default: `frameSrc`. */
  readonly fencedFrameSrc?: SourceList<Location> | undefined
  /** Where fonts may come from. Default: `defaultSrc`. */
  readonly fontSrc?: SourceList<Location> | undefined
  /** Where frames may come from. Default: `childSrc`. */
  readonly frameSrc?: SourceList<Location> | undefined
  /** Where images and icons may come from. Default: `defaultSrc`. */
  readonly imgSrc?: SourceList<Location> | undefined
  /** Where the manifest of a web application may come from. Default: `defaultSrc`. */
  readonly manifestSrc?: SourceList<Location> | undefined
  /** Where audio, video and their tracks may come from. Default: `defaultSrc`. */
  readonly mediaSrc?: SourceList<Location> | undefined
  /** Where `<object>` and `<embed>` may load from. Default: `defaultSrc`. */
  readonly objectSrc?: SourceList<Location> | undefined
  /** Where workers may come from. Default: `childSrc`. */
  readonly workerSrc?: SourceList<Location> | undefined
  /** What `<base>` may say. */
  readonly baseUri?: SourceList<Location> | undefined
  /** Where forms may go. */
  readonly formAction?: SourceList<Location> | undefined
  /** Who may show the page in a frame; `frameOptions` follows. */
  readonly frameAncestors?: SourceList<Location> | undefined
  /** `true` allows nothing, a list what it names. */
  readonly sandbox?: boolean | readonly SandboxToken[] | undefined
  /** Where code may turn text into markup or script only by way of a policy. */
  readonly requireTrustedTypesFor?: false | readonly ["'script'"] | undefined
  /** The Trusted Types policies that a page may make. */
  readonly trustedTypes?: false | readonly TrustedTypesEntry[] | undefined
  /** Whether WebRTC may connect. */
  readonly webrtc?: false | "'allow'" | "'block'" | undefined
  /** The name of one of the `reportingEndpoints`. */
  readonly reportTo?: false | string | undefined
  /** The older form of `reportTo`, which Firefox still needs: URLs. */
  readonly reportUri?: false | readonly string[] | undefined
  /** Makes `http:` in the page `https:`. Sent only over https. */
  readonly upgradeInsecureRequests?: boolean | undefined
}

/** What a directive holds. */
type DirectiveKind =
  | 'code'
  | 'locations'
  | 'sandbox'
  | 'trusted-types-for'
  | 'trusted-types'
  | 'webrtc'
  | 'endpoint'
  | 'urls'
  | 'flag'

/** A directive: its name in the field, what it holds, and where browsers look if it is not there. */
export interface DirectiveEntry {
  readonly name: string
  readonly kind: DirectiveKind
  readonly fallback?: readonly (keyof ContentSecurityPolicyDirectives)[]
}

const code = (name: string, ...fallback: DirectiveEntry['fallback'] & {}): DirectiveEntry => ({
  name,
  kind: 'code',
  fallback,
})
const locations = (name: string, ...fallback: DirectiveEntry['fallback'] & {}): DirectiveEntry => ({
  name,
  kind: 'locations',
  fallback,
})

/** Every directive by its option. The fallbacks are those of [CSP section 6.8.3](https://www.w3.org/TR/CSP3/#directive-fallback-list). */
export const directiveRegistry: Readonly<
  Record<keyof ContentSecurityPolicyDirectives, DirectiveEntry>
> = {
  defaultSrc: code('default-src'),
  scriptSrc: code('script-src', 'defaultSrc'),
  scriptSrcElem: code('script-src-elem', 'scriptSrc', 'defaultSrc'),
  scriptSrcAttr: code('script-src-attr', 'scriptSrc', 'defaultSrc'),
  styleSrc: code('style-src', 'defaultSrc'),
  styleSrcElem: code('style-src-elem', 'styleSrc', 'defaultSrc'),
  styleSrcAttr: code('style-src-attr', 'styleSrc', 'defaultSrc'),
  childSrc: locations('child-src', 'defaultSrc'),
  connectSrc: locations('connect-src', 'defaultSrc'),
  fencedFrameSrc: locations('fenced-frame-src', 'frameSrc', 'childSrc', 'defaultSrc'),
  fontSrc: locations('font-src', 'defaultSrc'),
  frameSrc: locations('frame-src', 'childSrc', 'defaultSrc'),
  imgSrc: locations('img-src', 'defaultSrc'),
  manifestSrc: locations('manifest-src', 'defaultSrc'),
  mediaSrc: locations('media-src', 'defaultSrc'),
  objectSrc: locations('object-src', 'defaultSrc'),
  workerSrc: locations('worker-src', 'childSrc', 'scriptSrc', 'defaultSrc'),
  baseUri: locations('base-uri'),
  formAction: locations('form-action'),
  frameAncestors: locations('frame-ancestors'),
  sandbox: { name: 'sandbox', kind: 'sandbox' },
  requireTrustedTypesFor: { name: 'require-trusted-types-for', kind: 'trusted-types-for' },
  trustedTypes: { name: 'trusted-types', kind: 'trusted-types' },
  webrtc: { name: 'webrtc', kind: 'webrtc' },
  reportTo: { name: 'report-to', kind: 'endpoint' },
  reportUri: { name: 'report-uri', kind: 'urls' },
  upgradeInsecureRequests: { name: 'upgrade-insecure-requests', kind: 'flag' },
}

/** The tokens of `sandbox` in HTML. */
export const sandboxTokens = [
  'allow-downloads',
  'allow-forms',
  'allow-modals',
  'allow-orientation-lock',
  'allow-pointer-lock',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-presentation',
  'allow-same-origin',
  'allow-scripts',
  'allow-storage-access-by-user-activation',
  'allow-top-navigation',
  'allow-top-navigation-by-user-activation',
  'allow-top-navigation-to-custom-protocols',
] as const

/** What to write instead of directives that are gone, and of helmet's options. */
export const directiveHints: Readonly<Record<string, string>> = {
  directives: 'write its members straight into contentSecurityPolicy',
  useDefaults: "choose a preset; 'api' and one `false` or list per directive leave little of it",
  reportOnly: 'give the directives as contentSecurityPolicyReportOnly',
  blockAllMixedContent: 'browsers ignore it; upgradeInsecureRequests does it',
  prefetchSrc: 'browsers ignore it; defaultSrc and the directive of what is fetched hold',
  pluginTypes: 'browsers ignore it; objectSrc: ["\'none\'"] does it',
  navigateTo: 'no browser has it',
  referrer: 'browsers ignore it; use the option referrerPolicy',
  reflectedXss: 'browsers ignore it; leave it out',
}
