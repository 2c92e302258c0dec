import type { MethodCacheability, RequestContent } from '@http-semantics/methods'
import type {
  Cacheability,
  FieldCondition,
  FieldLevel,
  StatusClass,
  StatusState,
} from '@http-semantics/status'
import type { IisModule } from '@http-semantics/status/iis'
import type { Language } from '../language.ts'

/** Every word of the explorer page that no catalogue has. `{0}` and `{1}` are what comes in there. */
export interface Words {
  readonly title: string
  readonly lead: string
  readonly skip: string
  readonly language: string
  readonly contents: string
  readonly search: string
  readonly searchHint: string
  readonly clear: string
  /** How many entries there are, some of them, and none. */
  readonly all: string
  readonly some: string
  readonly none: string
  readonly statuses: string
  readonly classes: Readonly<Record<Exclude<StatusClass, 'invalid'>, string>>
  readonly vendors: string
  readonly vendorsLead: string
  readonly iis: string
  readonly iisLead: string
  readonly methods: string
  readonly methodsLead: string
  readonly matrix: string
  readonly matrixLead: string
  readonly path: string
  readonly ask: string
  readonly has: string
  readonly lacks: string
  readonly resources: string
  readonly fields: string
  readonly fieldsLead: string
  readonly directives: string
  readonly cookie: string
  readonly cookieLead: string
  readonly now: string
  readonly absent: string
  readonly example: string
  readonly send: string
  readonly interim: string
  readonly real: string
  readonly came: string
  readonly failed: string
  readonly permalink: string
  readonly cause: string
  readonly fix: string
  readonly nearest: string
  readonly treatedAs: string
  readonly wire: string
  readonly formerly: string
  readonly noContent: string
  readonly json: string
  readonly home: string
  readonly levels: Readonly<Record<FieldLevel, string>>
  /** Level, fields and condition. */
  readonly duty: string
  readonly conditions: Readonly<Record<FieldCondition, string>>
  readonly states: Readonly<Record<StatusState, string>>
  readonly cacheable: Readonly<Record<Cacheability, string>>
  readonly safe: string
  readonly idempotent: string
  readonly neither: string
  readonly methodCacheable: Readonly<Record<MethodCacheability, string>>
  readonly requestContent: Readonly<Record<RequestContent, string>>
  readonly modules: Readonly<Record<IisModule, string>>
}

const modules = {
  webdav: 'WebDAV',
  iis: 'IIS',
  websocket: 'WebSocket',
  arr: 'ARR',
  asp: 'ASP',
  cgi: 'CGI',
  fastcgi: 'FastCGI',
  'url-rewrite': 'URL Rewrite',
} as const

