import type { Localized } from '../language.ts'

/** What a header field, a directive or an attribute means, and the text that defines it. */
export interface FieldText extends Localized {
  readonly name: string
  readonly link: string
}

const rfc = 'https://www.rfc-editor.org/rfc/'
const html = 'https://html.spec.whatwg.org/multipage/'
const csp = 'https://www.w3.org/TR/CSP3/'
const cookies = 'https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html'
const mdn = 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/'

/** The security fields of the packages; not every answer has all of them. */
export const securityFields: readonly FieldText[] = [
  {
    name: 'Content-Security-Policy',
    link: `${csp}#csp-header`,
    en: 'Says where scripts, styles, images and frames of the page may come from, and what it may do. What an attacker smuggles in does not run.',
    'zh-TW':
      '規定頁面的指令碼、樣式、圖片與框架可以來自哪裡，以及頁面能做什麼。攻擊者夾帶的程式因此無法執行。',
  },
  {
    name: 'Content-Security-Policy-Report-Only',
    link: `${csp}#cspro-header`,
    en: 'The same, as a trial: breaches are reported, and nothing is blocked.',
    'zh-TW': '同上，但僅供試行：違規只會回報，不會阻擋。',
  },
  {
    name: 'Strict-Transport-Security',
    link: `${rfc}rfc6797.html#section-6.1`,
    en: 'The browser asks this host by HTTPS only, for so many seconds. It counts over HTTPS alone, and is sent there alone.',
    'zh-TW':
      '在指定的秒數內，瀏覽器只以 HTTPS 連到這個主機。只有透過 HTTPS 才有效，也只在那時送出。',
  },
  {
    name: 'X-Frame-Options',
    link: `${html}speculative-loading.html#the-x-frame-options-header`,
    en: 'Who may show the page in a frame, for browsers that do not know `frame-ancestors`. It keeps others from catching clicks.',
    'zh-TW': '誰可以把頁面放進框架，供不認得 `frame-ancestors` 的瀏覽器使用，防止他人騙取點擊。',
  },
  {
    name: 'X-Content-Type-Options',
    link: 'https://fetch.spec.whatwg.org/#x-content-type-options-header',
    en: '`nosniff`: the browser takes `Content-Type` at its word, so that a text is never run as a script.',
    'zh-TW': '`nosniff`：瀏覽器完全依照 `Content-Type`，不會把文字當成指令碼執行。',
  },
  {
    name: 'Referrer-Policy',
    link: 'https://www.w3.org/TR/referrer-policy/#referrer-policy-header',
    en: 'How much of the address of this page other sites get to see when a link leads there.',
    'zh-TW': '連結通往其他網站時，對方能看到多少本頁的網址。',
  },
  {
    name: 'Permissions-Policy',
    link: 'https://www.w3.org/TR/permissions-policy-1/#permissions-policy-http-header-field',
    en: 'Which features of the device the page and its frames may use; `()` is for nobody.',
    'zh-TW': '頁面及其框架可以使用裝置的哪些功能；`()` 表示誰都不行。',
  },
  {
    name: 'Cross-Origin-Opener-Policy',
    link: `${html}browsers.html#cross-origin-opener-policies`,
    en: 'Parts the window from windows of other origins that opened it or that it opens.',
    'zh-TW': '讓這個視窗與開啟它或由它開啟的其他來源視窗彼此隔離。',
  },
  {
    name: 'Cross-Origin-Embedder-Policy',
    link: `${html}browsers.html#coep`,
    en: 'The page loads from other origins only what says that it may be.',
    'zh-TW': '頁面只載入明確同意被載入的其他來源資源。',
  },
  {
    name: 'Cross-Origin-Resource-Policy',
    link: 'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header',
    en: 'Whose pages may load this answer, as an image or a script, say.',
    'zh-TW': '誰的頁面可以載入這個回應，例如當成圖片或指令碼。',
  },
  {
    name: 'Origin-Agent-Cluster',
    link: `${html}browsers.html#origin-agent-cluster`,
    en: '`?1` asks for memory and a process apart from other hosts of the same site.',
    'zh-TW': '`?1` 要求與同網站的其他主機使用不同的記憶體與程序。',
  },
  {
    name: 'Reporting-Endpoints',
    link: 'https://www.w3.org/TR/reporting-1/#header',
    en: 'Gives names to the URLs that browsers send reports to.',
    'zh-TW': '替瀏覽器送出報告的 URL 命名。',
  },
  {
    name: 'Integrity-Policy',
    link: 'https://www.w3.org/TR/SRI/#integrity-policy-section',
    en: 'Scripts or styles without a checksum in the page are not loaded.',
    'zh-TW': '頁面中沒有附上雜湊值的指令碼或樣式不會載入。',
  },
  {
    name: 'X-DNS-Prefetch-Control',
    link: `${mdn}X-DNS-Prefetch-Control`,
    en: '`off`: the names of hosts in links are not looked up before anybody follows them.',
    'zh-TW': '`off`：在有人點選之前，不預先查詢連結中的主機名稱。',
  },
  {
    name: 'X-Permitted-Cross-Domain-Policies',
    link: `${mdn}X-Permitted-Cross-Domain-Policies`,
    en: 'Whether PDF readers and the like may read across domains by policy files of this host.',
    'zh-TW': 'PDF 閱讀器之類的程式能否依本主機的政策檔跨網域讀取。',
  },
  {
    name: 'Clear-Site-Data',
    link: 'https://www.w3.org/TR/clear-site-data/#header',
    en: 'Has the browser forget what it keeps of this origin: cookies, storage, cache. `/logout` sends it.',
    'zh-TW': '讓瀏覽器清除這個來源留下的資料：Cookie、儲存空間、快取。`/logout` 會送出它。',
  },
]

