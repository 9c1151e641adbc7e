// What one input may take, in the slow build that the fuzzers are.
#include <stddef.h>

// Bytes: blocks may be drawn `mostCopies` times over by a small input, and every drawing has tables of its own.
#define BOUNDS_CONSTANT (48LL << 20)
#define BOUNDS_FACTOR 64LL
#define BOUNDS_SECONDS 5.0

void bounds_begin(void);
// Ends the process where the input took more than its bounds.
void bounds_end(size_t size);
