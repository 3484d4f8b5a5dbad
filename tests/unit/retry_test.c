#include "server/retry.h"

#include "tests/unit/harness.h"

TEST(retry_once_after_a_crash)
{
    Deaths deaths = {0};
    CHECK(retry_after(&deaths, FLIGHT_CRASHED));
    CHECK(!retry_after(&deaths, FLIGHT_CRASHED));
    CHECK_EQ(deaths.n_deaths, DEATHS_MAX);
}

TEST(retry_often_after_kills_from_outside)
{
    Deaths deaths = {0};
    for (int i = 1; i < KILLS_MAX; i++)
        CHECK(retry_after(&deaths, FLIGHT_KILLED));
    CHECK_EQ(deaths.n_deaths, 0);
    CHECK(!retry_after(&deaths, FLIGHT_KILLED));
    CHECK_EQ(deaths.n_deaths, 1);
}

TEST(retry_never_after_other_ends)
{
    static const FlightEnd ends[] = {FLIGHT_DONE, FLIGHT_NO_MODULE, FLIGHT_TIMED_OUT,
                                     FLIGHT_OUT_OF_MEMORY};
    for (size_t i = 0; i < COUNTOF(ends); i++) {
        Deaths deaths = {0};
        CHECK(!retry_after(&deaths, ends[i]));
        CHECK_EQ(deaths.n_deaths, i >= 2);
    }
}
