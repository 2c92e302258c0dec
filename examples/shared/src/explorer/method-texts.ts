import type { RegisteredMethod } from '@http-semantics/methods'
import type { Localized } from '../language.ts'

/** What each registered method asks for, in one sentence. */
export const methodTexts: Readonly<Record<RegisteredMethod, Localized>> = {
  ACL: {
    en: 'Changes who may do what with the resource: its access control list.',
    'zh-TW': '修改資源的存取控制清單，也就是誰能對它做什麼。',
  },
  'BASELINE-CONTROL': {
    en: 'Puts a collection under baseline control, so that its state as a whole can be kept.',
    'zh-TW': '讓集合納入基準線控管，以便保存其整體狀態。',
  },
  BIND: {
    en: 'Gives a resource one more name: a member of a collection that leads to it.',
    'zh-TW': '替資源多取一個名稱：在集合中加入指向它的成員。',
  },
  CHECKIN: {
    en: 'Makes a new version of what the resource, which was checked out, is like now.',
    'zh-TW': '把已取出的資源的目前狀態存成新版本。',
  },
  CHECKOUT: {
    en: 'Opens a resource under version control for changes.',
    'zh-TW': '取出受版本控管的資源，以便修改。',
  },
  CONNECT: {
    en: 'Asks a proxy for a tunnel to a host and a port.',
    'zh-TW': '請代理伺服器建立通往某主機與連接埠的通道。',
  },
  COPY: {
    en: 'Makes a duplicate of the resource at the URI that `Destination` names.',
    'zh-TW': '在 `Destination` 所指的 URI 建立資源的副本。',
  },
  DELETE: {
    en: 'Takes the resource away from its URI.',
    'zh-TW': '移除這個 URI 上的資源。',
  },
  GET: {
    en: 'Transfers a current representation of the resource.',
    'zh-TW': '傳送資源目前的表述。',
  },
  HEAD: {
    en: 'Like GET, without the content: the header fields alone.',
    'zh-TW': '與 GET 相同但不含內容，只取標頭欄位。',
  },
  LABEL: {
    en: 'Gives a version a label to be found by, or takes one away.',
    'zh-TW': '替某個版本加上或移除標籤，方便日後找到它。',
  },
  LINK: {
    en: 'Ties the resource to others by links.',
    'zh-TW': '以連結建立這個資源與其他資源的關係。',
  },
  LOCK: {
    en: 'Takes out a lock on the resource, or makes one last longer.',
    'zh-TW': '鎖定資源，或延長既有的鎖定。',
  },
  MERGE: {
    en: 'Merges the versions that the content names into the resource.',
    'zh-TW': '把內容所指的版本合併到資源中。',
  },
  MKACTIVITY: {
    en: 'Creates an activity: a set of changes that belong together.',
    'zh-TW': '建立活動，也就是一組彼此相關的變更。',
  },
  MKCALENDAR: {
    en: 'Creates a collection for the entries of a calendar.',
    'zh-TW': '建立存放行事曆項目的集合。',
  },
  MKCOL: {
    en: 'Creates a collection at the URI.',
    'zh-TW': '在這個 URI 建立集合。',
  },
  MKREDIRECTREF: {
    en: 'Creates a resource that redirects to another.',
    'zh-TW': '建立會重新導向到另一個資源的資源。',
  },
  MKWORKSPACE: {
    en: 'Creates a workspace: a place for one set of versions to work on.',
    'zh-TW': '建立工作區，用來放置一組要編輯的版本。',
  },
  MOVE: {
    en: 'Copies the resource to `Destination` and takes it away here, in one step.',
    'zh-TW': '把資源複製到 `Destination` 並移除原處，一次完成。',
  },
  OPTIONS: {
    en: 'Asks what can be done with the resource: `Allow` lists its methods.',
    'zh-TW': '詢問能對資源做什麼：`Allow` 會列出它的方法。',
  },
  ORDERPATCH: {
    en: 'Changes the order of the members of a collection.',
    'zh-TW': '改變集合成員的順序。',
  },
  PATCH: {
    en: 'Applies the changes that the content describes.',
    'zh-TW': '套用內容所描述的變更。',
  },
  POST: {
    en: 'Has the resource process the content in its own way.',
    'zh-TW': '由資源依自己的方式處理內容。',
  },
  PRI: {
    en: 'The first word of a connection in HTTP/2; registered so that nobody uses it as a method.',
    'zh-TW': 'HTTP/2 連線開頭的字；註冊它是為了不讓任何人當成方法使用。',
  },
  PROPFIND: {
    en: 'Gets properties of the resource and, as `Depth` has it, of its members.',
    'zh-TW': '取得資源的屬性，並依 `Depth` 取得其成員的屬性。',
  },
  PROPPATCH: {
    en: 'Sets and removes properties of the resource.',
    'zh-TW': '設定或移除資源的屬性。',
  },
  PUT: {
    en: 'Creates the resource, or replaces its state, with the content.',
    'zh-TW': '以內容建立資源，或取代它的狀態。',
  },
  QUERY: {
    en: 'Asks what the content describes: safe as GET, with a question as long as it takes.',
    'zh-TW': '依內容所述查詢：和 GET 一樣安全，但問題可以很長。',
  },
  REBIND: {
    en: 'Moves a name of a resource from one collection to another, in one step.',
    'zh-TW': '把資源的一個名稱從某集合移到另一個集合，一次完成。',
  },
  REPORT: {
    en: 'Asks for the report on the resource that the content names.',
    'zh-TW': '取得內容所指定的資源報告。',
  },
  SEARCH: {
    en: 'Has the server do the search that the content describes.',
    'zh-TW': '由伺服器執行內容所描述的搜尋。',
  },
  TRACE: {
    en: 'Sends the request back as it arrived, to find out what proxies made of it.',
    'zh-TW': '原樣送回收到的請求，用來了解代理伺服器改了什麼。',
  },
  UNBIND: {
    en: 'Takes one name of a resource out of a collection.',
    'zh-TW': '從集合中移除資源的一個名稱。',
  },
  UNCHECKOUT: {
    en: 'Drops the changes since CHECKOUT.',
    'zh-TW': '捨棄 CHECKOUT 之後的變更。',
  },
  UNLINK: {
    en: 'Takes links of the resource away again.',
    'zh-TW': '移除資源的連結。',
  },
  UNLOCK: {
    en: 'Ends the lock that `Lock-Token` names.',
    'zh-TW': '解除 `Lock-Token` 所指的鎖定。',
  },
  UPDATE: {
    en: 'Makes the resource what another of its versions was.',
    'zh-TW': '把資源換成它的另一個版本。',
  },
  UPDATEREDIRECTREF: {
    en: 'Changes where a redirecting resource leads, or for how long.',
    'zh-TW': '修改重新導向資源的目的地或有效期間。',
  },
  'VERSION-CONTROL': {
    en: 'Puts the resource under version control.',
    'zh-TW': '讓資源納入版本控管。',
  },
}
