#include "arguments.h"

static int count;
static char **words;

// Swift reads the arguments from /proc/self/cmdline, and has none if that cannot be read. glibc passes them to constructors as to main.
__attribute__((constructor)) static void keep(int argc, char **argv) {
    count = argc;
    words = argv;
}

int laseros_argument_count(void) { return count; }
char *const *laseros_arguments(void) { return words; }
