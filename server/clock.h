// Time for the server: libuv's, or one that tests move by hand.
//
// With a manual clock nothing happens by itself: $/arm64ecd/advance moves it, and timers
// that fall due fire in order. So no test sleeps.
#pragma once

#include "protocol/base/base.h"

#include <uv.h>

typedef struct Clock Clock;
typedef struct ClockTimer ClockTimer;
typedef void ClockCallback(ClockTimer *timer);

// Lives in its owner's struct; zero is idle.
struct ClockTimer {
    Clock *clock;
    ClockCallback *callback;
    uint64_t due_ms;
    ClockTimer *next; // ascending by due_ms
    bool armed;
};

struct Clock {
    uv_loop_t *loop;
    uv_timer_t alarm; // for the first of `timers`; not used by a manual clock
    ClockTimer *timers;
    uint64_t manual_ms;
    bool manual;
};

void clock_init(Clock *clock, uv_loop_t *loop, bool manual);
void clock_close(Clock *clock); // run the loop once more after it

uint64_t clock_now_ms(const Clock *clock);
void clock_arm(Clock *clock, ClockTimer *timer, uint64_t delay_ms,
               ClockCallback *callback);
void clock_disarm(ClockTimer *timer);          // fine on an idle one
void clock_advance(Clock *clock, uint64_t ms); // manual clocks only
