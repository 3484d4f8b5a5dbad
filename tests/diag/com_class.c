// COM as C writes it, on the built-in declarations.
// flags: clang --target=arm64ec-pc-windows-msvc
// expect-nothing
#define COBJMACROS
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <objbase.h>
#undef INTERFACE
#define INTERFACE IShape
DECLARE_INTERFACE_(IShape, IUnknown)
{
    STDMETHOD(QueryInterface)(THIS_ REFIID id, void **object) PURE;
    STDMETHOD_(ULONG, AddRef)(THIS) PURE;
    STDMETHOD_(ULONG, Release)(THIS) PURE;
    STDMETHOD(Area)(THIS_ double *area) PURE;
};
int use(IShape *shape, IUnknown *unknown)
{
    double area = 0;
    if (FAILED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED)))
        return 0;
    if (SUCCEEDED(IUnknown_QueryInterface(unknown, &IID_IUnknown, (void **)&shape)))
        shape->lpVtbl->Area(shape, &area);
    IUnknown_Release(unknown);
    CoUninitialize();
    return area > 1;
}
