#include "server/budget.h"

bool budget_is_over(uint64_t budget_bytes, const Seat *seats, uint32_t n_seats)
{
    uint64_t held = 0;
    for (uint32_t i = 0; i < n_seats; i++)
        held += seats[i].resident_bytes;
    return budget_bytes && held > budget_bytes;
}

// A busy seat has remembered the path of its job last.
const SeatPath *budget_coldest(Seat *seats, uint32_t n_seats, Hash focus, Seat **ret_seat)
{
    const SeatPath *found = NULL;
    for (uint32_t i = 0; i < n_seats; i++) {
        Seat *seat = &seats[i];
        uint32_t n = seat->n_warm - (seat->n_warm && seat_is_busy(seat));
        for (uint32_t k = 0; !seat_is_empty(seat) && k < n; k++) {
            const SeatPath *path = &seat->warm[k];
            if (hash_eq(path->hash, focus) || (found && found->used <= path->used))
                continue;
            found = path;
            *ret_seat = seat;
        }
    }
    return found;
}

void budget_end_idle(Seat *seats, uint32_t n_seats)
{
    for (uint32_t i = 0; i < n_seats; i++)
        if (seat_is_free(&seats[i]) && seats[i].n_warm == 0)
            seat_kill(&seats[i]);
}
