// arm64ecd: interlocked operations. clang knows them by itself in the Microsoft environment;
// in the GNU one they are made of its atomic builtins.
#pragma once
#include <corecrt.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef _MSC_VER
long _InterlockedAnd(long volatile *to, long value);
short _InterlockedAnd16(short volatile *to, short value);
__int64 _InterlockedAnd64(__int64 volatile *to, __int64 value);
char _InterlockedAnd8(char volatile *to, char value);
long _InterlockedOr(long volatile *to, long value);
short _InterlockedOr16(short volatile *to, short value);
__int64 _InterlockedOr64(__int64 volatile *to, __int64 value);
char _InterlockedOr8(char volatile *to, char value);
long _InterlockedXor(long volatile *to, long value);
short _InterlockedXor16(short volatile *to, short value);
__int64 _InterlockedXor64(__int64 volatile *to, __int64 value);
char _InterlockedXor8(char volatile *to, char value);
long _InterlockedExchangeAdd(long volatile *to, long value);
short _InterlockedExchangeAdd16(short volatile *to, short value);
__int64 _InterlockedExchangeAdd64(__int64 volatile *to, __int64 value);
char _InterlockedExchangeAdd8(char volatile *to, char value);
long _InterlockedExchange(long volatile *to, long value);
short _InterlockedExchange16(short volatile *to, short value);
__int64 _InterlockedExchange64(__int64 volatile *to, __int64 value);
char _InterlockedExchange8(char volatile *to, char value);
long _InterlockedIncrement(long volatile *to);
short _InterlockedIncrement16(short volatile *to);
__int64 _InterlockedIncrement64(__int64 volatile *to);
long _InterlockedDecrement(long volatile *to);
short _InterlockedDecrement16(short volatile *to);
__int64 _InterlockedDecrement64(__int64 volatile *to);
long _InterlockedCompareExchange(long volatile *to, long value, long old);
short _InterlockedCompareExchange16(short volatile *to, short value, short old);
__int64 _InterlockedCompareExchange64(__int64 volatile *to, __int64 value, __int64 old);
char _InterlockedCompareExchange8(char volatile *to, char value, char old);
void *_InterlockedExchangePointer(void *volatile *to, void *value);
void *_InterlockedCompareExchangePointer(void *volatile *to, void *value, void *old);
unsigned char _InterlockedCompareExchange128(__int64 volatile *to, __int64 high, __int64 low,
                                             __int64 *old);
