#include "server/clock.h"

static void fire_due(Clock *clock)
{
    while (clock->timers && clock->timers->due_ms <= clock_now_ms(clock)) {
        ClockTimer *timer = clock->timers;
        clock->timers = timer->next;
        timer->armed = false;
        timer->callback(timer);
    }
}

static void set_alarm(Clock *clock);

static void on_alarm(uv_timer_t *alarm)
{
    Clock *clock = CONTAINER_OF(alarm, Clock, alarm);
    fire_due(clock);
    set_alarm(clock);
}

static void set_alarm(Clock *clock)
{
    if (clock->manual)
        return;
    if (!clock->timers) {
        uv_timer_stop(&clock->alarm);
        return;
    }
    uint64_t now = clock_now_ms(clock), due = clock->timers->due_ms;
    uv_timer_start(&clock->alarm, on_alarm, due > now ? due - now : 0, 0);
}

void clock_init(Clock *clock, uv_loop_t *loop, bool manual)
{
    *clock = (Clock){.loop = loop, .manual = manual};
    uv_timer_init(loop, &clock->alarm);
}

void clock_close(Clock *clock)
{
    uv_close((uv_handle_t *)&clock->alarm, NULL);
}

uint64_t clock_now_ms(const Clock *clock)
{
    return clock->manual ? clock->manual_ms : uv_now(clock->loop);
}

void clock_disarm(ClockTimer *timer)
{
    if (!timer->armed)
        return;
    ClockTimer **at = &timer->clock->timers;
    while (*at != timer)
        at = &(*at)->next;
    *at = timer->next;
    timer->armed = false;
}

void clock_arm(Clock *clock, ClockTimer *timer, uint64_t delay_ms,
               ClockCallback *callback)
{
    clock_disarm(timer);
    if (!clock->manual)
        uv_update_time(clock->loop);
    *timer = (ClockTimer){.clock = clock,
                          .callback = callback,
                          .due_ms = clock_now_ms(clock) + delay_ms,
                          .armed = true};
    ClockTimer **at = &clock->timers;
    while (*at && (*at)->due_ms <= timer->due_ms)
        at = &(*at)->next;
    timer->next = *at;
    *at = timer;
    set_alarm(clock);
}

void clock_advance(Clock *clock, uint64_t ms)
{
    CHECK_BUG(clock->manual);
    uint64_t end = clock->manual_ms + ms;
    while (clock->timers && clock->timers->due_ms <= end) {
        clock->manual_ms = clock->timers->due_ms;
        fire_due(clock);
    }
    clock->manual_ms = end;
}
