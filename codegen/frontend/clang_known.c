// What is known of a value when it is emitted, as far as a branch on it or a loop depends
// on that.
//
// IRBuilder makes constants of constants: `while` looks at what came out. A constant for
// clang's evaluator alone, as "abc"[0], is none here. __builtin_constant_p and
// __builtin_object_size are intrinsics at first, which LLVM replaces before it makes
// thunks, and then folds the branches that depend on nothing else
// (LowerConstantIntrinsics.cpp).
#include "codegen/frontend/clang_walk.h"

// Of `known`, which is the value of `at`.
bool known_value(Walk *walk, CXCursor at, Known known, long long *ret_value)
{
    *ret_value = known.kind == KNOWN_ADDRESS ? 1 : known.value;
    if (known.kind == KNOWN_BY_CLANG)
        return evaluate(at, ret_value) || fold_pointer(walk, at, ret_value);
    return known.kind == KNOWN_ADDRESS || known.kind == KNOWN_VALUE ||
           known.kind == KNOWN_LATE;
}

Known known_resolved(Walk *walk, CXCursor at, Known known)
{
    long long value;
    if (known.kind != KNOWN_BY_CLANG && known.kind != KNOWN_ADDRESS)
        return known;
    return known_value(walk, at, known, &value) ? (Known){KNOWN_VALUE, value}
                                                : (Known){0};
}

// Of the last part of an expression that has no value for clang as a whole.
Known known_settled(Walk *walk, CXCursor at, Known known)
{
    long long value;
    bool is_known = known.kind == KNOWN_BY_CLANG && known_value(walk, at, known, &value);
    return is_known ? (Known){KNOWN_VALUE, value} : known;
}

static bool is_open(Known known)
{
    return known.kind == KNOWN_NOTHING || known.kind == KNOWN_BY_CLANG ||
           known.kind == KNOWN_UNDEFINED || known.kind == KNOWN_PHI;
}

// Constants and late ones alike, but late ones stay late.
static Known with_value(Known known, long long value)
{
    return (Known){known.kind == KNOWN_LATE ? KNOWN_LATE : KNOWN_VALUE, value};
}

Known known_bool(Known known)
{
    return is_open(known)
               ? known
               : with_value(known, known.kind == KNOWN_ADDRESS || known.value != 0);
}

Known known_unary(enum CXUnaryOperatorKind operator, Known known)
{
    if (operator== CXUnaryOperator_Plus || operator== CXUnaryOperator_Extension)
        return known;
    bool is_not = operator== CXUnaryOperator_LNot;
    if (!is_not && operator!= CXUnaryOperator_Minus && operator!= CXUnaryOperator_Not)
        return (Known){0};
    if (known.kind == KNOWN_UNDEFINED)
        return (Known){is_not ? KNOWN_VALUE : KNOWN_NOTHING, 0};
    if (known.kind == KNOWN_PHI)
        return is_not ? (Known){KNOWN_PHI, (known.value ^ KNOWN_NEGATED) | KNOWN_DERIVED}
                      : (Known){0};
    if (is_open(known))
        return known;
    if (is_not)
        return with_value(known, !known_bool(known).value);
    unsigned long long bits = (unsigned long long)known.value;
    bits = operator== CXUnaryOperator_Minus ? 0 - bits : ~bits;
    return with_value(known, (long long)bits);
}

// A cast, also one that is not written.
Known known_cast(Known known, CXType type)
{
    if (known.kind == KNOWN_PHI)
        known.value |=
            type.kind == CXType_Int || type.kind == CXType_Bool ? 0 : KNOWN_DERIVED;
    if (is_open(known))
        return known;
    type = clang_getCanonicalType(type);
    if (type.kind == CXType_Bool)
        return known_bool(known);
    if (known.kind == KNOWN_ADDRESS)
        return type.kind == CXType_Pointer ? known : (Known){0};
    long long bytes = clang_Type_getSizeOf(type);
    if (bytes == 4)
        known.value = type.kind == CXType_UInt ? (long long)(unsigned)known.value
                                               : (long long)(int)known.value;
    else if (bytes == 2 || bytes == 1)
        known.value &= bytes == 2 ? 0xffff : 0xff;
    return known;
}

