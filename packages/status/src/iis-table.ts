/**
 * The sub-status codes of IIS 7.0 to 10, in our own words, by `code.sub-status`.
 *
 * Each meaning names the module that logs it. Of 502.2 to 502.4 there are two, since Application
 * Request Routing took them over with version 3.0.1916. `nearest` is the registered code that says
 * most nearly the same on the wire; it is our judgement, not Microsoft's.
 *
 * @see https://learn.microsoft.com/troubleshoot/developer/webapps/iis/www-administration-management/http-status-code
 */
export const iisTable = {
  '400.1': {
    nearest: 400,
    meanings: [
      {
        module: 'webdav',
        en: 'The WebDAV field `Destination` is malformed.',
        'zh-TW': 'WebDAV 的 `Destination` 欄位格式錯誤。',
      },
    ],
  },
  '400.2': {
    nearest: 400,
    meanings: [
      {
        module: 'webdav',
        en: 'The WebDAV field `Depth` is malformed.',
        'zh-TW': 'WebDAV 的 `Depth` 欄位格式錯誤。',
      },
    ],
  },
  '400.3': {
    nearest: 400,
    meanings: [
      {
        module: 'webdav',
        en: 'The WebDAV field `If` is malformed.',
        'zh-TW': 'WebDAV 的 `If` 欄位格式錯誤。',
      },
    ],
  },
  '400.4': {
    nearest: 400,
    meanings: [
      {
        module: 'webdav',
        en: 'The WebDAV field `Overwrite` is malformed.',
        'zh-TW': 'WebDAV 的 `Overwrite` 欄位格式錯誤。',
      },
    ],
  },
  '400.5': {
    nearest: 400,
    meanings: [
      {
        module: 'webdav',
        en: 'The field `Translate` is malformed.',
        'zh-TW': '`Translate` 欄位格式錯誤。',
      },
    ],
  },
  '400.6': {
    nearest: 400,
    meanings: [
      {
        module: 'iis',
        en: 'The content of the request cannot be taken in the form it was sent.',
        'zh-TW': '請求的內容無法以送來的形式接受。',
      },
    ],
  },
  '400.7': {
    nearest: 400,
    meanings: [
      {
        module: 'iis',
        en: 'The value of `Content-Length` cannot be used.',
        'zh-TW': '`Content-Length` 的值無法使用。',
      },
    ],
  },
  '400.8': {
    nearest: 400,
    meanings: [
      {
        module: 'webdav',
        en: 'The WebDAV field `Timeout` is malformed.',
        'zh-TW': 'WebDAV 的 `Timeout` 欄位格式錯誤。',
      },
    ],
  },
  '400.9': {
    nearest: 400,
    meanings: [{ module: 'webdav', en: 'The lock token is not valid.', 'zh-TW': '鎖定權杖無效。' }],
  },
  '400.10': {
    nearest: 400,
    meanings: [
      {
        module: 'iis',
        en: 'The value of `X-Forwarded-For` is malformed (IIS 8.0 and later).',
        'zh-TW': '`X-Forwarded-For` 的值格式錯誤（IIS 8.0 以上）。',
      },
    ],
  },
  '400.11': {
    nearest: 400,
    meanings: [
      {
        module: 'websocket',
        en: 'The WebSocket handshake is malformed (IIS 8.0 and later).',
        'zh-TW': 'WebSocket 交握的請求格式錯誤（IIS 8.0 以上）。',
      },
    ],
  },
  '400.601': {
    nearest: 400,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: "The proxy module took the client's request for a bad one.",
        'zh-TW': '代理模組認為用戶端的請求有誤。',
      },
    ],
  },
  '400.602': {
    nearest: 400,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'A time in the request could not be parsed.',
        'zh-TW': '無法剖析請求中的時間。',
      },
    ],
  },
  '400.603': {
    nearest: 400,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'A range in the request could not be parsed.',
        'zh-TW': '無法剖析請求中的範圍。',
      },
    ],
  },
  '400.604': {
    nearest: 400,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'The client went away before it had the answer.',
        'zh-TW': '用戶端在收到回應之前就已離開。',
      },
    ],
  },
  '400.605': {
    nearest: 400,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'The request was forwarded as often as `Max-Forwards` allows.',
        'zh-TW': '請求的轉送次數已達 `Max-Forwards` 的上限。',
      },
    ],
  },
  '400.606': {
    nearest: 500,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'Two asynchronous operations finished in an order that was not foreseen.',
        'zh-TW': '兩項非同步作業以未預期的先後順序完成。',
      },
    ],
  },
  '401.1': {
    nearest: 401,
    meanings: [{ module: 'iis', en: 'The sign-in failed.', 'zh-TW': '登入失敗。' }],
    cause: {
      en: 'The user name or the password is wrong, or the server opens its own site by host name and the loopback check refuses that.',
      'zh-TW': '使用者名稱或密碼錯誤；或是在伺服器本機以主機名稱開啟自己的網站，被回送檢查擋下。',
    },
    fix: {
      en: 'Try the account elsewhere. For a site opened on the server itself, add the host name to `BackConnectionHostNames`.',
      'zh-TW':
        '先在別處測試該帳戶。若是在伺服器本機開啟網站，請把主機名稱加入 `BackConnectionHostNames`。',
    },
  },
  '401.2': {
    nearest: 401,
    meanings: [
      {
        module: 'iis',
        en: 'The way this server is set up, there is no way to sign in.',
        'zh-TW': '依伺服器目前的設定，無法登入。',
      },
    ],
    cause: {
      en: 'No authentication method is enabled, or none that the client offers.',
      'zh-TW': '沒有啟用任何驗證方法，或用戶端都不支援。',
    },
    fix: {
      en: "Enable a method the client knows in the site's Authentication page.",
      'zh-TW': '在網站的「驗證」頁面啟用用戶端支援的方法。',
    },
  },
  '401.3': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The file system (NTFS) does not let this user at the file.',
        'zh-TW': '檔案系統（NTFS）不允許這位使用者存取檔案。',
      },
    ],
    cause: {
      en: 'The access list of the file or folder lacks the user, `IUSR` or the identity of the application pool.',
      'zh-TW': '檔案或資料夾的存取控制清單缺少該使用者、`IUSR` 或應用程式集區的身分。',
    },
    fix: {
      en: 'Grant read access to that identity, such as `IIS AppPool\\DefaultAppPool`.',
      'zh-TW': '授與該身分讀取權限，例如 `IIS AppPool\\DefaultAppPool`。',
    },
  },
  '401.4': {
    nearest: 401,
    meanings: [
      {
        module: 'iis',
        en: 'An ISAPI filter refused the user.',
        'zh-TW': 'ISAPI 篩選器拒絕了使用者。',
      },
    ],
  },
  '401.5': {
    nearest: 401,
    meanings: [
      {
        module: 'iis',
        en: 'An ISAPI extension or a CGI program refused the user.',
        'zh-TW': 'ISAPI 擴充程式或 CGI 程式拒絕了使用者。',
      },
    ],
  },
  '401.501': {
    nearest: 429,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'Too many requests from this address at the same time (refused with 401).',
        'zh-TW': '這個位址同時送出太多請求（以 401 拒絕）。',
      },
    ],
  },
  '401.502': {
    nearest: 429,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'Too many requests from this address in a given time (refused with 401).',
        'zh-TW': '這個位址在一段時間內送出太多請求（以 401 拒絕）。',
      },
    ],
  },
  '401.503': {
    nearest: 403,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'The address of the client is on the deny list (refused with 401).',
        'zh-TW': '用戶端的位址在拒絕清單上（以 401 拒絕）。',
      },
    ],
  },
  '401.504': {
    nearest: 403,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'The host name of the client is on the deny list (refused with 401).',
        'zh-TW': '用戶端的主機名稱在拒絕清單上（以 401 拒絕）。',
      },
    ],
  },
  '403.1': {
    nearest: 403,
    meanings: [
      { module: 'iis', en: 'The right to execute is missing.', 'zh-TW': '缺少執行權限。' },
    ],
  },
  '403.2': {
    nearest: 403,
    meanings: [{ module: 'iis', en: 'The right to read is missing.', 'zh-TW': '缺少讀取權限。' }],
  },
  '403.3': {
    nearest: 403,
    meanings: [{ module: 'iis', en: 'The right to write is missing.', 'zh-TW': '缺少寫入權限。' }],
  },
  '403.4': {
    nearest: 426,
    meanings: [
      {
        module: 'iis',
        en: 'The site insists on TLS, and the request came without.',
        'zh-TW': '網站要求使用 TLS，但請求沒有加密。',
      },
    ],
    cause: {
      en: '"Require SSL" is ticked for the site (`sslFlags="Ssl"`) and the URL began with http.',
      'zh-TW': '網站勾選了「需要 SSL」（`sslFlags="Ssl"`），而網址以 http 開頭。',
    },
    fix: {
      en: 'Use https, or redirect to it with 308 by a URL Rewrite rule on a site that does not require TLS.',
      'zh-TW': '改用 https；或在不要求 TLS 的網站上，以 URL Rewrite 規則用 308 重新導向到 https。',
    },
  },
  '403.5': {
    nearest: 426,
    meanings: [
      {
        module: 'iis',
        en: 'The site insists on TLS with 128 bits.',
        'zh-TW': '網站要求使用 128 位元的 TLS。',
      },
    ],
  },
  '403.6': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The address of the client is rejected.',
        'zh-TW': '用戶端的位址遭到拒絕。',
      },
    ],
  },
  '403.7': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'A client certificate is required and none was presented.',
        'zh-TW': '需要用戶端憑證，但沒有提供。',
      },
    ],
  },
  '403.8': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The DNS name of the client is rejected.',
        'zh-TW': '用戶端的 DNS 名稱遭到拒絕。',
      },
    ],
  },
  '403.9': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'More clients are connected than the site allows.',
        'zh-TW': '連線的用戶端數量超過網站允許的上限。',
      },
    ],
  },
  '403.10': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The server is set up not to execute anything here.',
        'zh-TW': '伺服器設定為不允許在此執行程式。',
      },
    ],
  },
  '403.11': {
    nearest: 401,
    meanings: [{ module: 'iis', en: 'The password has been changed.', 'zh-TW': '密碼已變更。' }],
  },
  '403.12': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The certificate is mapped to an account that has no access.',
        'zh-TW': '憑證所對應的帳戶沒有存取權限。',
      },
    ],
  },
  '403.13': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The client certificate has been revoked.',
        'zh-TW': '用戶端憑證已被撤銷。',
      },
    ],
  },
  '403.14': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The URL is a folder without a default document, and folders are not listed.',
        'zh-TW': '網址是沒有預設文件的資料夾，而且不允許列出目錄內容。',
      },
    ],
    cause: {
      en: '`index.html` or its like is missing, or the application that should answer is not installed or not routed to.',
      'zh-TW': '缺少 `index.html` 之類的檔案，或應該回應的應用程式沒有安裝，或請求沒有交給它。',
    },
    fix: {
      en: "Add a default document or enable the application's handler. Enable directory browsing only if the listing is meant to be public.",
      'zh-TW': '加入預設文件，或啟用應用程式的處理常式。只有在目錄內容可以公開時才啟用瀏覽目錄。',
    },
  },
  '403.15': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'All client access licences are taken.',
        'zh-TW': '用戶端存取授權已全部用完。',
      },
    ],
  },
  '403.16': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The client certificate is not trusted or not valid.',
        'zh-TW': '用戶端憑證不受信任或無效。',
      },
    ],
  },
  '403.17': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The client certificate has expired or is not valid yet.',
        'zh-TW': '用戶端憑證已過期，或尚未生效。',
      },
    ],
  },
  '403.18': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The URL may not be run in this application pool, as with an error page that lives in another one.',
        'zh-TW': '這個網址不能在此應用程式集區執行，例如錯誤頁面屬於另一個集區。',
      },
    ],
  },
  '403.19': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'CGI may not run for this user in this application pool, for want of a token right.',
        'zh-TW': '這位使用者在此應用程式集區缺少權杖權限，不能執行 CGI。',
      },
    ],
  },
  '403.20': {
    nearest: 401,
    meanings: [
      { module: 'iis', en: 'The sign-in with Passport failed.', 'zh-TW': 'Passport 登入失敗。' },
    ],
  },
  '403.21': {
    nearest: 403,
    meanings: [
      {
        module: 'webdav',
        en: 'Access to the source of the file (`Translate: f`) is denied.',
        'zh-TW': '不允許存取檔案的原始碼（`Translate: f`）。',
      },
    ],
  },
  '403.22': {
    nearest: 403,
    meanings: [
      {
        module: 'webdav',
        en: 'WebDAV requests of infinite depth are not allowed.',
        'zh-TW': '不允許深度為無限的 WebDAV 請求。',
      },
    ],
  },
  '403.501': {
    nearest: 429,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'Too many requests from this address at the same time (refused with 403).',
        'zh-TW': '這個位址同時送出太多請求（以 403 拒絕）。',
      },
    ],
  },
  '403.502': {
    nearest: 429,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'Too many requests from this address in a given time (refused with 403).',
        'zh-TW': '這個位址在一段時間內送出太多請求（以 403 拒絕）。',
      },
    ],
  },
  '403.503': {
    nearest: 403,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'The address of the client is on the deny list (refused with 403).',
        'zh-TW': '用戶端的位址在拒絕清單上（以 403 拒絕）。',
      },
    ],
  },
  '403.504': {
    nearest: 403,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'The host name of the client is on the deny list (refused with 403).',
        'zh-TW': '用戶端的主機名稱在拒絕清單上（以 403 拒絕）。',
      },
    ],
  },
  '404.0': {
    nearest: 404,
    meanings: [
      { module: 'iis', en: 'There is nothing at this path.', 'zh-TW': '這個路徑沒有任何東西。' },
    ],
  },
  '404.1': {
    nearest: 421,
    meanings: [
      {
        module: 'iis',
        en: 'No site is bound to this host name and port.',
        'zh-TW': '沒有網站繫結到這個主機名稱與連接埠。',
      },
    ],
  },
  '404.2': {
    nearest: 403,
    meanings: [
      {
        module: 'iis',
        en: 'The list of ISAPI and CGI restrictions does not allow the program.',
        'zh-TW': 'ISAPI 及 CGI 限制清單不允許這個程式。',
      },
    ],
    cause: {
      en: 'The ISAPI extension or CGI program is not listed, or listed as not allowed.',
      'zh-TW': '清單沒有列出該 ISAPI 擴充程式或 CGI 程式，或設為不允許。',
    },
    fix: {
      en: 'Allow it under "ISAPI and CGI Restrictions" on the server.',
      'zh-TW': '在伺服器的「ISAPI 及 CGI 限制」中允許它。',
    },
  },
  '404.3': {
    nearest: 404,
    meanings: [
      {
        module: 'iis',
        en: "The file's extension has no MIME type.",
        'zh-TW': '檔案的副檔名沒有對應的 MIME 類型。',
      },
    ],
    cause: {
      en: 'IIS serves static files only if it knows their type, and this one it does not know.',
      'zh-TW': 'IIS 只提供已知類型的靜態檔案，而這個副檔名沒有登錄。',
    },
    fix: {
      en: 'Add a `mimeMap` for the extension in `<staticContent>`.',
      'zh-TW': '在 `<staticContent>` 為該副檔名加入 `mimeMap`。',
    },
  },
  '404.4': {
    nearest: 404,
    meanings: [
      { module: 'iis', en: 'The extension has no handler.', 'zh-TW': '副檔名沒有對應的處理常式。' },
    ],
    cause: {
      en: 'The feature that handles the extension, such as ASP.NET, is not installed, or its mapping was removed.',
      'zh-TW': '處理該副檔名的功能（例如 ASP.NET）沒有安裝，或對應已被移除。',
    },
    fix: {
      en: 'Install the feature or add the mapping in `<handlers>`.',
      'zh-TW': '安裝該功能，或在 `<handlers>` 加入對應。',
    },
  },
  '404.5': {
    nearest: 400,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The URL contains a sequence of characters that is denied.',
        'zh-TW': '網址含有被拒絕的字元序列。',
      },
    ],
  },
  '404.6': {
    nearest: 405,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The method is not allowed by request filtering.',
        'zh-TW': '要求篩選不允許這個方法。',
      },
    ],
    cause: {
      en: '`<verbs>` denies the method, or lists others only.',
      'zh-TW': '`<verbs>` 拒絕了這個方法，或只列出其他方法。',
    },
    fix: {
      en: 'Add the method with `allowed="true"`, or better answer 405 with `Allow` in the application.',
      'zh-TW': '以 `allowed="true"` 加入該方法；更好的做法是由應用程式回應 405 並附上 `Allow`。',
    },
  },
  '404.7': {
    nearest: 403,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The file extension is not allowed by request filtering.',
        'zh-TW': '要求篩選不允許這個副檔名。',
      },
    ],
    cause: {
      en: 'The extension is on the deny list of `<fileExtensions>`, as `.config` and `.cs` are by default.',
      'zh-TW': '副檔名在 `<fileExtensions>` 的拒絕清單上，例如預設就拒絕的 `.config` 與 `.cs`。',
    },
    fix: {
      en: 'Serve the file under another extension; take it off the list only if the file may be read by all.',
      'zh-TW': '改用其他副檔名提供檔案；只有在檔案可以公開時才從清單移除。',
    },
  },
  '404.8': {
    nearest: 403,
    meanings: [
      {
        module: 'request-filtering',
        en: 'A segment of the path is hidden by request filtering.',
        'zh-TW': '路徑中有一段被要求篩選隱藏。',
      },
    ],
    cause: {
      en: 'The path contains a name from `<hiddenSegments>`, such as `bin`, `App_Data` or `web.config`.',
      'zh-TW': '路徑含有 `<hiddenSegments>` 所列的名稱，例如 `bin`、`App_Data` 或 `web.config`。',
    },
    fix: {
      en: 'Rename the folder or the route. Remove the segment for that path only if nothing in it is secret.',
      'zh-TW': '將資料夾或路由改名。只有在裡面沒有機密時，才針對該路徑移除這個區段。',
    },
  },
  '404.9': {
    nearest: 404,
    meanings: [
      {
        module: 'iis',
        en: 'The file has the attribute "hidden".',
        'zh-TW': '檔案具有「隱藏」屬性。',
      },
    ],
  },
  '404.10': {
    nearest: 431,
    meanings: [
      {
        module: 'request-filtering',
        en: 'A header field is longer than its limit.',
        'zh-TW': '某個標頭欄位超過長度上限。',
      },
    ],
  },
  '404.11': {
    nearest: 400,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The URL is escaped twice.',
        'zh-TW': '網址經過雙重逸出。',
      },
    ],
    cause: {
      en: 'After decoding once, the path still changes when decoded again. A `+` or a `%25` in the path is enough for that.',
      'zh-TW': '路徑解碼一次之後，再解碼仍會改變。路徑中只要有 `+` 或 `%25` 就會發生。',
    },
    fix: {
      en: 'Encode once, and a space as `%20`. Set `allowDoubleEscaping="true"` only if the application decodes safely.',
      'zh-TW':
        '只編碼一次，空格請用 `%20`。只有在應用程式能安全解碼時才設定 `allowDoubleEscaping="true"`。',
    },
  },
  '404.12': {
    nearest: 400,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The URL contains characters outside ASCII.',
        'zh-TW': '網址含有 ASCII 以外的字元。',
      },
    ],
    cause: {
      en: '`allowHighBitCharacters` is `false`.',
      'zh-TW': '`allowHighBitCharacters` 設為 `false`。',
    },
    fix: {
      en: 'Set it to `true` (the default) where paths hold names in other scripts, such as Chinese.',
      'zh-TW': '若路徑含有中文等其他文字的名稱，請設回預設值 `true`。',
    },
  },
  '404.13': {
    nearest: 413,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The content is larger than `maxAllowedContentLength`.',
        'zh-TW': '內容超過 `maxAllowedContentLength`。',
      },
    ],
    cause: {
      en: 'The upload is larger than the limit, which is 30,000,000 bytes unless changed.',
      'zh-TW': '上傳的內容超過上限；未變更時為 30,000,000 位元組。',
    },
    fix: {
      en: 'Raise `maxAllowedContentLength` in `<requestLimits>` (bytes) and the limit of the application along with it.',
      'zh-TW':
        '調高 `<requestLimits>` 的 `maxAllowedContentLength`（單位為位元組），並一併調高應用程式的上限。',
    },
  },
  '404.14': {
    nearest: 414,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The URL is longer than `maxUrl`.',
        'zh-TW': '網址超過 `maxUrl`。',
      },
    ],
    cause: {
      en: 'The path is longer than the limit, which is 4096 bytes unless changed.',
      'zh-TW': '路徑超過上限；未變更時為 4096 位元組。',
    },
    fix: {
      en: 'Shorten the URL or raise `maxUrl` in `<requestLimits>`.',
      'zh-TW': '縮短網址，或調高 `<requestLimits>` 的 `maxUrl`。',
    },
  },
  '404.15': {
    nearest: 414,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The query string is longer than `maxQueryString`.',
        'zh-TW': '查詢字串超過 `maxQueryString`。',
      },
    ],
    cause: {
      en: 'The query is longer than the limit, which is 2048 bytes unless changed; long return addresses of sign-in pages are typical.',
      'zh-TW': '查詢字串超過上限；未變更時為 2048 位元組，常見於登入頁面的長串返回網址。',
    },
    fix: {
      en: 'Send the data with POST or QUERY, or raise `maxQueryString` in `<requestLimits>`.',
      'zh-TW': '改以 POST 或 QUERY 傳送資料，或調高 `<requestLimits>` 的 `maxQueryString`。',
    },
  },
  '404.16': {
    nearest: 405,
    meanings: [
      {
        module: 'webdav',
        en: 'A WebDAV request ended up with the static file handler.',
        'zh-TW': 'WebDAV 請求落到靜態檔案處理常式。',
      },
    ],
  },
  '404.17': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: 'Dynamic content ended up with the static file handler.',
        'zh-TW': '動態內容落到靜態檔案處理常式。',
      },
    ],
    cause: {
      en: 'The feature that runs the file is not installed, so only the static file handler was left.',
      'zh-TW': '執行該檔案的功能沒有安裝，只剩下靜態檔案處理常式。',
    },
    fix: {
      en: 'Install the feature, such as ASP.NET, or restore its mapping in `<handlers>`.',
      'zh-TW': '安裝該功能（例如 ASP.NET），或還原它在 `<handlers>` 的對應。',
    },
  },
  '404.18': {
    nearest: 400,
    meanings: [
      {
        module: 'request-filtering',
        en: 'The query string contains a sequence that is denied.',
        'zh-TW': '查詢字串含有被拒絕的字元序列。',
      },
    ],
  },
  '404.19': {
    nearest: 403,
    meanings: [
      {
        module: 'request-filtering',
        en: 'A rule of request filtering denies the request.',
        'zh-TW': '要求篩選的規則拒絕了這個請求。',
      },
    ],
  },
  '404.20': {
    nearest: 414,
    meanings: [
      { module: 'iis', en: 'The URL has too many segments.', 'zh-TW': '網址的區段過多。' },
    ],
  },
  '404.501': {
    nearest: 429,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'Too many requests from this address at the same time (refused with 404).',
        'zh-TW': '這個位址同時送出太多請求（以 404 拒絕）。',
      },
    ],
  },
  '404.502': {
    nearest: 429,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'Too many requests from this address in a given time (refused with 404).',
        'zh-TW': '這個位址在一段時間內送出太多請求（以 404 拒絕）。',
      },
    ],
  },
  '404.503': {
    nearest: 403,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'The address of the client is on the deny list (refused with 404).',
        'zh-TW': '用戶端的位址在拒絕清單上（以 404 拒絕）。',
      },
    ],
  },
  '404.504': {
    nearest: 403,
    meanings: [
      {
        module: 'ip-restrictions',
        en: 'The host name of the client is on the deny list (refused with 404).',
        'zh-TW': '用戶端的主機名稱在拒絕清單上（以 404 拒絕）。',
      },
    ],
  },
  '405.0': {
    nearest: 405,
    meanings: [
      {
        module: 'iis',
        en: 'The resource does not support the method.',
        'zh-TW': '資源不支援這個方法。',
      },
    ],
  },
  '406.0': {
    nearest: 406,
    meanings: [
      {
        module: 'iis',
        en: '`Accept` contains a MIME type that is not valid.',
        'zh-TW': '`Accept` 含有無效的 MIME 類型。',
      },
    ],
  },
  '412.0': {
    nearest: 412,
    meanings: [
      {
        module: 'iis',
        en: 'The value of `If-Match` is not valid.',
        'zh-TW': '`If-Match` 的值無效。',
      },
    ],
  },
  '413.0': {
    nearest: 413,
    meanings: [
      {
        module: 'iis',
        en: 'The content of the request is too large.',
        'zh-TW': '請求的內容過大。',
      },
    ],
  },
  '500.0': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: 'A module or an ISAPI extension failed.',
        'zh-TW': '模組或 ISAPI 擴充程式發生錯誤。',
      },
    ],
  },
  '500.11': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'The application pool is shutting down.',
        'zh-TW': '應用程式集區正在關閉。',
      },
    ],
  },
  '500.12': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'The application pool is restarting.',
        'zh-TW': '應用程式集區正在重新啟動。',
      },
    ],
  },
  '500.13': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'The server is too busy to take the request.',
        'zh-TW': '伺服器過於忙碌，無法接受請求。',
      },
    ],
  },
  '500.15': {
    nearest: 404,
    meanings: [
      {
        module: 'iis',
        en: '`Global.asax` or `Global.asa` was requested directly.',
        'zh-TW': '直接請求 `Global.asax` 或 `Global.asa`。',
      },
    ],
  },
  '500.19': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: 'The configuration (`applicationHost.config` or `web.config`) is not valid.',
        'zh-TW': '設定檔（`applicationHost.config` 或 `web.config`）無效。',
      },
    ],
    cause: {
      en: 'The XML is broken, a section is locked higher up, the file cannot be read, or a module it names (often URL Rewrite or ASP.NET Core) is not installed.',
      'zh-TW':
        'XML 有誤、區段在上層被鎖定、檔案無法讀取，或檔案用到的模組（常見的是 URL Rewrite 或 ASP.NET Core）沒有安裝。',
    },
    fix: {
      en: 'Read the error code and the line on the detailed page: 0x8007000d stands for XML or a missing module, 0x80070005 for permissions, 0x80070021 for a locked section.',
      'zh-TW':
        '查看詳細錯誤頁面的錯誤碼與行號：0x8007000d 表示 XML 有誤或缺少模組，0x80070005 表示權限不足，0x80070021 表示區段被鎖定。',
    },
  },
  '500.21': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: 'A handler names a module that is not there.',
        'zh-TW': '處理常式使用了不存在的模組。',
      },
    ],
    cause: {
      en: 'The module in `<handlers>` is not installed, such as ASP.NET or the ASP.NET Core Module.',
      'zh-TW': '`<handlers>` 所用的模組沒有安裝，例如 ASP.NET 或 ASP.NET Core 模組。',
    },
    fix: {
      en: 'Install the feature or the hosting bundle, then restart IIS.',
      'zh-TW': '安裝該功能或裝載套件組合，然後重新啟動 IIS。',
    },
  },
  '500.22': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: '`<httpModules>` has no effect in the integrated pipeline.',
        'zh-TW': '`<httpModules>` 在整合式管線中無效。',
      },
    ],
    cause: {
      en: 'The application was written for the classic pipeline.',
      'zh-TW': '應用程式是為傳統管線撰寫的。',
    },
    fix: {
      en: 'Move the entries to `<system.webServer><modules>`, or run the application in a classic pool.',
      'zh-TW': '把項目移到 `<system.webServer><modules>`，或改用傳統模式的應用程式集區。',
    },
  },
  '500.23': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: '`<httpHandlers>` has no effect in the integrated pipeline.',
        'zh-TW': '`<httpHandlers>` 在整合式管線中無效。',
      },
    ],
  },
  '500.24': {
    nearest: 500,
    meanings: [
      {
        module: 'iis',
        en: 'Impersonation has no effect in the integrated pipeline.',
        'zh-TW': '模擬設定在整合式管線中無效。',
      },
    ],
  },
  '500.50': {
    nearest: 500,
    meanings: [
      {
        module: 'url-rewrite',
        en: 'URL Rewrite failed at RQ_BEGIN_REQUEST, over its configuration or an inbound rule.',
        'zh-TW': 'URL Rewrite 在 RQ_BEGIN_REQUEST 階段失敗，原因是設定或輸入規則。',
      },
    ],
  },
  '500.51': {
    nearest: 500,
    meanings: [
      {
        module: 'url-rewrite',
        en: 'URL Rewrite failed at GL_PRE_BEGIN_REQUEST, over the global configuration or a global rule.',
        'zh-TW': 'URL Rewrite 在 GL_PRE_BEGIN_REQUEST 階段失敗，原因是全域設定或全域規則。',
      },
    ],
  },
  '500.52': {
    nearest: 500,
    meanings: [
      {
        module: 'url-rewrite',
        en: 'URL Rewrite failed at RQ_SEND_RESPONSE, over an outbound rule.',
        'zh-TW': 'URL Rewrite 在 RQ_SEND_RESPONSE 階段失敗，原因是輸出規則。',
      },
    ],
    cause: {
      en: 'The content is compressed, as it is when the application behind the proxy sends gzip, and an outbound rule cannot rewrite that.',
      'zh-TW': '內容已壓縮（例如代理後端的應用程式送出 gzip），輸出規則無法改寫。',
    },
    fix: {
      en: 'Keep `Accept-Encoding` from being forwarded for those requests, or give the rule a precondition on the type of content.',
      'zh-TW': '對這些請求不要轉送 `Accept-Encoding`，或為規則加上內容類型的先決條件。',
    },
  },
  '500.53': {
    nearest: 500,
    meanings: [
      {
        module: 'url-rewrite',
        en: 'URL Rewrite failed at RQ_RELEASE_REQUEST_STATE, over an outbound rule ahead of the output cache.',
        'zh-TW':
          'URL Rewrite 在 RQ_RELEASE_REQUEST_STATE 階段失敗，原因是更新輸出快取之前的輸出規則。',
      },
    ],
  },
  '500.100': {
    nearest: 500,
    meanings: [
      {
        module: 'asp',
        en: 'A classic ASP page raised an error.',
        'zh-TW': '傳統 ASP 頁面發生錯誤。',
      },
    ],
  },
  '502.1': {
    nearest: 504,
    meanings: [
      { module: 'cgi', en: 'The CGI program took too long.', 'zh-TW': 'CGI 程式執行過久。' },
    ],
  },
  '502.2': {
    nearest: 502,
    meanings: [
      {
        module: 'cgi',
        en: 'The CGI program ended before its answer was complete.',
        'zh-TW': 'CGI 程式在回應完成之前就結束。',
      },
      {
        module: 'arr-3.0.1916',
        en: 'The request could not be mapped to a server.',
        'zh-TW': '無法將請求對應到伺服器。',
      },
    ],
  },
  '502.3': {
    nearest: 502,
    meanings: [
      {
        module: 'arr',
        en: 'The request could not be passed on to the server behind.',
        'zh-TW': '無法將請求轉送到後端伺服器。',
      },
      {
        module: 'arr-3.0.1916',
        en: 'The asynchronous call of WinHTTP to the server behind failed.',
        'zh-TW': '以 WinHTTP 非同步呼叫後端伺服器失敗。',
      },
    ],
    cause: {
      en: "The application behind the proxy is not running, closes the connection, or is slower than the proxy's time-out.",
      'zh-TW': '代理後端的應用程式沒有執行、關閉了連線，或慢於代理的逾時設定。',
    },
    fix: {
      en: 'Call the application directly on its own port. If it is just slow, raise the time-out of the proxy.',
      'zh-TW': '直接在應用程式自己的連接埠上呼叫它。若只是太慢，請調高代理的逾時設定。',
    },
  },
  '502.4': {
    nearest: 503,
    meanings: [
      {
        module: 'arr',
        en: 'No server was available to pass the request on to.',
        'zh-TW': '沒有可供轉送請求的伺服器。',
      },
      {
        module: 'arr-3.0.1916',
        en: 'The farm has no server left that could take the request.',
        'zh-TW': '伺服器陣列中沒有可接受請求的伺服器。',
      },
    ],
  },
  '502.5': {
    nearest: 502,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'The WebSocket to the server behind failed.',
        'zh-TW': '與後端伺服器之間的 WebSocket 失敗。',
      },
    ],
  },
  '502.6': {
    nearest: 502,
    meanings: [
      { module: 'arr-3.0.1916', en: 'The forwarded request failed.', 'zh-TW': '轉送的請求失敗。' },
    ],
  },
  '502.7': {
    nearest: 502,
    meanings: [
      {
        module: 'arr-3.0.1916',
        en: 'The forwarded request could not be executed.',
        'zh-TW': '無法執行轉送的請求。',
      },
    ],
  },
  '503.0': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'The application pool is stopped or disabled.',
        'zh-TW': '應用程式集區已停止或停用。',
      },
    ],
    cause: {
      en: 'It was stopped by hand, its identity has a wrong password, or it crashed so often that IIS gave up (rapid-fail protection).',
      'zh-TW': '集區被手動停止、其身分的密碼錯誤，或當機次數過多而被 IIS 停用（快速失敗保護）。',
    },
    fix: {
      en: 'Look for the reason in the System and Application event logs, mend it, then start the pool.',
      'zh-TW': '在系統與應用程式事件記錄檔找出原因並修正，再啟動集區。',
    },
  },
  '503.2': {
    nearest: 503,
    meanings: [
      {
        module: 'iis',
        en: 'More requests are running than `appConcurrentRequestLimit` allows.',
        'zh-TW': '同時執行的請求超過 `appConcurrentRequestLimit`。',
      },
    ],
  },
  '503.3': {
    nearest: 503,
    meanings: [{ module: 'asp', en: 'The queue of ASP is full.', 'zh-TW': 'ASP 的佇列已滿。' }],
  },
  '503.4': {
    nearest: 503,
    meanings: [
      { module: 'fastcgi', en: 'The queue of FastCGI is full.', 'zh-TW': 'FastCGI 的佇列已滿。' },
    ],
  },
} as const
