// Counts what is allocated while one input is processed: libFuzzer limits a single allocation and the whole process, but not an input.
#include "bounds.h"
#include <sanitizer/allocator_interface.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static atomic_llong held;
static atomic_llong most;

static void allocated(const volatile void *block, size_t size) {
    (void)block;
    long long now = atomic_fetch_add(&held, (long long)size) + (long long)size;
    long long known = atomic_load(&most);
    while (now > known && !atomic_compare_exchange_weak(&most, &known, now)) {
    }
}

static void freed(const volatile void *block) {
    if (block != NULL) atomic_fetch_sub(&held, (long long)__sanitizer_get_allocated_size((const void *)block));
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static long long heldBefore;
static double startedAt;

void bounds_begin(void) {
    static int isInstalled = 0;
    if (!isInstalled) isInstalled = __sanitizer_install_malloc_and_free_hooks(allocated, freed);
    heldBefore = atomic_load(&held);
    atomic_store(&most, heldBefore);
    startedAt = seconds();
}

void bounds_end(size_t size) {
    long long taken = atomic_load(&most) - heldBefore;
    long long allowed = BOUNDS_CONSTANT + BOUNDS_FACTOR * (long long)size;
    double spent = seconds() - startedAt;
    if (taken > allowed) {
        fprintf(stderr, "bounds: %lld bytes for an input of %zu, allowed are %lld\n", taken, size, allowed);
        abort();
    }
    if (spent > BOUNDS_SECONDS) {
        fprintf(stderr, "bounds: %.1f s for an input of %zu\n", spent, size);
        abort();
    }
    if (getenv("BOUNDS_SHOWN") != NULL) fprintf(stderr, "bounds: %lld bytes, %.3f s for an input of %zu\n", taken, spent, size);
}
