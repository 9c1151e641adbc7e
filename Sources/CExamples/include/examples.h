#include <stddef.h>

/// A file of examples/ embedded in the binary.
struct laseros_example {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The files for the demo shop, by index from 0. The name is NULL after the last.
struct laseros_example laseros_example(int i);

/// The commands that create the demo shop, one per line.
struct laseros_example laseros_demo(void);
