// A missing library header hides what follows from it, and nothing else.
// flags: clang++ --target=arm64ec-pc-windows-msvc
#include <vector> // expect-warning EC626 {{<vector>}}
std::vector<int> hidden;
#include "queue" // expect-error {{file not found}}
int mistyped = undefined_name; // expect-error {{undefined_name}}
