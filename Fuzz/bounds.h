// The limits for one input, in the slow build of the fuzzers.
#include <stddef.h>

// In bytes: a small input can draw blocks up to `mostCopies` times, and every drawing has tables of fixed size.
#define BOUNDS_CONSTANT (48LL << 20)
#define BOUNDS_FACTOR 64LL
#define BOUNDS_SECONDS 5.0

void bounds_begin(void);
// Aborts the process if the input exceeded its limits.
void bounds_end(size_t size);
