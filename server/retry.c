#include "server/retry.h"

bool retry_after(Deaths *deaths, FlightEnd end)
{
    switch (end) {
    case FLIGHT_KILLED:
        if (++deaths->n_kills < KILLS_MAX)
            return true;
        deaths->n_deaths++;
        return false;
    case FLIGHT_CRASHED:
        return ++deaths->n_deaths < DEATHS_MAX;
    case FLIGHT_TIMED_OUT:
    case FLIGHT_OUT_OF_MEMORY:
        deaths->n_deaths++;
        return false;
    case FLIGHT_DONE:
    case FLIGHT_NO_MODULE:
        return false;
    }
    BUG("no such FlightEnd");
}