/** The directives of the policy that the examples send. */
export const policyDirectives: readonly FieldText[] = [
  {
    name: 'default-src',
    link: `${csp}#directive-default-src`,
    en: 'Where anything may come from that has no directive of its own.',
    'zh-TW': '沒有專屬指令的資源可以來自哪裡。',
  },
  {
    name: 'base-uri',
    link: `${csp}#directive-base-uri`,
    en: 'What `<base>` may say, which bends all relative links.',
    'zh-TW': '`<base>` 可以寫什麼；它會改變所有相對連結。',
  },
  {
    name: 'font-src',
    link: `${csp}#directive-font-src`,
    en: 'Where fonts may come from.',
    'zh-TW': '字型可以來自哪裡。',
  },
  {
    name: 'form-action',
    link: `${csp}#directive-form-action`,
    en: 'Where forms may be sent.',
    'zh-TW': '表單可以送往哪裡。',
  },
  {
    name: 'frame-ancestors',
    link: `${csp}#directive-frame-ancestors`,
    en: 'Whose pages may show this one in a frame.',
    'zh-TW': '誰的頁面可以用框架顯示本頁。',
  },
  {
    name: 'img-src',
    link: `${csp}#directive-img-src`,
    en: 'Where images may come from.',
    'zh-TW': '圖片可以來自哪裡。',
  },
  {
    name: 'object-src',
    link: `${csp}#directive-object-src`,
    en: 'Where plug-ins may come from; there is no good reason for any.',
    'zh-TW': '外掛程式可以來自哪裡；如今沒有理由允許。',
  },
  {
    name: 'script-src',
    link: `${csp}#directive-script-src`,
    en: 'Where scripts may come from. Without `unsafe-inline`, none that stands in the page itself runs.',
    'zh-TW': '指令碼可以來自哪裡。沒有 `unsafe-inline` 時，直接寫在頁面中的指令碼不會執行。',
  },
  {
    name: 'script-src-attr',
    link: `${csp}#directive-script-src-attr`,
    en: 'Whether attributes such as `onclick` run.',
    'zh-TW': '`onclick` 之類的屬性能否執行。',
  },
  {
    name: 'style-src',
    link: `${csp}#directive-style-src`,
    en: 'Where style sheets may come from.',
    'zh-TW': '樣式表可以來自哪裡。',
  },
  {
    name: 'upgrade-insecure-requests',
    link: 'https://www.w3.org/TR/upgrade-insecure-requests/#delivery',
    en: 'Makes `http:` in the page `https:`. Sent over HTTPS only.',
    'zh-TW': '把頁面中的 `http:` 改成 `https:`。只透過 HTTPS 送出。',
  },
]