// Of a constant cast to a pointer: of integers, only null is a constant.
Known known_pointer(CXCursor operand)
{
    long long value;
    enum CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(operand)).kind;
    if (kind == CXType_Pointer)
        return (Known){KNOWN_BY_CLANG, 0};
    bool is_null = evaluate(operand, &value) && value == 0;
    return (Known){is_null ? KNOWN_VALUE : KNOWN_NOTHING, 0};
}

static bool compute(enum CXBinaryOperatorKind operator, bool is_signed, long long left,
                    long long right, long long *ret_value)
{
    unsigned long long l = (unsigned long long)left, r = (unsigned long long)right;
    bool is_less = is_signed ? left < right : l < r;
    switch ((int)operator) {
    case CXBinaryOperator_EQ:
        *ret_value = left == right;
        return true;
    case CXBinaryOperator_NE:
        *ret_value = left != right;
        return true;
    case CXBinaryOperator_LT:
    case CXBinaryOperator_GE:
        *ret_value = is_less == (operator== CXBinaryOperator_LT);
        return true;
    case CXBinaryOperator_LE:
    case CXBinaryOperator_GT:
        *ret_value = (is_less || left == right) == (operator== CXBinaryOperator_LE);
        return true;
    case CXBinaryOperator_Add:
        *ret_value = (long long)(l + r);
        return true;
    case CXBinaryOperator_Sub:
        *ret_value = (long long)(l - r);
        return true;
    case CXBinaryOperator_Mul:
        *ret_value = (long long)(l * r);
        return true;
    case CXBinaryOperator_And:
        *ret_value = left & right;
        return true;
    case CXBinaryOperator_Or:
        *ret_value = left | right;
        return true;
    case CXBinaryOperator_Xor:
        *ret_value = left ^ right;
        return true;
    default:
        return false;
    }
}

static bool is_late_zero(Known known)
{
    return known.kind == KNOWN_LATE && known.value == 0;
}

static bool is_constant(Known known)
{
    return known.kind == KNOWN_BY_CLANG || known.kind == KNOWN_ADDRESS;
}

Known known_binary(Walk *walk, enum CXBinaryOperatorKind operator,
                   const CXCursor sides[2], const Known known[2])
{
    long long left, right;
    Known result = {KNOWN_LATE, 0};
    if (is_constant(known[0]) && is_constant(known[1])) {
        bool is_address =
            known[0].kind == KNOWN_ADDRESS || known[1].kind == KNOWN_ADDRESS;
        bool is_arithmetic = operator<CXBinaryOperator_LT;
        return (Known){is_address && is_arithmetic ? KNOWN_NOTHING : KNOWN_BY_CLANG, 0};
    }
    if ((operator== CXBinaryOperator_And || operator== CXBinaryOperator_Mul) &&
        (is_late_zero(known[0]) || is_late_zero(known[1])))
        return result;
    for (uint32_t i = 0; i < 2; i++)
        if (known[i].kind == KNOWN_NOTHING || known[i].kind == KNOWN_UNDEFINED ||
            known[i].kind == KNOWN_PHI)
            return (Known){0};
    if (known[0].kind != KNOWN_LATE && known[1].kind != KNOWN_LATE)
        result.kind = KNOWN_VALUE;
    enum CXTypeKind type = clang_getCanonicalType(clang_getCursorType(sides[0])).kind;
    bool is_signed = type >= CXType_Char_S && type <= CXType_Int128;
    bool is_known = known_value(walk, sides[0], known[0], &left) &&
                    known_value(walk, sides[1], known[1], &right) &&
                    compute(operator, is_signed, left, right, &result.value);
    return is_known ? result : (Known){0};
}
