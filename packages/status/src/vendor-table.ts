/**
 * Status codes that are in use and in no registry, by the vendor who made them up.
 *
 * `nearest` is the registered code that says most nearly the same. It is our judgement.
 */
export const vendorTable = {
  nginx: {
    title: 'nginx',
    statuses: {
      444: {
        name: 'NoResponse',
        phrase: 'No Response',
        nearest: 400,
        en: 'nginx closed the connection without any answer, as `return 444` tells it to. The code is seen in logs only.',
        'zh-TW': 'nginx 依照 `return 444` 的設定，不回應就關閉連線。這個狀態碼只出現在記錄檔。',
      },
      494: {
        name: 'RequestHeaderTooLarge',
        phrase: 'Request Header Too Large',
        nearest: 431,
        en: "The header section does not fit into nginx's buffers. Unless `error_page` catches it, the client is sent 400.",
        'zh-TW': '標頭區段超出 nginx 的緩衝區。除非以 `error_page` 攔截，否則用戶端收到的是 400。',
      },
      495: {
        name: 'SSLCertificateError',
        phrase: 'SSL Certificate Error',
        nearest: 400,
        en: "The client's TLS certificate did not pass verification. Unless `error_page` catches it, the client is sent 400.",
        'zh-TW': '用戶端的 TLS 憑證未通過驗證。除非以 `error_page` 攔截，否則用戶端收到的是 400。',
      },
      496: {
        name: 'SSLCertificateRequired',
        phrase: 'SSL Certificate Required',
        nearest: 400,
        en: 'A TLS certificate is required and the client presented none. Unless `error_page` catches it, the client is sent 400.',
        'zh-TW':
          '需要 TLS 憑證，但用戶端沒有提供。除非以 `error_page` 攔截，否則用戶端收到的是 400。',
      },
      497: {
        name: 'HTTPRequestSentToHTTPSPort',
        phrase: 'HTTP Request Sent to HTTPS Port',
        nearest: 400,
        en: 'A plain request came in on a port that speaks TLS. Unless `error_page` catches it, say to redirect, the client is sent 400.',
        'zh-TW':
          '未加密的請求送到了使用 TLS 的連接埠。除非以 `error_page` 攔截（例如改為重新導向），否則用戶端收到的是 400。',
      },
      499: {
        name: 'ClientClosedRequest',
        phrase: 'Client Closed Request',
        nearest: 400,
        en: 'The client went away before nginx had an answer. The code is seen in logs only, and often points to a slow application.',
        'zh-TW':
          'nginx 還沒有結果，用戶端就已離開。這個狀態碼只出現在記錄檔，往往表示應用程式太慢。',
      },
    },
  },
  cloudflare: {
    title: 'Cloudflare',
    statuses: {
      520: {
        name: 'UnknownError',
        phrase: 'Web Server Returned an Unknown Error',
        nearest: 502,
        en: "The origin server's answer was empty or made no sense to Cloudflare.",
        'zh-TW': '來源伺服器的回應是空的，或 Cloudflare 無法理解。',
      },
      521: {
        name: 'WebServerIsDown',
        phrase: 'Web Server Is Down',
        nearest: 502,
        en: 'The origin server refused the connection from Cloudflare, because it is down or a firewall blocks Cloudflare.',
        'zh-TW': '來源伺服器拒絕 Cloudflare 的連線，可能是已停機，或防火牆擋下了 Cloudflare。',
      },
      522: {
        name: 'ConnectionTimedOut',
        phrase: 'Connection Timed Out',
        nearest: 504,
        en: 'Cloudflare could not set up a connection to the origin server in time.',
        'zh-TW': 'Cloudflare 無法及時與來源伺服器建立連線。',
      },
      523: {
        name: 'OriginIsUnreachable',
        phrase: 'Origin Is Unreachable',
        nearest: 502,
        en: 'There is no route to the origin server, often because its DNS record points to a wrong address.',
        'zh-TW': '沒有路徑可以到達來源伺服器，通常是 DNS 記錄指向錯誤的位址。',
      },
      524: {
        name: 'ATimeoutOccurred',
        phrase: 'A Timeout Occurred',
        nearest: 504,
        en: 'The connection to the origin server stands, but no answer came in time.',
        'zh-TW': '與來源伺服器的連線已建立，但沒有及時收到回應。',
      },
      525: {
        name: 'SSLHandshakeFailed',
        phrase: 'SSL Handshake Failed',
        nearest: 502,
        en: 'The TLS handshake between Cloudflare and the origin server failed.',
        'zh-TW': 'Cloudflare 與來源伺服器之間的 TLS 交握失敗。',
      },
      526: {
        name: 'InvalidSSLCertificate',
        phrase: 'Invalid SSL Certificate',
        nearest: 502,
        en: "The origin server's certificate is not valid, and the zone is set to insist on that.",
        'zh-TW': '來源伺服器的憑證無效，而網域設定為必須驗證憑證。',
      },
      527: {
        name: 'RailgunError',
        phrase: 'Railgun Error',
        nearest: 502,
        en: 'The link through Railgun, a product that has been retired, was interrupted.',
        'zh-TW': '經由 Railgun（已停止的產品）的連線中斷。',
      },
      530: {
        name: 'OriginError',
        phrase: 'Origin Error',
        nearest: 502,
        en: 'Comes along with an error of the 1000s on the page, which is what says what is wrong, as for a host name that does not resolve.',
        'zh-TW': '與頁面上 1000 系列的錯誤一同出現，真正的原因以該錯誤為準，例如主機名稱無法解析。',
      },
    },
  },
  'aws-elb': {
    title: 'AWS Elastic Load Balancing',
    statuses: {
      460: {
        name: 'ClientClosedConnection',
        phrase: 'Client Closed Connection',
        nearest: 400,
        en: "The client closed the connection before the load balancer's idle timeout had passed, as a rule because its own timeout is shorter.",
        'zh-TW': '用戶端在負載平衡器的閒置逾時之前就關閉連線，通常是因為它自己的逾時較短。',
      },
      463: {
        name: 'TooManyForwardedAddresses',
        phrase: 'Too Many Addresses in X-Forwarded-For',
        nearest: 400,
        en: '`X-Forwarded-For` held more than 30 addresses, which looks like a loop of proxies.',
        'zh-TW': '`X-Forwarded-For` 含有超過 30 個位址，看來是代理伺服器形成了迴圈。',
      },
      464: {
        name: 'IncompatibleProtocol',
        phrase: 'Incompatible Protocol Version',
        nearest: 505,
        en: 'The protocol version of the request does not go with that of the target group, such as HTTP/1.1 for one that speaks gRPC.',
        'zh-TW': '請求的通訊協定版本與目標群組不相容，例如以 HTTP/1.1 存取使用 gRPC 的目標群組。',
      },
      561: {
        name: 'Unauthorized',
        phrase: 'Unauthorized',
        nearest: 401,
        en: 'The load balancer was to sign the user in, and the identity provider answered with an error.',
        'zh-TW': '負載平衡器要讓使用者登入，但身分識別提供者回應錯誤。',
      },
    },
  },
  microsoft: {
    title: 'Microsoft IIS and Exchange',
    statuses: {
      440: {
        name: 'LoginTimeout',
        phrase: 'Login Time-out',
        nearest: 401,
        en: 'The session has expired and the user has to sign in again.',
        'zh-TW': '工作階段已過期，使用者必須重新登入。',
      },
      449: {
        name: 'RetryWith',
        phrase: 'Retry With',
        nearest: 400,
        en: 'The request lacks something the server needs, and is to be repeated with it.',
        'zh-TW': '請求缺少伺服器所需的資訊，補上之後再重試。',
      },
      450: {
        name: 'BlockedByParentalControls',
        phrase: 'Blocked by Windows Parental Controls',
        nearest: 403,
        en: 'Parental controls of Windows block access to this page.',
        'zh-TW': 'Windows 的家長監護功能封鎖了這個頁面。',
      },
      451: {
        name: 'Redirect',
        phrase: 'Redirect',
        nearest: 308,
        en: 'Exchange ActiveSync tells the device to use another server from now on, named in `X-MS-Location`. The registered 451 means something else.',
        'zh-TW':
          'Exchange ActiveSync 要求裝置從此改用 `X-MS-Location` 所指的伺服器。正式註冊的 451 是另一個意思。',
      },
    },
  },
  twitter: {
    title: 'Twitter',
    statuses: {
      420: {
        name: 'EnhanceYourCalm',
        phrase: 'Enhance Your Calm',
        nearest: 429,
        en: "The client was over the rate limit. Version 1 of Twitter's API sent it, before there was 429.",
        'zh-TW': '用戶端超過流量限制。在有 429 之前，Twitter API 第 1 版使用這個狀態碼。',
      },
    },
  },
  spring: {
    title: 'Spring Framework',
    statuses: {
      420: {
        name: 'MethodFailure',
        phrase: 'Method Failure',
        nearest: 424,
        en: 'A constant Spring took over from a WebDAV draft and has deprecated.',
        'zh-TW': 'Spring 從 WebDAV 草案沿用的常數，現已棄用。',
      },
    },
  },
  laravel: {
    title: 'Laravel',
    statuses: {
      419: {
        name: 'PageExpired',
        phrase: 'Page Expired',
        nearest: 403,
        en: 'The CSRF token is missing or has expired, mostly because a form was left open for too long.',
        'zh-TW': 'CSRF 權杖遺失或已過期，多半是表單開啟太久。',
      },
    },
  },
  shopify: {
    title: 'Shopify',
    statuses: {
      430: {
        name: 'SecurityRejection',
        phrase: 'Shopify Security Rejection',
        nearest: 403,
        en: 'Shopify took the request for an attack. In the past it stood for too many requests.',
        'zh-TW': 'Shopify 認為這個請求是攻擊。過去它表示請求過多。',
      },
      530: {
        name: 'OriginDNSError',
        phrase: 'Origin DNS Error',
        nearest: 502,
        en: "The name of the shop's server could not be resolved.",
        'zh-TW': '無法解析商店伺服器的名稱。',
      },
      540: {
        name: 'TemporarilyDisabled',
        phrase: 'Temporarily Disabled',
        nearest: 503,
        en: 'The endpoint has been switched off for a while.',
        'zh-TW': '這個端點暫時停用。',
      },
      783: {
        name: 'UnexpectedToken',
        phrase: 'Unexpected Token',
        nearest: 400,
        en: 'The JSON in the request could not be parsed. The number is beyond what HTTP allows.',
        'zh-TW': '無法剖析請求中的 JSON。這個數字已超出 HTTP 允許的範圍。',
      },
    },
  },
  esri: {
    title: 'Esri ArcGIS',
    statuses: {
      498: {
        name: 'InvalidToken',
        phrase: 'Invalid Token',
        nearest: 401,
        en: 'The token has expired or is not valid.',
        'zh-TW': '權杖已過期或無效。',
      },
      499: {
        name: 'TokenRequired',
        phrase: 'Token Required',
        nearest: 401,
        en: 'A token is required and the request had none.',
        'zh-TW': '需要權杖，但請求沒有附上。',
      },
    },
  },
  apache: {
    title: 'Apache and cPanel',
    statuses: {
      509: {
        name: 'BandwidthLimitExceeded',
        phrase: 'Bandwidth Limit Exceeded',
        nearest: 503,
        en: 'The site has used up the traffic its hosting plan allows. Node lists it in `http.STATUS_CODES`, though it was never registered.',
        'zh-TW': '網站已用完主機方案的流量。它從未註冊，但 Node 把它列在 `http.STATUS_CODES`。',
      },
    },
  },
  pantheon: {
    title: 'Pantheon',
    statuses: {
      530: {
        name: 'SiteFrozen',
        phrase: 'Site Is Frozen',
        nearest: 503,
        en: 'The site was put to rest because nobody used it.',
        'zh-TW': '網站因為沒有人使用而被凍結。',
      },
    },
  },
  qualys: {
    title: 'Qualys SSL Labs',
    statuses: {
      529: {
        name: 'SiteOverloaded',
        phrase: 'Site Is Overloaded',
        nearest: 503,
        en: 'The service cannot take the request because it has too much to do.',
        'zh-TW': '服務負載過重，無法接受請求。',
      },
    },
  },
  squid: {
    title: 'Squid',
    statuses: {
      600: {
        name: 'UnparseableResponse',
        phrase: 'Unparseable Response Headers',
        nearest: 502,
        en: 'Squid could not parse the header section of the answer. It uses the number internally.',
        'zh-TW': 'Squid 無法剖析回應的標頭區段。這個數字只在內部使用。',
      },
      601: {
        name: 'HeaderTooLarge',
        phrase: 'Header Too Large',
        nearest: 502,
        en: 'The header section of the answer was larger than Squid reads. It uses the number internally.',
        'zh-TW': '回應的標頭區段超過 Squid 願意讀取的大小。這個數字只在內部使用。',
      },
    },
  },
  linkedin: {
    title: 'LinkedIn',
    statuses: {
      999: {
        name: 'RequestDenied',
        phrase: 'Request Denied',
        nearest: 403,
        en: 'LinkedIn took the client for a robot. The number is beyond what HTTP allows.',
        'zh-TW': 'LinkedIn 認為用戶端是機器人。這個數字已超出 HTTP 允許的範圍。',
      },
    },
  },
  informal: {
    title: 'No vendor in particular',
    statuses: {
      218: {
        name: 'ThisIsFine',
        phrase: 'This Is Fine',
        nearest: 200,
        en: "Used with Apache: it lets an application's own error pages pass Apache where `ProxyErrorOverride` would replace them.",
        'zh-TW':
          '搭配 Apache 使用：讓應用程式自己的錯誤頁面能通過 Apache，不被 `ProxyErrorOverride` 取代。',
      },
      598: {
        name: 'NetworkReadTimeout',
        phrase: 'Network Read Timeout',
        nearest: 504,
        en: 'Some proxies use it when reading from the server behind them timed out.',
        'zh-TW': '有些代理伺服器在讀取後端伺服器逾時的時候使用。',
      },
      599: {
        name: 'NetworkConnectTimeout',
        phrase: 'Network Connect Timeout',
        nearest: 504,
        en: 'Some proxies use it when connecting to the server behind them timed out.',
        'zh-TW': '有些代理伺服器在連線到後端伺服器逾時的時候使用。',
      },
    },
  },
} as const
