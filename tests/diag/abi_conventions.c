// EC115, EC116: conventions that the thunks do not know.
#define KEEPS_MOST __attribute__((preserve_most))

KEEPS_MOST void exported(int *n) // expect-warning EC116 {{'preserve_most'}}
{
    ++*n;
}
KEEPS_MOST void elsewhere(int *n);
__attribute__((preserve_all)) static void local(int *n) { --*n; }
void use(int *n)
{
    local(n);
    elsewhere(n); // expect-warning EC116 {{'elsewhere'}}
    elsewhere(n);
    exported(n);
}
int __regcall registers(int a) { return a; } // expect-info EC115 {{'__regcall'}}

// --- None of these ---

int __stdcall standard(int a) { return a; }
int __fastcall fast(int a) { return a; }
int __attribute__((ms_abi)) microsoft(int a) { return a; }
