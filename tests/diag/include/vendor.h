// A header of a project: what it declares may be x64 code.
struct vendor_rgb {
    unsigned char r, g, b;
};

void vendor_log(int level, const char *format, ...);
void vendor_set(struct vendor_rgb colour);
struct vendor_rgb vendor_get(void);
__declspec(dllimport) int vendor_trace(const char *format, ...);
