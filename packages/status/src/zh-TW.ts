import {
  describe,
  type ClassDescriptions,
  type StatusDescription,
  type StatusDescriptions,
} from './description.ts'

export type { ClassDescriptions, StatusDescription, StatusDescriptions } from './description.ts'

/**
 * Every registered code in Traditional Chinese as written in Taiwan (繁體中文): what it means and when a
 * server sends it.
 *
 * @example
 * texts[404].title // => '找不到'
 */
export const texts: StatusDescriptions = {
  100: {
    title: '繼續',
    description:
      '伺服器已收到標頭區段，希望用戶端繼續傳送內容。用戶端在上傳之前以 `Expect: 100-continue` 詢問時，伺服器會在正式回應之前先送出。',
  },
  101: {
    title: '切換通訊協定',
    description:
      '標頭區段結束後，連線隨即改用 `Upgrade` 所列的通訊協定。伺服器接受用戶端提出的升級（例如 WebSocket）時送出。',
  },
  102: {
    title: '處理中',
    description:
      '伺服器已開始處理請求，但尚未完成。過去 WebDAV 伺服器用它避免用戶端在漫長的操作中放棄等待；現行的 WebDAV 規格已不再定義。',
  },
  103: {
    title: '早期提示',
    description:
      '最終回應很可能會帶有這些欄位，用戶端可以提前準備。伺服器仍在產生頁面時送出，通常帶有預先載入資源用的 `Link` 欄位。',
  },
  104: {
    title: '支援續傳',
    description:
      '如果這次上傳中斷，可以從 `Location` 所指的 URI 接續。伺服器在內容仍在傳送時送出；這個狀態碼目前只是暫時註冊。',
  },
  200: {
    title: '成功',
    description:
      '一切順利，內容就是該方法所要的結果：GET 是資源本身，POST 則是處理結果。沒有更貼切的成功狀態碼時，伺服器就送出這一個。',
  },
  201: {
    title: '已建立',
    description:
      '這個請求產生了新的資源。通常在 POST 或 PUT 之後送出；新資源的 URI 若不是請求的 URI，便寫在 `Location`。',
  },
  202: {
    title: '已接受',
    description:
      '請求已收下，稍後才會處理，結果如何並不保證。佇列或批次作業會送出這個狀態碼，並指出在哪裡可以查詢進度。',
  },
  203: {
    title: '非權威資訊',
    description:
      '請求成功，但途中的代理伺服器改動了來源伺服器的內容。只有會轉換內容的代理伺服器才會以它取代 200。',
  },
  204: {
    title: '沒有內容',
    description:
      '操作已完成，沒有內容需要傳回。使用者儲存或刪除資料後應停留在原頁面時，伺服器會送出這個狀態碼。',
  },
  205: {
    title: '重設內容',
    description:
      '操作已完成，送出請求的表單應恢復成最初的樣子。適合連續輸入多筆資料的畫面；回應不含內容。',
  },
  206: {
    title: '部分內容',
    description:
      '內容只是表述的一個或數個片段，而不是全部。用來回應帶有 `Range` 的請求，例如接續下載，或在影片中跳到某個時間點。',
  },
  207: {
    title: '多重狀態',
    description:
      '內容分別列出多個資源各自的狀態。一個請求涉及多個資源、結果又不盡相同時，WebDAV 伺服器會送出這個狀態碼。',
  },
  208: {
    title: '已經列出',
    description:
      '這個集合的成員在同一份回應中已經列過。它只出現在 207 的內容裡，讓繫結到多處的資源不會重複列出。',
  },
  226: {
    title: '已套用執行個體操作',
    description:
      '內容不是資源本身，而是對它加工後的結果，例如與用戶端手上版本的差異。用來回應以 `A-IM` 表示願意接受的 GET 請求。',
  },
  300: {
    title: '多種選擇',
    description: '資源有多種形式，各有自己的 URI，由用戶端挑選。伺服器不想代為決定時送出。',
  },
  301: {
    title: '永久移動',
    description:
      '資源已永久移到 `Location` 所指的新 URI，連結應該更新。用戶端跟隨時可能把 POST 改成 GET；若不允許，請用 308。',
  },
  302: {
    title: '暫時移動',
    description:
      '資源目前位於 `Location` 所指的 URI，但以後仍應使用原本的 URI。用戶端跟隨時可能把 POST 改成 GET；若不允許，請用 307。',
  },
  303: {
    title: '參見其他位置',
    description:
      '結果要以 GET 從 `Location` 所指的另一個 URI 取得。通常用來回應送出的表單，讓重新整理頁面時不會再送一次。',
  },
  304: {
    title: '未修改',
    description:
      '用戶端手上的副本仍然有效。用來回應條件式的 GET 或 HEAD，只送出更新快取所需的欄位，不含內容。',
  },
  305: {
    title: '使用代理伺服器',
    description:
      '已棄用：原本要求用戶端改由指定的代理伺服器重送請求，並不安全。伺服器不應再送出，用戶端也會忽略它。',
  },
  306: {
    title: '切換代理伺服器（未使用）',
    description:
      '保留：曾有草案用它指定後續請求要用的代理伺服器，但從未成為標準。伺服器不會送出這個狀態碼。',
  },
  307: {
    title: '暫時重新導向',
    description:
      '資源目前位於 `Location` 所指的 URI，必須以相同的方法在那裡重送請求。POST 必須維持 POST 時，伺服器會選用它。',
  },
  308: {
    title: '永久重新導向',
    description:
      '資源已永久移到 `Location` 所指的 URI，並以相同的方法在那裡重送請求。API 換了位址時，伺服器適合選用它。',
  },
  400: {
    title: '錯誤的請求',
    description:
      '請求有問題，伺服器無法理解或不願處理。語法錯誤、訊息格式錯誤，以及沒有專屬狀態碼的用戶端錯誤都用它。',
  },
  401: {
    title: '未經驗證',
    description:
      '缺少身分憑證，或憑證未被接受；`WWW-Authenticate` 說明該如何提供。伺服器用它詢問對方是誰；已知身分仍然拒絕時則用 403。',
  },
  402: {
    title: '需要付款',
    description: '保留供未來使用，因此意義尚未確定。有些服務在帳戶餘額用完或訂閱到期時送出。',
  },
  403: {
    title: '禁止存取',
    description: '伺服器了解請求，但拒絕執行。權限不足，或以同樣的憑證重試也不會改變結果時送出。',
  },
  404: {
    title: '找不到',
    description:
      '這個 URI 沒有資源，或者伺服器不願承認它存在。它不表示情況是否永久；確定永久消失時應改用 410。',
  },
  405: {
    title: '不允許的方法',
    description:
      '資源存在，但不支援這個方法；`Allow` 列出支援的方法。例如對唯讀的資源送出 DELETE 時。',
  },
  406: {
    title: '無法接受',
    description:
      '資源沒有任何版本符合用戶端可接受的條件。`Accept`、`Accept-Language` 等欄位排除了所有版本，而伺服器又不提供預設版本時送出。',
  },
  407: {
    title: '需要代理伺服器驗證',
    description:
      '代理伺服器要求使用者先表明身分，`Proxy-Authenticate` 說明該如何提供。只有代理伺服器在放行請求之前會送出。',
  },
  408: {
    title: '請求逾時',
    description:
      '在伺服器願意等待的時間內，請求沒有完整送達。連線緩慢或閒置時送出，用戶端可以重試。',
  },
  409: {
    title: '衝突',
    description:
      '請求與資源目前的狀態相牴觸。例如依據舊版本送出 PUT 時；回應會附上足夠的資訊讓使用者排除衝突。',
  },
  410: {
    title: '已移除',
    description: '資源已被刻意移除，不會再回來。伺服器希望指向它的連結都被刪除時，用它取代 404。',
  },
  411: {
    title: '需要內容長度',
    description:
      '伺服器要先知道 `Content-Length` 才願意接收內容。請求未帶這個欄位（例如以區塊方式上傳）時送出。',
  },
  412: {
    title: '先決條件不成立',
    description:
      '請求欄位中的條件經檢查為否。當 `If-Match` 或 `If-Unmodified-Since` 顯示資源已被別人修改時送出。',
  },
  413: {
    title: '內容過大',
    description:
      '請求的內容超過伺服器願意接收的大小。上傳超出限制時送出；如果只是暫時如此，會附上 `Retry-After`。',
  },
  414: {
    title: 'URI 過長',
    description:
      'URI 的長度超過伺服器願意讀取的上限。常見於把應以 POST 傳送的資料放進查詢字串，或重新導向不斷加長 URI。',
  },
  415: {
    title: '不支援的媒體類型',
    description:
      '請求內容的格式不被這個資源的這個方法接受。問題可能出在 `Content-Type`、`Content-Encoding`，或資料本身。',
  },
  416: {
    title: '範圍無法滿足',
    description:
      '請求的範圍都不在表述之內，或範圍數量過多。例如從超過檔案結尾的位置接續下載時送出。',
  },
  417: {
    title: '期望無法滿足',
    description:
      '伺服器無法滿足 `Expect` 的要求。伺服器或途中的代理伺服器不認得、或不願履行該項期望時送出。',
  },
  418: {
    title: '我是茶壺（未使用）',
    description:
      '保留：出自一份關於咖啡壺的愚人節 RFC，因為太常被拿來開玩笑，已無法賦予其他意義。就算有伺服器送出，也只是為了好玩。',
  },
  421: {
    title: '請求送錯伺服器',
    description:
      '請求送到了不負責這個主機名稱的伺服器。用戶端把既有連線重複用於其他名稱時會發生，可以改用新的連線重試。',
  },
  422: {
    title: '無法處理的內容',
    description:
      '格式與語法都正確，但內容所述無法執行。內容不符合應用程式的規則時送出，例如表單驗證失敗。',
  },
  423: {
    title: '已鎖定',
    description:
      '資源本身，或請求會更動的資源已被鎖定。請求沒有附上該鎖定的權杖時，WebDAV 伺服器會送出。',
  },
  424: {
    title: '相依操作失敗',
    description:
      '因為所依賴的另一項操作失敗，這一步沒有執行。一組操作必須一起成功或一起失敗時，WebDAV 伺服器通常在 207 的內容裡用它回報其餘各項。',
  },
  425: {
    title: '太早',
    description:
      '伺服器不願處理可能遭到重送的請求。請求以 TLS 早期資料送達時使用；用戶端在交握完成後重送即可。',
  },
  426: {
    title: '需要升級',
    description:
      '伺服器不願以目前的通訊協定回應，但可以改用 `Upgrade` 所列的通訊協定。例如對 WebSocket 的網址送出一般請求時。',
  },
  428: {
    title: '需要先決條件',
    description:
      '請求必須是條件式的，例如帶有 `If-Match`。伺服器對沒有條件的 PUT 或 PATCH 送出，避免有人覆寫自己沒看過的修改。',
  },
  429: {
    title: '請求過多',
    description:
      '用戶端在一段時間內送出太多請求。由流量限制機制送出，通常以 `Retry-After` 說明要等多久。',
  },
  431: {
    title: '請求標頭欄位過大',
    description:
      '某個標頭欄位，或所有欄位的總和，超過伺服器願意讀取的大小。最常見的原因是 Cookie 愈積愈多。',
  },
  451: {
    title: '因法律因素無法提供',
    description:
      '法律或依法發出的命令禁止提供這項資源。由執行封鎖的一方送出，並應以關係為 `blocked-by` 的 `Link` 表明自己。',
  },
  500: {
    title: '伺服器內部錯誤',
    description: '伺服器發生了未預期的問題。程式沒有攔截到的錯誤會以它回應；請求本身可能沒有問題。',
  },
  501: {
    title: '尚未實作',
    description: '伺服器對任何資源都無法提供請求所需的功能。用來回應伺服器完全不認得的方法。',
  },
  502: {
    title: '閘道錯誤',
    description:
      '伺服器位於另一台伺服器之前，卻從那裡收到無效的回應。後端應用程式當掉或回應錯亂時，由閘道或代理伺服器送出。',
  },
  503: {
    title: '服務無法使用',
    description: '伺服器因過載或維護而暫時無法回應，預期稍後會恢復。`Retry-After` 可說明何時再試。',
  },
  504: {
    title: '閘道逾時',
    description:
      '伺服器位於另一台伺服器之前，而那台伺服器沒有及時回應。後端應用程式太慢時，由閘道或代理伺服器送出。',
  },
  505: {
    title: '不支援的 HTTP 版本',
    description: '伺服器不支援，或拒絕使用請求所用的 HTTP 主要版本。回應會說明可以使用哪些版本。',
  },
  506: {
    title: '變體也在協商',
    description:
      '伺服器選出的變體本身又設定成要再協商，選擇因此沒有盡頭。透明內容協商的設定有這種錯誤時送出。',
  },
  507: {
    title: '儲存空間不足',
    description:
      '沒有足夠的空間儲存請求所需的資料。磁碟或配額已滿時，WebDAV 伺服器會送出，直到空出空間為止。',
  },
  508: {
    title: '偵測到迴圈',
    description:
      '走訪集合時繞回原處，伺服器因此放棄。請求的深度為無限、而繫結又形成迴圈時，WebDAV 伺服器會送出。',
  },
  510: {
    title: '未延伸',
    description:
      '請求缺少伺服器所要求的延伸功能。它屬於一項已列為歷史文件的 HTTP 延伸實驗，如今不再送出。',
  },
  511: {
    title: '需要網路驗證',
    description:
      '必須先登入網路才能連線。由飯店或機場等途中的入口網站送出，並非來自請求所指的伺服器。',
  },
}

