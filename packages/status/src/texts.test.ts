import { describe, expect, expectTypeOf, it } from 'vitest'

import * as en from './en.ts'
import { iisSubStatuses, findIisSubStatus } from './iis.ts'
import { statusClass, statuses, statusCodes } from './index.ts'
import type { Localized } from './localized.ts'
import { vendorStatusList } from './vendor.ts'
import * as zh from './zh-TW.ts'

const languages = { en, 'zh-TW': zh }
const classes = [100, 200, 300, 400, 500, 600].map((code) => statusClass(code))

/** Every text of the vendor and IIS entries. */
const localized: readonly Localized[] = [
  ...vendorStatusList.map(({ meaning }) => meaning),
  ...iisSubStatuses.flatMap((status) => {
    const { meanings, cause, fix } = findIisSubStatus(status)
    return [...meanings, cause, fix].filter((text) => text !== undefined)
  }),
]

const english = [
  ...Object.values({ ...en.texts, ...en.classTexts }).map(({ description }) => description),
  ...localized.map((text) => text.en),
]
const chinese = [
  ...Object.values({ ...zh.texts, ...zh.classTexts }).flatMap(({ title, description }) => [
    title,
    description,
  ]),
  ...localized.map((text) => text['zh-TW']),
]

/** The text with its code, which stands in backquotes, taken out. */
const prose = (text: string): string => text.replaceAll(/`[^`]*`/g, '`')

/** The code in a text, sorted. */
const codeIn = (text: string): string => (text.match(/`[^`]*`/g) ?? []).toSorted().join(' ')

describe.each(Object.entries(languages))(
  'the texts in %s',
  (_, { texts, classTexts, describeStatus }) => {
    it('are there for every registered code and every class, and for nothing else', () => {
      expect(Object.keys(texts).map(Number)).toEqual(statusCodes)
      expect(Object.keys(classTexts)).toEqual(classes)
    })

    it('have a title and a description that occur only once', () => {
      const all = [...Object.values(texts), ...Object.values(classTexts)]
      for (const key of ['title', 'description'] as const) {
        const values = all.map((text) => text[key])
        expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([])
        expect(values.filter((value) => value.trim() !== value || value === '')).toEqual([])
      }
    })

    it('are found by code, and by class where the code is not registered', () => {
      for (let code = 100; code <= 999; code += 1) {
        const known = statusCodes.find((candidate) => candidate === code)
        expect(describeStatus(code)).toBe(known ? texts[known] : classTexts[statusClass(code)])
      }
    })

    it.each([99, 1000, 404.5, Number.NaN])('are refused for %d with a RangeError', (code) => {
      expect(() => describeStatus(code)).toThrow(RangeError)
    })
  },
)

describe('the English texts', () => {
  it('have the reason phrase as title, but for the two reserved codes', () => {
    const other = statuses.filter(({ code, phrase }) => en.texts[code].title !== phrase)
    expect(other.map(({ code }) => code)).toEqual([306, 418])
  })

  it('are sentences of ASCII', () => {
    expect(english.filter((text) => !/^(?:[A-Z`"]|nginx )[\u0020-\u007E]+\.$/.test(text))).toEqual(
      [],
    )
  })
})

describe('the Chinese texts', () => {
  /** Words and characters one would not read in Taiwan, each with what one would. */
  const foreign = {
    服務器: '伺服器',
    客戶端: '用戶端',
    緩存: '快取',
    重定向: '重新導向',
    默認: '預設',
    訪問: '存取',
    信息: '訊息',
    支持: '支援',
    網絡: '網路',
    數據: '資料',
    文件夾: '資料夾',
    字符: '字元',
    字節: '位元組',
    用戶名: '使用者名稱',
    登錄: '登入',
    加載: '載入',
    鏈接: '連結',
    連接: '連線',
    響應: '回應',
    代碼: '程式碼',
    程序: '程式',
    隊列: '佇列',
    接口: '介面',
    配置: '設定',
    日誌: '記錄檔',
    端口: '連接埠',
    返回碼: '狀態碼',
    網關: '閘道',
    超時: '逾時',
    令牌: '權杖',
    證書: '憑證',
    賬: '帳',
    模塊: '模組',
    異步: '非同步',
    并: '並',
    內存: '記憶體',
    硬盤: '硬碟',
    進程: '處理程序',
    線程: '執行緒',
    協議: '通訊協定',
    解析器: '剖析器',
    查詢字符串: '查詢字串',
    屏幕: '畫面',
    質量: '品質',
    視頻: '影片',
    軟件: '軟體',
    當前: '目前',
    主頁: '首頁',
  }

  // 連接埠 is how one says "port" in Taiwan; it merely contains 連接. 登錄檔 and 登錄 ("to enter into
  // a register") likewise contain 登錄, which is foreign only for signing in.
  const allowed = /連接埠|沒有登錄/g

  it.each(Object.entries(foreign))('never say %s, for that is %s', (word) => {
    expect(chinese.filter((text) => text.replaceAll(allowed, '').includes(word))).toEqual([])
  })

  it('use no simplified characters', () => {
    const simplified =
      /[务请对访问错误设网关无权认证续发现应该类详细说书为这个择资讯页载过时间组标头优签际识别补弃丢链检测传输线确终实议术语复户询码断启员块满级态]/
    expect(chinese.filter((text) => simplified.test(text))).toEqual([])
  })

  it('use full-width punctuation beside Chinese', () => {
    expect(
      chinese.filter((text) =>
        /\p{Script=Han}[,.;:!?()]|[,;:!?()]\p{Script=Han}/u.test(prose(text)),
      ),
    ).toEqual([])
  })

  it('part Chinese from Latin letters and digits by a space', () => {
    expect(
      chinese.filter((text) => /\p{Script=Han}[\w`]|[\w`]\p{Script=Han}/u.test(prose(text))),
    ).toEqual([])
  })

  it('end in a full stop, but for the titles', () => {
    const descriptions = [
      ...Object.values({ ...zh.texts, ...zh.classTexts }).map(({ description }) => description),
      ...localized.map((text) => text['zh-TW']),
    ]
    expect(descriptions.filter((text) => !text.endsWith('。'))).toEqual([])
  })

  it('have code in backquotes where the English has it', () => {
    const differing = [
      ...statusCodes.map((code) => [en.texts[code].description, zh.texts[code].description]),
      ...localized.map((text) => [text.en, text['zh-TW']]),
    ].filter(([a = '', b = '']) => codeIn(a) !== codeIn(b))
    expect(differing).toEqual([])
  })
})

describe('the types', () => {
  it('are the same in both languages', () => {
    expectTypeOf(en).toEqualTypeOf<typeof zh>()
  })
})
