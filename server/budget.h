// What all workers may hold together, and what goes when it is more.
#pragma once

#include "server/seat.h"

// Between jobs: as each worker said after its last one. `budget_bytes` 0: no limit.
bool budget_is_over(uint64_t budget_bytes, const Seat *seats, uint32_t n_seats);

// The path that was used longest ago; never `focus`, nor the one of a job in hand. NULL:
// there is none. Borrowed until the seat's next job.
const SeatPath *budget_coldest(Seat *seats, uint32_t n_seats, Hash focus,
                               Seat **ret_seat);

// With nothing left to forget: workers that have nothing warm go.
void budget_end_idle(Seat *seats, uint32_t n_seats);
