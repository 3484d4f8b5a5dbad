__attribute__((target("sve"))) __SVInt32_t get(void);
__attribute__((target("sve"))) void run(__SVInt32_t *out) { *out = get(); } // expect-error EC117
