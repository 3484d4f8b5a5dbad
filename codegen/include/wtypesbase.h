// arm64ecd: the types of COM's interfaces.
#pragma once
#include <winerror.h>
#include <winnt.h>

typedef WCHAR OLECHAR;
typedef OLECHAR *LPOLESTR, *BSTR;
typedef const OLECHAR *LPCOLESTR;
#define OLESTR(text) L##text
typedef enum tagCLSCTX {
    CLSCTX_INPROC_SERVER = 1,
    CLSCTX_INPROC_HANDLER = 2,
    CLSCTX_LOCAL_SERVER = 4,
    CLSCTX_REMOTE_SERVER = 0x10,
} CLSCTX;
