template <class T> struct Used {
    T get() const
    {
        __asm__("mov x13, x0");
        return T();
    }
};
