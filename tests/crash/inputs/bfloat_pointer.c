// The signature of an indirect call is lowered too: abort.
typedef __bf16 Callback(void);
void run(Callback *callback, __bf16 *out) { *out = callback(); } // expect-error EC111