export const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'HTTP statuses, methods and fields',
    lead: 'What each one means, what it asks of an answer, and what this very server says when it gives one.',
    skip: 'Skip to the content',
    language: 'Language',
    contents: 'On this page',
    search: 'Search',
    searchHint: 'A code, a name, or words of its meaning: 404, 404.13, teapot, nginx',
    clear: 'Show all',
    all: '{0} entries.',
    some: '{0} of {1} entries match.',
    none: 'Nothing matches. Try a code such as 404, or fewer words.',
    statuses: 'Statuses',
    classes: {
      informational: '1xx Informational',
      successful: '2xx Successful',
      redirection: '3xx Redirection',
      'client-error': '4xx Client error',
      'server-error': '5xx Server error',
    },
    vendors: 'Vendor codes',
    vendorsLead:
      'In use, and in no registry. The button sends the registered status that says most nearly the same.',
    iis: 'IIS sub-statuses',
    iisLead:
      'IIS writes them to its log as sc-substatus; on the wire there is only the number before the dot. The button sends the registered status that says most nearly the same.',
    methods: 'Methods',
    methodsLead: 'All registered methods. The button tries one on a note of this app.',
    matrix: 'Methods of this app',
    matrixLead: 'Which methods each path has, as the server itself answers to OPTIONS.',
    path: 'Path',
    ask: 'Ask',
    has: 'yes',
    lacks: 'no',
    resources: 'What the resources take',
    fields: 'Security fields',
    fieldsLead: 'What goes out with every answer, and what this page got.',
    directives: 'Directives of the Content-Security-Policy',
    cookie: 'Set-Cookie',
    cookieLead: 'What a server tells a browser of a cookie, and what a login here says.',
    now: 'Here:',
    absent: 'not sent',
    example: 'Example answer',
    send: 'Send {0}',
    interim: 'No handler sends this one: the server does, ahead of the answer proper.',
    real: 'The real answer to {0}, as it came over the wire',
    came: '{0}: {1} lines came.',
    failed: 'No answer came: {0}',
    permalink: 'Entry of its own',
    cause: 'Usual cause:',
    fix: 'What to do:',
    nearest: 'Nearest registered status:',
    treatedAs: 'Clients that do not know it act as on {0}.',
    wire: 'On the wire',
    formerly: 'Once called {0}.',
    noContent: 'Has no content, whatever the method.',
    json: 'The catalogue as JSON: send Accept: application/json to this address.',
    home: 'All statuses, methods and fields',
    levels: { MUST: 'MUST', 'MUST NOT': 'MUST NOT', SHOULD: 'SHOULD', MAY: 'MAY' },
    duty: '{0} send {1}{2}',
    conditions: {
      always: '',
      'as-200': ', as far as a 200 to the same request would have it',
      available: ', if there is such a validator',
      'single-part': ', with a single range',
      multipart: ', with several ranges',
      preferred: ', if one of the choices is preferred',
      temporary: ', if the condition will pass',
      'byte-range': ', if the range was in bytes',
      'content-coding': ', if the coding was the trouble',
      'media-type': ', if the media type was the trouble',
      patch: ', to PATCH',
      query: ', to QUERY',
      'http/1.1': ', in HTTP/1.1',
    },
    states: {
      permanent: '',
      temporary: 'Registered for a time only.',
      deprecated: 'Deprecated: still defined, no longer to be sent.',
      reserved: 'Reserved: not to be used.',
      obsolete: 'Obsolete: its specification was withdrawn.',
      unassigned: '',
      invalid: '',
    },
    cacheable: {
      heuristically: 'A cache may store it, and guess how long it stays fresh.',
      explicitly: 'A cache may store it only where the answer says so.',
      never: 'A cache must not store it.',
    },
    safe: 'safe',
    idempotent: 'idempotent',
    neither: 'changes things each time',
    methodCacheable: {
      yes: 'A cache may store the answer.',
      explicit:
        'A cache may store the answer with explicit freshness and a matching Content-Location.',
      no: 'A cache does not store the answer.',
    },
    requestContent: {
      required: 'It does nothing without content.',
      defined: 'It may carry content.',
      undefined: 'Content has no meaning; a server may refuse it.',
      forbidden: 'A client must not send content.',
    },
    modules: {
      ...modules,
      'arr-3.0.1916': 'ARR from 3.0.1916',
      'ip-restrictions': 'IP restrictions',
      'request-filtering': 'Request filtering',
    },
  },
  'zh-TW': {
    title: 'HTTP 狀態碼、方法與欄位',
    lead: '每一個的意義、對回應的要求，以及這台伺服器實際送出的回應。',
    skip: '跳到內容',
    language: '語言',
    contents: '本頁內容',
    search: '搜尋',
    searchHint: '狀態碼、名稱或說明中的字詞：404、404.13、找不到、nginx',
    clear: '顯示全部',
    all: '共 {0} 筆。',
    some: '{1} 筆中有 {0} 筆符合。',
    none: '沒有符合的項目。請試試 404 之類的狀態碼，或減少字詞。',
    statuses: '狀態碼',
    classes: {
      informational: '1xx 參考資訊',
      successful: '2xx 成功',
      redirection: '3xx 重新導向',
      'client-error': '4xx 用戶端錯誤',
      'server-error': '5xx 伺服器錯誤',
    },
    vendors: '廠商狀態碼',
    vendorsLead: '實際有人使用，但未曾註冊。按鈕會送出意義最接近的已註冊狀態碼。',
    iis: 'IIS 子狀態碼',
    iisLead:
      'IIS 把它們寫入記錄檔的 sc-substatus；實際送出的只有小數點前的數字。按鈕會送出意義最接近的已註冊狀態碼。',
    methods: '請求方法',
    methodsLead: '所有已註冊的方法。按鈕會對這個應用程式的一則筆記試用該方法。',
    matrix: '這個應用程式的方法',
    matrixLead: '每個路徑有哪些方法，依伺服器對 OPTIONS 的回應列出。',
    path: '路徑',
    ask: '詢問',
    has: '有',
    lacks: '無',
    resources: '各資源接受的內容',
    fields: '安全欄位',
    fieldsLead: '隨每個回應送出的欄位，以及本頁實際收到的值。',
    directives: 'Content-Security-Policy 的指令',
    cookie: 'Set-Cookie',
    cookieLead: '伺服器如何向瀏覽器說明 Cookie，以及在這裡登入時實際送出的值。',
    now: '這裡：',
    absent: '沒有送出',
    example: '回應範例',
    send: '送出 {0}',
    interim: '這個狀態碼不由處理函式送出，而是由伺服器在正式回應之前送出。',
    real: '{0} 的實際回應，與線路上收到的相同',
    came: '{0}：收到 {1} 行。',
    failed: '沒有收到回應：{0}',
    permalink: '專屬頁面',
    cause: '常見原因：',
    fix: '處理方式：',
    nearest: '最接近的已註冊狀態碼：',
    treatedAs: '不認得它的用戶端會當成 {0} 處理。',
    wire: '實際送出',
    formerly: '舊稱 {0}。',
    noContent: '不論方法為何，都沒有內容。',
    json: '以 JSON 取得目錄：對這個網址送出 Accept: application/json。',
    home: '所有狀態碼、方法與欄位',
    levels: { MUST: '必須', 'MUST NOT': '不得', SHOULD: '應該', MAY: '可以' },
    duty: '{2}{0}送出 {1}',
    conditions: {
      always: '',
      'as-200': '只要同一請求的 200 會帶有，',
      available: '若有這種驗證資訊，',
      'single-part': '只有一個範圍時，',
      multipart: '有多個範圍時，',
      preferred: '若偏好其中一個選項，',
      temporary: '若狀況只是暫時，',
      'byte-range': '若範圍以位元組計，',
      'content-coding': '若問題在於編碼，',
      'media-type': '若問題在於媒體類型，',
      patch: '回應 PATCH 時，',
      query: '回應 QUERY 時，',
      'http/1.1': '在 HTTP/1.1 中，',
    },
    states: {
      permanent: '',
      temporary: '僅為暫時註冊。',
      deprecated: '已不建議使用：仍有定義，但不應再送出。',
      reserved: '保留：不得使用。',
      obsolete: '已廢止：其規格已撤回。',
      unassigned: '',
      invalid: '',
    },
    cacheable: {
      heuristically: '快取可以儲存，並自行推估有效期間。',
      explicitly: '只有回應明確允許時，快取才可以儲存。',
      never: '快取不得儲存。',
    },
    safe: '安全',
    idempotent: '等冪',
    neither: '每次都會造成改變',
    methodCacheable: {
      yes: '快取可以儲存回應。',
      explicit: '只有明確標示有效期間且 Content-Location 相符時，快取才可以儲存回應。',
      no: '快取不儲存回應。',
    },
    requestContent: {
      required: '沒有內容就不起作用。',
      defined: '可以帶有內容。',
      undefined: '內容沒有意義，伺服器可以拒絕。',
      forbidden: '用戶端不得送出內容。',
    },
    modules: {
      ...modules,
      'arr-3.0.1916': 'ARR 3.0.1916 起',
      'ip-restrictions': 'IP 限制',
      'request-filtering': '要求篩選',
    },
  },
}

/** Puts texts into the places of a pattern. */
export const fill = (pattern: string, ...texts: readonly (string | number)[]): string =>
  pattern.replaceAll(/\{(\d)\}/g, (_place, index: string) => String(texts[Number(index)]))
