// The packages in the order in which the documentation names them.

import { readFile } from 'node:fs/promises'
import { root } from './markdown.mjs'

/** What each package is in Traditional Chinese; the English is in its package.json. */
const chinese = {
  express: 'Express 5 的中介軟體：附正確 Allow 的 405、501、OPTIONS、問題詳情、安全標頭、session',
  koa: 'Koa 3 的中介軟體：附正確 Allow 的 405、501、OPTIONS、問題詳情、安全標頭、session',
  fastify: 'Fastify 5 的外掛：附正確 Allow 的 405、501、OPTIONS、問題詳情、安全標頭、session',
  status: 'HTTP 狀態碼：IANA、各家廠商與 IIS 子狀態，附型別，說明有英文與繁體中文',
  methods: 'HTTP 方法，以及請求方法對資源的意義：附 Allow 的 405、501、OPTIONS',
  problem: '把任何錯誤寫成 RFC 9457 問題詳情：依用戶端接受的格式給 JSON、HTML 或純文字',
  'security-headers':
    '以一份附型別的政策產生安全標頭：含 nonce 的 CSP、HSTS、X-Frame-Options 等，啟動時即檢查',
  session: '帶簽章的 session Cookie：Flask 讀得懂也寫得出，用 Flask 的設定，並守住瀏覽器的規則',
  preconditions: 'RFC 9110 的條件式請求、位元組範圍與內容協商',
  conformance: '檢查任何語言寫成的 HTTP 伺服器是否遵守 RFC 9110 及其相關規範',
  http: 'Express、Koa 與 Fastify 三個轉接套件在 node:http 上共用的部分',
  options: '拒絕錯誤的選項，並用一句話說明錯在哪裡、該怎麼寫',
}

/** The manifest, the folder and the texts of each package. */
export const packages = await Promise.all(
  Object.entries(chinese).map(async ([name, text]) => {
    const folder = `packages/${name}`
    const manifest = JSON.parse(await readFile(new URL(`${folder}/package.json`, root), 'utf8'))
    return { ...manifest, folder, chinese: text }
  }),
)