/** The classes in Traditional Chinese as written in Taiwan, for codes that are not registered. */
export const classTexts: ClassDescriptions = {
  informational: {
    title: '資訊',
    description:
      '暫時的回應：請求已收到，最終回應隨後才到。這個狀態碼未經註冊，用戶端會當作 100 處理。',
  },
  successful: {
    title: '成功類',
    description: '請求已收到、了解並接受。這個狀態碼未經註冊，用戶端會當作 200 處理。',
  },
  redirection: {
    title: '重新導向',
    description: '用戶端還要採取其他動作才能完成請求。這個狀態碼未經註冊，用戶端會當作 300 處理。',
  },
  'client-error': {
    title: '用戶端錯誤',
    description: '請求有誤，或無法完成。這個狀態碼未經註冊，用戶端會當作 400 處理。',
  },
  'server-error': {
    title: '伺服器錯誤',
    description: '請求看來有效，但伺服器未能完成。這個狀態碼未經註冊，用戶端會當作 500 處理。',
  },
  invalid: {
    title: '無效',
    description:
      'HTTP 狀態碼只到 599，伺服器不得送出這個數字；程式之間有時會私下使用。用戶端若收到，會當作伺服器錯誤處理。',
  },
}

/**
 * The description of a code in Taiwanese Mandarin, or that of its class if the code is not registered.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @example
 * describeStatus(404).title // => '找不到'
 * describeStatus(471).title // => '用戶端錯誤'
 */
export function describeStatus(code: number): StatusDescription {
  return describe(code, texts, classTexts)
}
