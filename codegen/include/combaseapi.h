// arm64ecd: COM's functions, and the macros that interfaces are written with.
#pragma once
#include <stdlib.h>
#include <unknwn.h>

#define WINOLEAPI EXTERN_C DECLSPEC_IMPORT HRESULT STDAPICALLTYPE
#define WINOLEAPI_(type) EXTERN_C DECLSPEC_IMPORT type STDAPICALLTYPE

#define interface struct
#define BEGIN_INTERFACE
#define END_INTERFACE
#if defined(__cplusplus) && !defined(CINTERFACE)
#define STDMETHOD(method) virtual HRESULT STDMETHODCALLTYPE method
#define STDMETHOD_(type, method) virtual type STDMETHODCALLTYPE method
#define STDMETHODV(method) virtual HRESULT STDMETHODVCALLTYPE method
#define STDMETHODV_(type, method) virtual type STDMETHODVCALLTYPE method
#define PURE = 0
#define THIS_
#define THIS void
#define DECLARE_INTERFACE(name) struct DECLSPEC_NOVTABLE name
#define DECLARE_INTERFACE_(name, base) struct DECLSPEC_NOVTABLE name : public base
#define DECLARE_INTERFACE_IID(name, id) struct DECLSPEC_UUID(id) DECLSPEC_NOVTABLE name
#define DECLARE_INTERFACE_IID_(name, base, id)                                            \
    struct DECLSPEC_UUID(id) DECLSPEC_NOVTABLE name : public base
#else
#define STDMETHOD(method) HRESULT(STDMETHODCALLTYPE *method)
#define STDMETHOD_(type, method) type(STDMETHODCALLTYPE *method)
#define STDMETHODV(method) HRESULT(STDMETHODVCALLTYPE *method)
#define STDMETHODV_(type, method) type(STDMETHODVCALLTYPE *method)
#define PURE
#define THIS_ INTERFACE *This,
#define THIS INTERFACE *This
#define DECLARE_INTERFACE(name)                                                           \
    typedef struct name {                                                                 \
        const struct name##Vtbl *lpVtbl;                                                  \
    } name;                                                                               \
    typedef struct name##Vtbl name##Vtbl;                                                 \
    struct name##Vtbl
#define DECLARE_INTERFACE_(name, base) DECLARE_INTERFACE(name)
#define DECLARE_INTERFACE_IID(name, id) DECLARE_INTERFACE(name)
#define DECLARE_INTERFACE_IID_(name, base, id) DECLARE_INTERFACE(name)
#endif
#if defined(__cplusplus) && defined(_MSC_VER)
template <typename T> void **IID_PPV_ARGS_Helper(T **object)
{
    return reinterpret_cast<void **>(object);
}
#define IID_PPV_ARGS(object) __uuidof(**(object)), IID_PPV_ARGS_Helper(object)
#endif

#define CLSCTX_INPROC (CLSCTX_INPROC_SERVER | CLSCTX_INPROC_HANDLER)
#define CLSCTX_SERVER (CLSCTX_INPROC_SERVER | CLSCTX_LOCAL_SERVER | CLSCTX_REMOTE_SERVER)
#define CLSCTX_ALL (CLSCTX_INPROC_HANDLER | CLSCTX_SERVER)

_CRT_BEGIN_C_HEADER
WINOLEAPI CoInitializeEx(LPVOID reserved, DWORD model);
WINOLEAPI_(void) CoUninitialize(void);
WINOLEAPI CoCreateInstance(REFCLSID class_id, LPUNKNOWN outer, DWORD context, REFIID id, LPVOID *object);
WINOLEAPI CoGetClassObject(REFCLSID class_id, DWORD context, LPVOID reserved, REFIID id, LPVOID *object);
WINOLEAPI CoRegisterClassObject(REFCLSID class_id, LPUNKNOWN object, DWORD context, DWORD flags, LPDWORD cookie);
WINOLEAPI CoRevokeClassObject(DWORD cookie);
WINOLEAPI CoCreateGuid(GUID *guid);
WINOLEAPI_(LPVOID) CoTaskMemAlloc(SIZE_T n_bytes);
WINOLEAPI_(LPVOID) CoTaskMemRealloc(LPVOID memory, SIZE_T n_bytes);
WINOLEAPI_(void) CoTaskMemFree(LPVOID memory);
WINOLEAPI CLSIDFromString(LPCOLESTR text, LPCLSID class_id);
WINOLEAPI CLSIDFromProgID(LPCOLESTR name, LPCLSID class_id);
WINOLEAPI IIDFromString(LPCOLESTR text, LPIID id);
WINOLEAPI StringFromCLSID(REFCLSID class_id, LPOLESTR *text);
WINOLEAPI StringFromIID(REFIID id, LPOLESTR *text);
WINOLEAPI_(int) StringFromGUID2(REFGUID guid, LPOLESTR text, int n_most);
STDAPI DllGetClassObject(REFCLSID class_id, REFIID id, LPVOID *object);
STDAPI DllCanUnloadNow(void);
_CRT_END_C_HEADER
