#include "arguments.h"

static int count;
static char **words;

// Swift reads /proc/self/cmdline, and has no words where that cannot be read. glibc hands them to constructors as it does to main.
__attribute__((constructor)) static void keep(int argc, char **argv) {
    count = argc;
    words = argv;
}

int laseros_argument_count(void) { return count; }
char *const *laseros_arguments(void) { return words; }
