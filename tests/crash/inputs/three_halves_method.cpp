// A method returns it through memory: this compiles.
// expect-nothing
struct Half3 { _Float16 x, y, z; };
struct Maker { Half3 make() const; };
float first(const Maker &maker) { return (float)maker.make().x; }
