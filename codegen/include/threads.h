// arm64ecd: C11 7.26, in the sizes of Microsoft's runtime.
#pragma once
#include <corecrt.h>
#include <time.h>

#ifndef __cplusplus
#define thread_local _Thread_local
#endif
#define ONCE_FLAG_INIT {0}
#define TSS_DTOR_ITERATIONS 4

_CRT_BEGIN_C_HEADER
typedef int (*thrd_start_t)(void *);
typedef void (*tss_dtor_t)(void *);
typedef struct thrd_t {
    void *_Handle;
    unsigned _Tid;
} thrd_t;
typedef struct tss_t {
    unsigned _Id;
} tss_t;
typedef struct once_flag {
    void *_State;
} once_flag;
typedef struct mtx_t {
    unsigned long long _State[10];
} mtx_t;
typedef struct cnd_t {
    unsigned long long _State[9];
} cnd_t;
enum { thrd_success, thrd_nomem, thrd_timedout, thrd_busy, thrd_error };
enum { mtx_plain = 1, mtx_try = 2, mtx_timed = 4, mtx_recursive = 0x100 };

int thrd_create(thrd_t *thread, thrd_start_t start, void *argument);
int thrd_equal(thrd_t a, thrd_t b);
thrd_t thrd_current(void);
int thrd_sleep(const struct timespec *time, struct timespec *left);
_CRT_NORETURN void thrd_exit(int result);
int thrd_detach(thrd_t thread);
int thrd_join(thrd_t thread, int *result);
void thrd_yield(void);
int mtx_init(mtx_t *mutex, int type);
int mtx_lock(mtx_t *mutex);
int mtx_timedlock(mtx_t *mutex, const struct timespec *until);
int mtx_trylock(mtx_t *mutex);
int mtx_unlock(mtx_t *mutex);
void mtx_destroy(mtx_t *mutex);
int cnd_init(cnd_t *condition);
int cnd_signal(cnd_t *condition);
int cnd_broadcast(cnd_t *condition);
int cnd_wait(cnd_t *condition, mtx_t *mutex);
int cnd_timedwait(cnd_t *condition, mtx_t *mutex, const struct timespec *until);
void cnd_destroy(cnd_t *condition);
int tss_create(tss_t *key, tss_dtor_t destroy);
void *tss_get(tss_t key);
int tss_set(tss_t key, void *value);
void tss_delete(tss_t key);
void call_once(once_flag *flag, void (*function)(void));
_CRT_END_C_HEADER
