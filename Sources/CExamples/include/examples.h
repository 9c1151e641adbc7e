#include <stddef.h>

/// A file of examples/ that the binary carries.
struct laseros_example {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The files that a demo shop is made of, counted from 0. Its name is null behind the last.
struct laseros_example laseros_example(int i);

/// The commands that make it, a line each.
struct laseros_example laseros_demo(void);
