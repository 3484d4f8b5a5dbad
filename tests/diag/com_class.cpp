// An interface and a class of COM on the built-in declarations, and its calls.
// flags: clang++ --target=arm64ec-pc-windows-msvc
// expect-nothing
#include <windows.h>
struct __declspec(uuid("12345678-0000-0000-C000-000000000047")) IShape : IUnknown {
    virtual HRESULT STDMETHODCALLTYPE Name(BSTR *name) = 0;
    STDMETHOD(Area)(double *area) PURE;
};
DECLARE_INTERFACE_(ISolid, IUnknown)
{
    STDMETHOD_(ULONG, Sides)(THIS) PURE;
};
class Shape : public IShape
{
    LONG refs = 1;

  public:
    STDMETHODIMP QueryInterface(REFIID id, void **object) override
    {
        if (id == IID_IUnknown || IsEqualIID(id, __uuidof(IShape))) {
            *object = static_cast<IShape *>(this);
            AddRef();
            return S_OK;
        }
        *object = nullptr;
        return E_NOINTERFACE;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return (ULONG)InterlockedIncrement(&refs); }
    STDMETHODIMP_(ULONG) Release() override
    {
        ULONG n = (ULONG)InterlockedDecrement(&refs);
        if (!n)
            delete this;
        return n;
    }
    STDMETHODIMP Name(BSTR *name) override
    {
        *name = nullptr;
        return S_OK;
    }
    STDMETHODIMP Area(double *area) override
    {
        *area = 1;
        return S_OK;
    }
};
STDAPI DllGetClassObject(REFCLSID, REFIID id, LPVOID *object)
{
    Shape *shape = new Shape;
    HRESULT result = shape->QueryInterface(id, object);
    shape->Release();
    return SUCCEEDED(result) ? S_OK : CLASS_E_CLASSNOTAVAILABLE;
}
int use(REFCLSID id)
{
    if (FAILED(CoInitializeEx(nullptr, COINIT_MULTITHREADED)))
        return 1;
    IShape *shape = nullptr;
    double area = 0;
    HRESULT result = CoCreateInstance(id, nullptr, CLSCTX_INPROC_SERVER, IID_PPV_ARGS(&shape));
    if (SUCCEEDED(result)) {
        IUnknown *unknown = nullptr;
        shape->Area(&area);
        if (SUCCEEDED(shape->QueryInterface(&unknown)))
            unknown->Release();
        shape->Release();
    }
    CoUninitialize();
    return area > 1;
}