/** What `Set-Cookie` may say of a cookie. */
export const cookieAttributes: readonly FieldText[] = [
  {
    name: 'Expires',
    link: `${cookies}#name-the-expires-attribute`,
    en: 'When the cookie ends, as a date. Without this and `Max-Age`, it ends with the session of the browser.',
    'zh-TW': 'Cookie 失效的日期。沒有它也沒有 `Max-Age` 時，瀏覽器的工作階段結束就失效。',
  },
  {
    name: 'Max-Age',
    link: `${cookies}#name-the-max-age-attribute`,
    en: 'The same in seconds from now; it wins over `Expires`. 0 ends the cookie at once.',
    'zh-TW': '同上，以從現在起的秒數表示，優先於 `Expires`。0 會立刻刪除 Cookie。',
  },
  {
    name: 'Domain',
    link: `${cookies}#name-the-domain-attribute`,
    en: 'Sends the cookie to all hosts below this one, too. Without it, only the host that set it gets it, which is safer.',
    'zh-TW': '讓子網域的主機也收到 Cookie。不寫時只送回設定它的主機，比較安全。',
  },
  {
    name: 'Path',
    link: `${cookies}#name-the-path-attribute`,
    en: 'Sends the cookie for paths below this one only. It keeps the cookie out of the way, not secret.',
    'zh-TW': '只在這個路徑之下送出 Cookie。這樣只是減少傳送，並不能保密。',
  },
  {
    name: 'Secure',
    link: `${cookies}#name-the-secure-attribute`,
    en: 'Sends the cookie over HTTPS only, so that nobody on the way reads it.',
    'zh-TW': '只透過 HTTPS 送出 Cookie，傳輸途中沒有人讀得到。',
  },
  {
    name: 'HttpOnly',
    link: `${cookies}#name-the-httponly-attribute`,
    en: 'Keeps scripts from reading the cookie, those of an attacker among them.',
    'zh-TW': '不讓指令碼讀取 Cookie，包括攻擊者的指令碼。',
  },
  {
    name: 'SameSite',
    link: `${cookies}#name-the-samesite-attribute`,
    en: '`Lax` sends the cookie along when a link leads here from another site; `Strict` does not; `None` always does, and needs `Secure`. The first two stop forged requests.',
    'zh-TW':
      '`Lax`：從其他網站點連結過來時會帶上 Cookie；`Strict` 不會；`None` 一律會，且必須搭配 `Secure`。前兩者可防止偽造請求。',
  },
  {
    name: 'Partitioned',
    link: 'https://datatracker.ietf.org/doc/html/draft-cutler-httpbis-partitioned-cookies',
    en: 'Keeps the cookie of a page in a frame apart for each site that shows the frame. Needs `Secure`.',
    'zh-TW': '頁面放在框架中時，依外層網站分開保存 Cookie。必須搭配 `Secure`。',
  },
  {
    name: '__Host-',
    link: `${cookies}#name-the-__host-prefix`,
    en: 'A name that begins so is taken only with `Secure`, `Path=/` and without `Domain`: no other host can have set it.',
    'zh-TW':
      '名稱以此開頭的 Cookie 必須有 `Secure` 與 `Path=/`，且沒有 `Domain`，瀏覽器才接受：不可能由其他主機設定。',
  },
  {
    name: '__Secure-',
    link: `${cookies}#name-the-__secure-prefix`,
    en: 'A name that begins so is taken only with `Secure`.',
    'zh-TW': '名稱以此開頭的 Cookie 必須有 `Secure`，瀏覽器才接受。',
  },
]
