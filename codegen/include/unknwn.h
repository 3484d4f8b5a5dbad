// arm64ecd: the interfaces that every object of COM has.
#pragma once
#include <wtypesbase.h>

#if defined(__cplusplus) && !defined(CINTERFACE)
extern "C++" {
struct DECLSPEC_UUID("00000000-0000-0000-C000-000000000046") DECLSPEC_NOVTABLE IUnknown {
    virtual HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void **object) = 0;
    virtual ULONG STDMETHODCALLTYPE AddRef() = 0;
    virtual ULONG STDMETHODCALLTYPE Release() = 0;
#ifdef _MSC_VER
    template <class Q> HRESULT STDMETHODCALLTYPE QueryInterface(Q **object)
    {
        return QueryInterface(__uuidof(Q), reinterpret_cast<void **>(object));
    }
#endif
};
struct DECLSPEC_UUID("00000001-0000-0000-C000-000000000046") DECLSPEC_NOVTABLE IClassFactory
    : public IUnknown {
    virtual HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown *outer, REFIID id,
                                                     void **object) = 0;
    virtual HRESULT STDMETHODCALLTYPE LockServer(BOOL lock) = 0;
};
}
#else
typedef struct IUnknown IUnknown;
typedef struct IUnknownVtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(IUnknown *This, REFIID id, void **object);
    ULONG(STDMETHODCALLTYPE *AddRef)(IUnknown *This);
    ULONG(STDMETHODCALLTYPE *Release)(IUnknown *This);
} IUnknownVtbl;
struct IUnknown {
    const struct IUnknownVtbl *lpVtbl;
};
typedef struct IClassFactory IClassFactory;
typedef struct IClassFactoryVtbl {
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(IClassFactory *This, REFIID id, void **object);
    ULONG(STDMETHODCALLTYPE *AddRef)(IClassFactory *This);
    ULONG(STDMETHODCALLTYPE *Release)(IClassFactory *This);
    HRESULT(STDMETHODCALLTYPE *CreateInstance)(IClassFactory *This, IUnknown *outer, REFIID id,
                                               void **object);
    HRESULT(STDMETHODCALLTYPE *LockServer)(IClassFactory *This, BOOL lock);
} IClassFactoryVtbl;
struct IClassFactory {
    const struct IClassFactoryVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IUnknown_QueryInterface(This, id, object) ((This)->lpVtbl->QueryInterface(This, id, object))
#define IUnknown_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IUnknown_Release(This) ((This)->lpVtbl->Release(This))
#define IClassFactory_QueryInterface(This, id, object)                                    \
    ((This)->lpVtbl->QueryInterface(This, id, object))
#define IClassFactory_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IClassFactory_Release(This) ((This)->lpVtbl->Release(This))
#define IClassFactory_CreateInstance(This, outer, id, object)                             \
    ((This)->lpVtbl->CreateInstance(This, outer, id, object))
#define IClassFactory_LockServer(This, lock) ((This)->lpVtbl->LockServer(This, lock))
#endif
#endif
typedef IUnknown *LPUNKNOWN;
typedef IClassFactory *LPCLASSFACTORY;
EXTERN_C const IID IID_IUnknown, IID_IClassFactory;
