// needs: HALF
struct pair {
    _Float16 x, y;
};
_Float16 t_half(_Float16 a) { return a; }
struct pair t_pair(struct pair a) { return a; }
_Float16 absent(_Float16 a, struct pair b);
_Float16 t_call(struct pair a) { return absent(a.x, a); }
