float __vectorcall dot(float a, float b);
float run(float a) { return dot(a, a); } // expect-error EC114