unsigned char _interlockedbittestandset(long volatile *to, long bit);
unsigned char _interlockedbittestandreset(long volatile *to, long bit);
#else
#define _ARM64ECD_ATOMIC static __inline__ __attribute__((__always_inline__, __unused__))
_ARM64ECD_ATOMIC long _InterlockedAnd(long volatile *to, long value)
{
    return __atomic_fetch_and(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedAnd16(short volatile *to, short value)
{
    return __atomic_fetch_and(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedAnd64(__int64 volatile *to, __int64 value)
{
    return __atomic_fetch_and(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC char _InterlockedAnd8(char volatile *to, char value)
{
    return __atomic_fetch_and(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedOr(long volatile *to, long value)
{
    return __atomic_fetch_or(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedOr16(short volatile *to, short value)
{
    return __atomic_fetch_or(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedOr64(__int64 volatile *to, __int64 value)
{
    return __atomic_fetch_or(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC char _InterlockedOr8(char volatile *to, char value)
{
    return __atomic_fetch_or(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedXor(long volatile *to, long value)
{
    return __atomic_fetch_xor(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedXor16(short volatile *to, short value)
{
    return __atomic_fetch_xor(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedXor64(__int64 volatile *to, __int64 value)
{
    return __atomic_fetch_xor(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC char _InterlockedXor8(char volatile *to, char value)
{
    return __atomic_fetch_xor(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedExchangeAdd(long volatile *to, long value)
{
    return __atomic_fetch_add(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedExchangeAdd16(short volatile *to, short value)
{
    return __atomic_fetch_add(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedExchangeAdd64(__int64 volatile *to, __int64 value)
{
    return __atomic_fetch_add(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC char _InterlockedExchangeAdd8(char volatile *to, char value)
{
    return __atomic_fetch_add(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedExchange(long volatile *to, long value)
{
    return __atomic_exchange_n(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedExchange16(short volatile *to, short value)
{
    return __atomic_exchange_n(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedExchange64(__int64 volatile *to, __int64 value)
{
    return __atomic_exchange_n(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC char _InterlockedExchange8(char volatile *to, char value)
{
    return __atomic_exchange_n(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedIncrement(long volatile *to)
{
    return __atomic_add_fetch(to, 1, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedIncrement16(short volatile *to)
{
    return __atomic_add_fetch(to, 1, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedIncrement64(__int64 volatile *to)
{
    return __atomic_add_fetch(to, 1, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedDecrement(long volatile *to)
{
    return __atomic_sub_fetch(to, 1, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC short _InterlockedDecrement16(short volatile *to)
{
    return __atomic_sub_fetch(to, 1, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC __int64 _InterlockedDecrement64(__int64 volatile *to)
{
    return __atomic_sub_fetch(to, 1, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC long _InterlockedCompareExchange(long volatile *to, long value, long old)
{
    __atomic_compare_exchange_n(to, &old, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}
_ARM64ECD_ATOMIC short _InterlockedCompareExchange16(short volatile *to, short value, short old)
{
    __atomic_compare_exchange_n(to, &old, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}
_ARM64ECD_ATOMIC __int64 _InterlockedCompareExchange64(__int64 volatile *to, __int64 value, __int64 old)
{
    __atomic_compare_exchange_n(to, &old, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}
_ARM64ECD_ATOMIC char _InterlockedCompareExchange8(char volatile *to, char value, char old)
{
    __atomic_compare_exchange_n(to, &old, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}
_ARM64ECD_ATOMIC void *_InterlockedExchangePointer(void *volatile *to, void *value)
{
    return __atomic_exchange_n(to, value, __ATOMIC_SEQ_CST);
}
_ARM64ECD_ATOMIC void *_InterlockedCompareExchangePointer(void *volatile *to, void *value, void *old)
{
    __atomic_compare_exchange_n(to, &old, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}
_ARM64ECD_ATOMIC unsigned char _interlockedbittestandset(long volatile *to, long bit)
{
    return (unsigned char)(__atomic_fetch_or(to, 1L << bit, __ATOMIC_SEQ_CST) >> bit & 1);
}
_ARM64ECD_ATOMIC unsigned char _interlockedbittestandreset(long volatile *to, long bit)
{
    return (unsigned char)(__atomic_fetch_and(to, ~(1L << bit), __ATOMIC_SEQ_CST) >> bit & 1);
}
unsigned char _InterlockedCompareExchange128(__int64 volatile *to, __int64 high, __int64 low,
                                             __int64 *old);
#undef _ARM64ECD_ATOMIC
#endif
#ifdef __cplusplus
}
#endif

#define InterlockedAnd _InterlockedAnd
#define InterlockedAnd16 _InterlockedAnd16
#define InterlockedAnd64 _InterlockedAnd64
#define InterlockedOr _InterlockedOr
#define InterlockedOr16 _InterlockedOr16
#define InterlockedOr64 _InterlockedOr64
#define InterlockedXor _InterlockedXor
#define InterlockedXor16 _InterlockedXor16
#define InterlockedXor64 _InterlockedXor64
#define InterlockedExchangeAdd _InterlockedExchangeAdd
#define InterlockedExchangeAdd16 _InterlockedExchangeAdd16
#define InterlockedExchangeAdd64 _InterlockedExchangeAdd64
#define InterlockedExchange _InterlockedExchange
#define InterlockedExchange16 _InterlockedExchange16
#define InterlockedExchange64 _InterlockedExchange64
#define InterlockedIncrement _InterlockedIncrement
#define InterlockedIncrement16 _InterlockedIncrement16
#define InterlockedIncrement64 _InterlockedIncrement64
#define InterlockedDecrement _InterlockedDecrement
#define InterlockedDecrement16 _InterlockedDecrement16
#define InterlockedDecrement64 _InterlockedDecrement64
#define InterlockedCompareExchange _InterlockedCompareExchange
#define InterlockedCompareExchange16 _InterlockedCompareExchange16
#define InterlockedCompareExchange64 _InterlockedCompareExchange64
#define InterlockedExchangePointer _InterlockedExchangePointer
#define InterlockedCompareExchangePointer _InterlockedCompareExchangePointer
#define InterlockedCompareExchange128 _InterlockedCompareExchange128
#define InterlockedAdd(to, value) (_InterlockedExchangeAdd((to), (value)) + (value))
#define InterlockedAdd64(to, value) (_InterlockedExchangeAdd64((to), (value)) + (value))
#define InterlockedIncrementAcquire _InterlockedIncrement
#define InterlockedIncrementRelease _InterlockedIncrement
#define InterlockedIncrementNoFence _InterlockedIncrement
#define InterlockedDecrementAcquire _InterlockedDecrement
#define InterlockedDecrementRelease _InterlockedDecrement
#define InterlockedDecrementNoFence _InterlockedDecrement
#define InterlockedExchangeAcquire _InterlockedExchange
#define InterlockedExchangeRelease _InterlockedExchange
#define InterlockedExchangeNoFence _InterlockedExchange
#define InterlockedCompareExchangeAcquire _InterlockedCompareExchange
#define InterlockedCompareExchangeRelease _InterlockedCompareExchange
#define InterlockedCompareExchangeNoFence _InterlockedCompareExchange
#define InterlockedCompareExchangePointerAcquire _InterlockedCompareExchangePointer
#define InterlockedCompareExchangePointerRelease _InterlockedCompareExchangePointer
#define InterlockedCompareExchangePointerNoFence _InterlockedCompareExchangePointer
#define InterlockedBitTestAndSet _interlockedbittestandset
#define InterlockedBitTestAndReset _interlockedbittestandreset
